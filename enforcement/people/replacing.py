"""Papers that wait in the post and say it wrong are withdrawn, right ones issued instead."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from documents import issuing
from documents.models import Paper
from enforcement.core import papers
from enforcement.core.act import Act
from enforcement.core.step import reload
from enforcement.core.subject import ORDER
from enforcement.models import Letter, Outgoing, Presentation, Proceeding
from journal.models import Entry

#: The line by which papers are withdrawn and right ones issued.
REPLACED: Final = "papers_replaced"
#: What a paper says of one person by himself.
ONE_PERSON: Final = ("participant", "author")

Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Waiting:
    """The papers of one line that nobody was sent yet, and what they said of the arrival."""

    line: Entry
    thing: Any
    #: The proceeding it concerns; None where it concerns the document as a whole.
    running: Proceeding | None
    papers: list[Paper]
    said: Told


def papers_of(act: Act[Presentation]) -> list[Waiting]:
    """What waits in the post of the proceedings on this arrival, by the lines that stand."""
    rows = Outgoing.objects.filter(paper__entry__stream=act.case.stream_id)
    found: dict[int, list[Paper]] = {}
    for row in rows.select_related("paper__by", "paper__entry").order_by("paper__number"):
        found.setdefault(row.paper.entry.seq, []).append(row.paper)
    gone = {line.corrects for line in act.lines}
    own = [line for line in act.lines if line.machine != Presentation.MACHINE]
    standing = [line for line in own if line.seq in found and line.seq not in gone]
    told = ((line, *_meant(act, line)) for line in standing)
    return [
        Waiting(line, thing, running, found[line.seq], _says(act, running))
        for line, thing, running in told
        if (running or thing).presentation_id == act.subject.pk
    ]


def _meant(act: Act[Presentation], line: Entry) -> tuple[Any, Proceeding | None]:
    """The thing a line is about, and its proceeding."""
    model, _order = ORDER[line.machine]
    thing: Any = model.objects.get(pk=str(line.subject))
    running: Proceeding | None = getattr(thing, "proceeding", thing)
    return thing, running


def _says(act: Act[Presentation], running: Proceeding | None) -> dict[str, Any]:
    """What papers say of the proceeding, or of the document where they are about none."""
    if running is None:
        return papers.arrival(act, act.subject)
    running = Proceeding.objects.select_related("debtor").get(pk=running.pk)
    running.presentation = act.subject
    return papers.proceeding(act, running)


def issue_anew(act: Act[Presentation], waiting: Collection[Waiting]) -> None:
    """Issue anew what now says something else; each line of such papers has a line of its own.

    The old numbers stay in the register. Whoever signed the resolution has signed it still; from
    the day of the new paper it can be complained of (TERM-COMPLAINT-10D).
    """
    if not waiting:
        return
    fresh = reload(act.subject, act.case)
    for each in waiting:
        own = act.on_another(fresh, act.verb)
        says = _says(own, each.running)
        moved = {name: told for name, told in says.items() if told != each.said.get(name)}
        wrong = [paper for paper in each.papers if _corrected(paper, moved) != paper.facts]
        if wrong:
            _reissue(act, each, wrong, {**moved, "due_on": says["due_on"]})


def _corrected(paper: Paper, moved: Told) -> dict[str, Any]:
    """What a paper says, with what was corrected in it."""
    facts = dict(paper.facts)
    found = {**facts, **{name: told for name, told in moved.items() if name in facts}}
    for name in ONE_PERSON:
        if one := facts.get(name):
            found[name] = _same_person(one, facts, found)
    return found


def _same_person(one: Any, was: Told, now: Told) -> Any:
    """The person of a notice among those of the paper, as he is named now."""
    for role in ("claimants", "debtors"):
        for old, new in zip(was.get(role) or (), now.get(role) or (), strict=False):
            if all(old.get(name) == told for name, told in one.items()):
                return {name: new.get(name) for name in one}
    return one


def _reissue(act: Act[Presentation], each: Waiting, wrong: list[Paper], moved: Told) -> None:
    for paper in wrong:
        drafted = issuing.draft(
            paper.kind,
            office=act.case.office,
            rule_set=paper.rule_set,
            facts=_corrected(paper, moved),
            on=act.on,
            by=paper.by,
            rehearsed=act.rehearsed,
        )
        act.drafts.append(drafted)
        act.issued.append(drafted)
        letters = Letter.objects.filter(case=act.case, paper=paper.label)
        letters.update(paper=drafted.in_journal()["number"])
    Outgoing.objects.filter(paper__in=wrong).delete()
    rule = act.law.role("complaint_term", act.on)
    complaint = act.case.stream.deadlines.filter(rule=rule, started_by=each.line.seq)
    act.record_birth(
        each.thing,
        REPLACED,
        act=each.line.seq,
        complaint=complaint.exists(),
        replaced=[paper.label for paper in wrong],
        withdrawn=[str(paper.pk) for paper in wrong],
    )
