"""Intake is corrected until the first paper has left; afterwards a line puts right who somebody is,
and papers that were issued stay."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from documents.executive_document import DocumentShape, PartyShape, Unreadable
from documents.executive_document import read as read_document
from documents.fields import Place, read_shape
from enforcement.core.act import Act, keep_evidence
from enforcement.core.card import Line
from enforcement.core.facts import Facts
from enforcement.core.fields import Choice, Option, Text
from enforcement.core.parsing import BLANK
from enforcement.core.roles import BAILIFFS, REGISTERING
from enforcement.core.verb import verb
from enforcement.facts.arrivals import same_paper
from enforcement.facts.marks import mark
from enforcement.intake.debts import identify_anew
from enforcement.intake.receiving import Directory, judged, paper_key
from enforcement.lifecycle.presentation import ADMITTED, RECEIVED
from enforcement.models import Presentation
from enforcement.people import paths, replacing, rewriting
from enforcement.people.addresses import contact, people_here, reach
from enforcement.people.typed import Values, shown
from enforcement.verdict import NOT_IN_LINES, Verdict
from journal.models import Entry
from law.model import Words
from law.refusal import Fact, FieldError, Kind, Refusal

#: The lines by which something left the office, or tell that it did.
LEFT: Final = frozenset(
    {"dispatched", "freeze_served", "foreclosed", "letter_received", "reply_received"}
)
#: What other lines say where the outbox has their paper: a letter to who is online, a measure
#: that somebody beside the debtor carries out.
HANDED_OVER: Final = ("received", "handed_over")
#: The lines that tell what an arrival says, the newest of which counts.
TOLD: Final = ("received", "intake_corrected")
#: The line by which a court's act restored the term of what was refused as late.
RESTORED: Final = "term_restored"
#: By what an admitted document is being executed: another verdict on it is another proceeding.
ADMITTED_BY: Final = ("verdict", "completion_months", "voluntary_term", "proceedings")


def _told(now: Facts) -> Entry:
    """The line that says what the arrival is."""
    own = [line for line in now.lines if line.kind in TOLD and line.subject == now.thing.pk]
    return own[-1]


def _has_left(now: Facts) -> bool:
    """Whether a paper left since the document arrived."""
    own = [line.seq for line in now.lines if line.kind in TOLD and line.subject == now.thing.pk]
    return any(_took_out(line) and line.seq > own[0] for line in now.lines)


def _restored(now: Facts) -> bool:
    """Whether a court restored the term of the document once it was refused (RESTORE-01)."""
    return any(line.kind == RESTORED and line.subject == now.thing.pk for line in now.lines)


def _took_out(line: Entry) -> bool:
    return line.kind in LEFT or any(line.facts.get(name) is True for name in HANDED_OVER)


def _gone_out(now: Facts) -> Refusal | None:
    """What has left the office stands as it was written, a paper too whose refusal a court met;
    what was typed elsewhere is not known."""
    if now.thing.handed_in and not _has_left(now) and not _restored(now):
        return None
    return Refusal("paper_left", kind=Kind.STATE)


def _correctable(now: Facts, option: Option | None) -> Mapping[str, Words]:
    """What can be corrected, with what stands there."""
    stands = paths.values(now.thing.handed_in or {})
    return {path: paths.words_of(now.law, path, text) for path, text in stands.items()}


#: What was told of one value alone, and of several at once.
ONE, SEVERAL = "value", "values"
#: By what a paper is known, and what of it says which claims it tells.
PAPER: Final = ("issuer", "case_number", "decision_on")
TELLING: Final = frozenset({*PAPER, "duplicate", "part"})


def _papers(arrival: Presentation, asked: Mapping[str, Any]) -> tuple[str, ...]:
    """The paper that the arrival is, and the one that it is told to be."""
    typed = {**(asked.get(SEVERAL) or {}), (asked.get("field") or ""): asked.get(ONE)}
    stood = data = arrival.handed_in or {}
    for name in PAPER:
        if name in typed:
            data = paths.changed(data, name, str(typed[name] or ""))
    told = ([str(each.get(name) or "") for name in PAPER] for each in (stood, data))
    return tuple(paper_key(*each) for each in told)


@verb(
    on=Presentation,
    by=REGISTERING,
    icon="pen",
    asks=(
        Values("values", label=_("As it stands on the paper"), required=False),
        Text("reason", label=_("Reason")),
        # One value alone, as programs tell it.
        Choice(
            "field",
            label=_("What was typed wrong"),
            among=_correctable,
            named=True,
            required=False,
            hidden=True,
            sample=lambda now, given: "",
        ),
        Text(
            "value",
            label=_("As it stands on the paper"),
            required=False,
            longest=100_000,
            many_lines=True,
            hidden=True,
        ),
    ),
    writes=(Line("intake_corrected"), Line("papers_replaced")),
    unless=_gone_out,
    alone=_papers,
)
def correct_intake(
    act: Act[Presentation],
    *,
    reason: str,
    values: Mapping[str, str] | None = None,
    field: str = "",
    value: str = "",
) -> Entry:
    """Correct what was typed wrong at intake, one `field` or several `values` by their paths; the
    verdict is judged anew (WRIT-CONT-06).

    The line takes the place of the arrival's: terms run from the same day by the new verdict.
    Papers that wait in the post and say it wrong are withdrawn, right ones issued instead.
    """
    arrival = act.subject
    typed = {field: value} if field else paths.differing(arrival.handed_in or {}, values or {})
    if not typed and act.rehearsed:
        return _told(act.now)
    if not typed:
        raise Refusal("invalid", errors=(FieldError(SEVERAL, "nothing_changed"),))
    wrong_papers = replacing.papers_of(act)
    entry = _correct(act, typed, alone=bool(field), reason=reason)
    replacing.issue_anew(act, wrong_papers)
    return entry


def _correct(
    act: Act[Presentation], typed: Mapping[str, str], *, alone: bool, reason: str
) -> Entry:
    """Write what was typed, judge it anew, and say what stood before."""
    arrival = act.subject
    stood, line = arrival.handed_in or {}, _told(act.now)
    data, known = stood, Directory.now()
    for path, text in typed.items():
        data = paths.changed(data, path, text)
    document = _readable(act, data, typed, known, alone=alone)
    issuer = Office.objects.get(code=document.issuer) if document.issuer else None
    others = list(
        same_paper(issuer, document.case_key, document.decision_on).exclude(pk=arrival.pk)
    )
    verdict = _judged(act, document, others, known)
    before = arrival.verdict["verdict"]
    arrival.handed_in, arrival.verdict = data, verdict.as_json()
    arrival.save(update_fields=["handed_in", "verdict"])
    _rewrite(arrival, document, issuer, typed)
    if _tells_claims(typed) and (others or set(PAPER) & set(typed)):
        mark(identify_anew(arrival, document, others))
    told = {key: each for key, each in arrival.verdict.items() if key not in NOT_IN_LINES}
    entry = act.record(
        "intake_corrected",
        corrects=line.seq,
        **{**told, "ordinal": arrival.ordinal, "digest": arrival.digest},
        **{"as": TOLD[0], "since": arrival.received_on.isoformat()},
        **({"verdict_was": before} if before != verdict.verdict else {}),
        **({"field": next(iter(typed))} if len(typed) == 1 else {"fields": list(typed)}),
    )
    was = paths.values(stood)
    kept = {f"was.{path}": was[path] for path in typed} | {
        f"value.{path}": text for path, text in typed.items()
    }
    if len(typed) == 1:
        kept = {name.partition(".")[0]: text for name, text in kept.items()}
    keep_evidence(entry, {**kept, "reason": reason})
    return entry


def _tells_claims(typed: Iterable[str]) -> bool:
    """Whether what is typed can make a claim of the paper another one."""
    return any(path in TELLING or paths.group_of(path) for path in typed)


def _readable(
    act: Act[Presentation],
    data: Mapping[str, Any],
    typed: Collection[str],
    known: Directory,
    *,
    alone: bool,
) -> DocumentShape:
    """The document as it is now typed; what cannot be is wrong with the values typed."""
    try:
        return read_document(data, known.codes(act.law), on=act.subject.received_on)
    except Unreadable as bad:
        errors = [each for each in bad.errors if each.field in typed] or list(bad.errors)
        if alone:
            errors = [FieldError(ONE, errors[0].code)]
        else:
            errors = [FieldError(f"{SEVERAL}.{each.field}", each.code) for each in errors]
        raise Refusal("invalid", errors=tuple(errors)) from bad


def _judged(
    act: Act[Presentation],
    document: DocumentShape,
    others: Iterable[Presentation],
    known: Directory,
) -> Verdict:
    """The verdict on the day it came; a Refusal where it would undo what was begun on it.

    An unknown city does not take a document out of the territory where it lay (Q31).
    """
    arrival = act.subject
    before = [each for each in others if each.received_on <= arrival.received_on]
    verdict = judged(
        document,
        before,
        act.case.office,
        act.law,
        arrival.received_on,
        known=known,
        lay_in=arrival.verdict.get("office", ""),
    )
    told = verdict.as_json()
    moved = [name for name in ADMITTED_BY if told.get(name) != arrival.verdict.get(name)]
    if arrival.state == ADMITTED and moved:
        fact = Fact("verdict", told["verdict"], arrival.verdict["verdict"])
        raise Refusal("verdict_moves", kind=Kind.STATE, facts=(fact,))
    return verdict


def _rewrite(
    arrival: Presentation, document: DocumentShape, issuer: Office | None, typed: Iterable[str]
) -> None:
    rewriting.document(arrival, document, issuer)
    if any(path.startswith("debts") for path in typed):
        rewriting.claims(arrival, document)
    for role, position in sorted(set(filter(None, map(paths.person_of, typed)))):
        stood = people_here(arrival).get(role=role, position=position)
        rows = document.claimants if role == "claimant" else document.debtors
        own = {
            path.rpartition(".")[2] for path in typed if paths.person_of(path) == (role, position)
        }
        housed = rewriting.HOUSED if own & {"address", *rewriting.HOUSED} else ()
        rewriting.person(stood, rows[position], *rewriting.NAMED, *housed)


def _not_left(now: Facts) -> Refusal | None:
    """Before anything has left, intake itself is corrected."""
    if now.thing.state not in (RECEIVED, ADMITTED) or not now.thing.handed_in or _has_left(now):
        return None
    return Refusal("not_left_yet", kind=Kind.STATE)


def _wordings(now: Facts, option: Option | None) -> Mapping[str, Words]:
    """What the people of the arrival can be put right in, with what stands there."""
    found = {}
    for person in people_here(now.thing).order_by("role", "position"):
        for name, stands in rewriting.held_against(person).items():
            path = f"{person.role}s[{person.position}].{name}"
            found[path] = paths.words_of(now.law, path, shown(now.law, path, stands))
    return found


@verb(
    on=Presentation,
    by=BAILIFFS,
    icon="pen",
    asks=(
        Choice("field", label=_("What is put right"), among=_wordings, named=True),
        Text(
            "value",
            label=_("As it is right"),
            longest=300,
            required=False,
            sample=lambda now, given: BLANK,
        ),
        Text("ground", label=_("Ground: document, number, day")),
    ),
    writes=(Line("party_put_right"),),
    unless=_not_left,
)
def put_right(act: Act[Presentation], *, field: str, value: str, ground: str) -> Entry:
    """Put right a party's name, number or contact by a ground (WRIT-CONT-06).

    Papers issued before stay as they are; later ones say it as it is right; both are found.
    """
    role, position = paths.person_of(field) or ("", -1)
    stood = people_here(act.subject).get(role=role, position=position)
    name = field.rpartition(".")[2]
    was = rewriting.held_against(stood)[name]
    if name in ("phone", "email"):
        reach(stood, **{name: contact(name, value)})
    else:
        number = "bin" if stood.party.kind == "legal" else "iin"
        gone = {f"{number}_as_written": ""} if name == number else {}
        names = ("name_kk", "name_ru") if name == "name" else (name,)
        told = {
            **rewriting.as_told(stood),
            **gone,
            **dict.fromkeys(names, paths.said(paths.read(field, value))),
        }
        rewriting.person(stood, _party(act, told), *rewriting.NAMED)
    entry = act.record("party_put_right", field=field)
    keep_evidence(entry, {"was": was, "value": value, "ground": ground})
    return entry


def _party(act: Act[Presentation], told: Mapping[str, Any]) -> PartyShape:
    """The party as he is told now, or a Refusal with what is wrong with the value."""
    place = Place("", Directory.now().codes(act.law), {}, {})
    found = read_shape(PartyShape, told, place)
    if place.errors:
        error = FieldError("value", next(iter(place.errors.values())))
        raise Refusal("invalid", errors=(error,))
    if not (found.name_kk and found.name_ru):
        raise Refusal("invalid", errors=(FieldError("value", "required"),))
    return found
