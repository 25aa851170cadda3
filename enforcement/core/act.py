"""One step while it is being taken: what it changes, the line it writes, the papers it files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic

from accounts.models import User
from deadlines.actions import tell_run_out
from deadlines.models import Deadline
from documents import issuing
from documents.models import Paper
from enforcement.core.card import Verb
from enforcement.core.facts import Facts
from enforcement.facts.proceeding import Running
from enforcement.facts.queries import S
from enforcement.models import Case, Evidence
from journal import actions as journal
from journal.models import Entry
from law.evidence import Kept
from law.statute import Statute


@dataclass(slots=True)
class Act(Generic[S]):
    """One step while it is being taken: the locked case, its law, the papers it issues."""

    case: Case
    subject: S
    #: The verb, and the transition it is this time.
    verb: Verb
    transition: str
    by: User
    #: What was true when it began.
    now: Facts
    #: Every line of the case in order, the ones this step writes too.
    lines: list[Entry]
    #: Terms that ran out before this day and have no line yet: nobody looked at the calendar.
    over: list[Deadline]
    #: What it was asked to do it with.
    asked: Mapping[str, Any] = field(default_factory=dict)
    #: Whether it is only looked at what it would do: papers get no number and no bytes.
    rehearsed: bool = False
    drafts: list[issuing.Draft] = field(default_factory=list)
    #: The papers filed on the last line it wrote, and all it issued.
    filed: list[Paper] = field(default_factory=list)
    issued: list[issuing.Draft] = field(default_factory=list)
    #: Why it could not wait, where a challenged bailiff takes it: printed, kept beside the line.
    urgency: str = ""
    #: The subject's fields as they were read.
    found: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.found = {name: getattr(self.subject, name) for name in self.subject.CHANGES}

    @property
    def law(self) -> Statute:
        """The rule set of the case."""
        return self.now.law

    @property
    def on(self) -> date:
        """The legal date."""
        return self.now.on

    @property
    def running(self) -> Running:
        """The proceeding as it stood when the step began."""
        return self.now.running

    def issue(self, kind: str, facts: Mapping[str, Any]) -> None:
        """Number and render a paper; it is filed on the line `record` writes."""
        assert kind in self.verb.card.issues, f"{self.verb} does not say that it issues {kind}"
        drafted = issuing.draft(
            kind,
            office=self.case.office,
            rule_set=self.law.name,
            facts={**facts, "urgency": self.urgency} if self.urgency else facts,
            on=self.on,
            by=self.by,
            rehearsed=self.rehearsed,
        )
        self.drafts.append(drafted)
        self.issued.append(drafted)

    def record(
        self, event: str, *, to: str = "", corrects: int | None = None, **body: Any
    ) -> Entry:
        """Change the state, write the line, file the papers.

        `to`: the state a correction comes back to; `corrects`: the line it annuls.
        """
        getattr(self.subject, self.transition)(*([to] if to else []))
        changed = [name for name, was in self.found.items() if getattr(self.subject, name) != was]
        if changed:
            self.subject.save(update_fields=changed)
        return self.record_birth(self.subject, event, corrects=corrects, **body)

    def on_another(self, subject: Any, verb: Verb, transition: str = "") -> "Act[Any]":
        """A step of its own on another thing of the case, inside this one."""
        which = transition or verb.name
        return Act(
            *(self.case, subject, verb, which, self.by, self.now, self.lines, self.over),
            rehearsed=self.rehearsed,
            issued=self.issued,
        )

    def record_birth(
        self, subject: Any, event: str, *, corrects: int | None = None, **body: Any
    ) -> Entry:
        """Write the line of a thing in the state it is in: of a step, or of its birth."""
        known = {line.event for line in self.verb.card.writes}
        assert event in known, f"{self.verb} does not say that it writes {event}"
        self.lines += tell_run_out(self.case.stream, self.over)
        self.over.clear()
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
        self.filed = issuing.file(self.drafts, entry=entry)
        self.drafts.clear()
        self.lines.append(entry)
        keep_evidence(entry, {"urgency": self.urgency})
        self.urgency = ""
        return entry


def decide(act: Act[Any], **decision: Any) -> None:
    """What was asked for by one is decided by another."""
    asked = act.subject
    asked.decided_on, asked.decided_by = act.on, act.by
    for name, value in decision.items():
        setattr(asked, name, value)


def keep_evidence(entry: Entry, told: Mapping[str, Kept]) -> None:
    """Keep what proves a line beside it: what people wrote never enters the journal itself."""
    Evidence.objects.bulk_create(
        Evidence(entry=entry, key=key, text=kept.strip())
        if isinstance(kept, str)
        else Evidence(entry=entry, key=key, parts=dict(kept))
        for key, kept in told.items()
        if kept and (not isinstance(kept, str) or kept.strip())
    )
