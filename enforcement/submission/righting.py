"""What was written of a submission is put right while it waits; what stood stays in the journal."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from enforcement.core.act import Act, keep_evidence
from enforcement.core.facts import Facts
from enforcement.core.fields import Choice, Chosen, Day, Given, Text
from enforcement.core.roles import REGISTERING
from enforcement.core.verb import verb
from enforcement.core.waiting import OF_PROSECUTOR, RIGHTED, SUBMITTED, standing
from enforcement.facts.queries import Person, people_of
from enforcement.models import Submission
from enforcement.submission import lodging
from enforcement.submission.answering import his_own
from journal.models import Entry
from law.model import SubmissionKind
from law.refusal import Fact, FieldError, Refusal


def _not_of_a_party(now: Facts) -> Refusal | None:
    """What the prosecutor demands nobody else words; nobody rewrites the challenge of himself."""
    kind = now.law.submissions[now.thing.kind]
    if kind.of in OF_PROSECUTOR:
        fact = Fact("party", "-", ", ".join(kind.by))
        return Refusal("not_his_to_lodge", rule=kind.rule.id, facts=(fact,))
    return his_own(now)


AS_IT_WAS = _("Empty: as it was written down.")


@verb(
    on=Submission,
    by=REGISTERING,
    icon="pen",
    asks=(
        Chosen("what", label=_("What is handed in"), texts="told", among=lodging.kinds),
        replace(lodging.AUTHOR, hint=AS_IT_WAS, must=None, sample=None),
        replace(lodging.CONCERNED, hint=AS_IT_WAS, must=None, sample=None),
        replace(lodging.LINE, hint=AS_IT_WAS, must=None, sample=lodging.some_line),
        Day(
            "received_on",
            label=_("Day it was handed in"),
            hint=AS_IT_WAS,
            required=False,
            most=lambda now, given: now.on,
        ),
        Choice(
            "channel",
            label=_("How it came"),
            hint=AS_IT_WAS,
            among="channels_of_delivery",
            required=False,
        ),
        Text(
            "text",
            label=_("What is asked, and why"),
            hint=AS_IT_WAS,
            many_lines=True,
            required=False,
        ),
        Text("reason", label=_("Reason")),
    ),
    writes=(lodging.begun(RIGHTED),),
    unless=_not_of_a_party,
)
def put_submission_right(
    act: Act[Submission],
    *,
    what: str,
    reason: str,
    author: Person | None = None,
    concerned: User | None = None,
    line: Entry | None = None,
    received_on: date | None = None,
    channel: str = "",
    text: str = "",
    told: Given = lodging.NOTHING,
) -> Entry:
    """Write what was handed in, by whom or when as it is right; what is left empty stays.

    The line takes the place of that by which it was written down: its terms, and what it holds up,
    are reckoned by it. What stood stays in the journal.
    """
    asked, named = act.subject, lodging.kind_named(act.law, what)
    whose = lodging.by_whom(author or None)
    if author is None:
        author, whose = _author(asked), {"author_id": asked.author_id, "agent_id": asked.agent_id}
    if named.by == (lodging.OFFICE,):
        author, whose = None, lodging.by_whom(None)
    if named.line:
        line = line or _line(act)
    lodging.refuse_unfit(named, author, line)
    right: dict[str, Any] = {
        "kind": what,
        **{name: key and UUID(str(key)) for name, key in whose.items()},
        "concerned": _concerned(asked, named, concerned),
        "channel": channel or asked.channel,
        "text": text or asked.text,
        "received_on": received_on or asked.received_on,
        "beside": lodging.told_beside(named, {**_kept(asked, named), **_typed(told)}),
        "line": line.seq if line else None,
        "proceeding": lodging.concerns(asked.presentation, author, line),
    }
    return _rewrite(act, named, right, line, reason)


def _rewrite(
    act: Act[Submission],
    named: SubmissionKind,
    right: Mapping[str, Any],
    line: Entry | None,
    reason: str,
) -> Entry:
    """Write the row anew, and the line that takes the place of the wrong one."""
    asked, was = act.subject, _was(act, right)
    if not any(getattr(asked, name) != value for name, value in right.items()):
        raise Refusal("invalid", errors=(FieldError("what", "nothing_changed"),))
    for name, value in right.items():
        setattr(asked, name, value)
    asked.save(update_fields=[name.removesuffix("_id") for name in right])
    own = (each for each in standing(act.now, SUBMITTED, RIGHTED) if each.subject == asked.pk)
    [wrong] = own
    about = lodging.told_of(line, right["proceeding"], right["concerned"])
    about |= lodging.met_by(act.now, asked, line)
    entry = act.record(
        RIGHTED,
        corrects=wrong.seq,
        kind=named.id,
        of=named.of,
        since=right["received_on"].isoformat(),
        **about,
        **({"agent": str(asked.agent_id)} if asked.agent else {}),
        **{"as": SUBMITTED},
    )
    by = {"representative": asked.agent.name} if asked.agent else {}
    told = {"text": right["text"], **by, **right["beside"], **was}
    keep_evidence(entry, {**told, "reason": reason})
    return entry


def _was(act: Act[Submission], right: Mapping[str, Any]) -> dict[str, str]:
    """Who and how it was written before, as far as that is another now; the rest tells the line."""
    asked, found = act.subject, {}
    if asked.author and asked.author_id != right["author_id"]:
        found["was_author"] = asked.author.name_kk
    if asked.concerned and asked.concerned != right["concerned"]:
        found["was_concerned"] = asked.concerned.full_name
    if asked.channel != right["channel"]:
        found["was_channel"] = act.law.word("channels_of_delivery", asked.channel).kk
    return found


def _author(asked: Submission) -> Person | None:
    """Who lodged it, as it stands."""
    own = str(asked.author_id)
    return next((person for person in people_of(asked) if person["id"] == own), None)


def _line(act: Act[Submission]) -> Entry | None:
    """The line it is against, as it stands."""
    own = act.subject.line
    return next((each for each in act.lines if each.seq == own), None)


def _concerned(asked: Submission, named: SubmissionKind, told: User | None) -> User | None:
    """Whom a challenge is against; a bailiff recuses himself by himself alone."""
    if named.of != lodging.RECUSAL:
        return None
    found = told or asked.concerned
    if found is None:
        name = "what" if named.by == (lodging.OFFICE,) else "concerned"
        error = FieldError(name, "required")
        raise Refusal("evidence_missing", rule=named.rule.id, errors=(error,))
    return found


def _typed(told: Given) -> dict[str, Any]:
    return {name: text for name, text in told.items() if text}


def _kept(asked: Submission, named: SubmissionKind) -> dict[str, str]:
    """What was told beside it, as far as the kind asks for it."""
    return {name: text for name, text in asked.beside.items() if name in named.asks}
