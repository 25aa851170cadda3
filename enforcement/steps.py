"""The shape every verb shares: lock the case, ask who, whether and when, record, refold."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

import clock
from accounts.models import User
from accounts.queries import roles_in
from deadlines.actions import refold
from documents import issuing
from enforcement.models import Case
from enforcement.permissions import PERMISSIONS, may
from enforcement.queries import sees
from journal import actions as journal
from journal.models import Entry
from law.refusal import Fact, Refusal
from law.statute import Statute, statute


class Subject(Protocol):
    """What a step is taken on: a thing of a case with a machine (presentation, proceeding...)."""

    MACHINE: str
    pk: Any
    case_id: UUID
    state: str

    def save(self, *, update_fields: list[str]) -> None: ...


S = TypeVar("S", bound=Subject)


@dataclass(slots=True)
class Act(Generic[S]):
    """One step while it is being taken: the locked case, its law, the papers it issues."""

    case: Case
    subject: S
    verb: str
    on: date
    by: User
    law: Statute
    drafts: list[issuing.Draft] = field(default_factory=list)

    def issue(self, kind: str, facts: Mapping[str, Any]) -> None:
        """Number and render a paper; it is filed on the line `record` writes."""
        self.drafts.append(
            issuing.draft(
                kind,
                office=self.case.office,
                rule_set=self.law.name,
                facts=facts,
                on=self.on,
                by=self.by,
            )
        )

    def record(
        self, event: str, *, to: str = "", corrects: int | None = None, **body: Any
    ) -> Entry:
        """Change the state, write the line, file the papers, refold the terms.

        `to`: the state a correction comes back to; `corrects`: the line it annuls.
        """
        getattr(self.subject, self.verb)(*([to] if to else []))
        self.subject.save(update_fields=["state"])
        return self.bear(self.subject, event, corrects=corrects, **body)

    def bear(self, subject: Any, event: str, *, corrects: int | None = None, **body: Any) -> Entry:
        """Write the line of a thing in the state it is in: of a step, or of its birth."""
        if self.drafts:
            body["papers"] = [draft.in_journal() for draft in self.drafts]
        entry = journal.record(
            self.case.stream,
            event,
            on=self.on,
            by=self.by,
            body=body,
            machine=subject.MACHINE,
            subject=subject.pk,
            state_after=subject.state,
            corrects=corrects,
        )
        issuing.file(self.drafts, entry=entry)
        self.drafts.clear()
        self.case.last_act_on = max(self.case.last_act_on, self.on)
        self.case.save(update_fields=["last_act_on"])
        refold(self.case.stream)
        return entry


@contextmanager
def step(subject: S, verb: str, *, on: date, by: User) -> Iterator[Act[S]]:
    """Take the step `verb`: 404 unseen, 403 wrong role, 409 wrong state, 422 wrong date.

    The case row stays locked until the transaction ends; `on` is the legal date.
    """
    if not sees(by, subject.case_id):
        raise Refusal("not_found", status=404)
    case = (
        Case.objects.select_for_update(of=("self",))
        .select_related("office", "stream")
        .get(pk=subject.case_id)
    )
    current = afresh(subject)
    law = statute(case.stream.rule_set)
    rule = law.steps[verb].rule
    allow(verb, by=by, office_id=case.office_id, rule=rule, on=on)
    refuse_wrong_state(current, verb, rule=rule)
    refuse_wrong_date(case, on=on, rule=rule)
    yield Act(case, current, verb, on, by, law)


def afresh(subject: S) -> S:
    """The subject as it stands now that its case is locked."""
    found: S = type(subject).objects.get(pk=subject.pk)  # type: ignore[attr-defined]
    return found


def allow(verb: str, *, by: User, office_id: Any, rule: str, on: date) -> None:
    """403 unless a role of the user in the office, held on that day and still, may take the step.

    Both, so that nobody dates an act back into a role he has left.
    """
    roles = roles_in(by, office_id, on=on) & roles_in(by, office_id, on=clock.today())
    if not may(verb, roles):
        needed = ", ".join(sorted(PERMISSIONS.get(verb, ())))
        fact = Fact("role", ", ".join(sorted(roles)) or "-", needed)
        raise Refusal("wrong_role", status=403, rule=rule, facts=(fact,))


def refuse_wrong_state(subject: Subject, verb: str, *, rule: str = "") -> None:
    """409 with what is possible instead, where the state does not allow the step."""
    possible = possible_verbs(subject)
    if verb in possible:
        return
    fact = Fact("state", subject.state, ", ".join(sources(subject, verb)))
    raise Refusal("wrong_state", status=409, rule=rule, facts=(fact,), possible=tuple(possible))


def possible_verbs(subject: Any) -> list[str]:
    """The verbs the subject's state allows, whoever may take them."""
    return sorted(t.custom["verb"] for t in subject.get_available_state_transitions())


def sources(subject: Any, verb: str) -> list[str]:
    """From which states of its machine a verb is possible."""
    return sorted({t.source for t in subject.get_all_state_transitions() if _is(t, verb)})


def _is(transition: Any, verb: str) -> bool:
    return bool(transition.custom["verb"] == verb)


def refuse_wrong_date(case: Case, *, on: date, rule: str = "") -> None:
    """422 for a date in the future or before the case's last line."""
    if on > clock.today():
        raise Refusal(
            "date_in_future",
            rule=rule,
            facts=(Fact("on", on.isoformat(), f"<= {clock.today().isoformat()}"),),
        )
    # What time did to the case (a term ran out) hinders nobody to date an act before it.
    acts = case.stream.entries.exclude(kind="expired").order_by("-seq")
    last = acts.values_list("on", flat=True).first()
    if last and on < last:
        raise Refusal(
            "date_before_last",
            rule=rule,
            facts=(Fact("on", on.isoformat(), f">= {last.isoformat()}"),),
        )
