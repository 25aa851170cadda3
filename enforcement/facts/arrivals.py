"""The arrivals of a document: which of them a case stands by, which are of one paper."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Office
from documents.executive_document import PartyShape
from enforcement.facts.balance import annulling, own_day, standing
from enforcement.facts.successors import Places
from enforcement.lifecycle.presentation import ADMITTED, RECEIVED, RETURNED_DEFECTIVE
from enforcement.lifecycle.proceeding import (
    ANNULLED,
    OPEN,
    RETURNED,
    SENT_TO_LIQUIDATION,
    TERMINATED,
    TRANSFERRED,
)
from enforcement.limitation import Earlier
from enforcement.models import Debt, Presentation, Proceeding
from enforcement.models.money import BY_DEBTOR
from enforcement.verdict import ALREADY_RECEIVED
from journal.models import Entry
from parties.spelling import part_key

#: What ended so is not begun anew (TERMN-EFF-03).
FINAL: Final = frozenset({TERMINATED, SENT_TO_LIQUIDATION})


def same_paper(issuer: Any, case_key: Any, decision_on: Any) -> QuerySet[Presentation]:
    """Earlier arrivals of the same paper: issuer, case number and decision date, all given."""
    if not (issuer and case_key and decision_on):
        return Presentation.objects.none()
    return (
        Presentation.objects.filter(
            document__issuer=issuer,
            document__case_key=case_key,
            document__decision_on=decision_on,
        )
        .select_related("case__office", "case__stream", "document")
        .prefetch_related("proceedings__transfer_out", "proceedings__debtor")
        .order_by("received_on", "id")
    )


def earlier(
    arrivals: Sequence[Presentation],
    office: Office,
    names: Mapping[str, Sequence[str]],
    *,
    part: str,
    paid_in_full: bool,
    strange: bool,
    held_ref: str | None,
) -> Earlier:
    """What the verdict needs to know of earlier arrivals of the same paper, and of its parties.

    `part`: which part of the decision it is; only an arrival of the same part stands for it.
    """
    own = of_part(arrivals, part)
    open_ref = next((arrival.ref for arrival in own if _is_open(arrival)), None)
    returned = [
        arrival
        for arrival in arrivals
        if arrival.state == RETURNED_DEFECTIVE and arrival.office_id == office.pk
    ]
    missing = returned[-1].verdict.get("missing", ()) if returned else ()
    back = max((day for arrival in arrivals if (day := _returned_on(arrival))), default=None)
    return Earlier(
        open_ref,
        paid_ref=current(arrivals).ref if paid_in_full else None,
        **_ended(own),
        returned_missing=tuple(missing),
        returned_on=back,
        performed_on=_performed_since(arrivals, back) if back else (),
        names=names,
        strange=strange,
        held_ref=held_ref,
        elsewhere={a.ref: a.case.office.code for a in arrivals if a.office_id != office.pk},
    )


def of_part(arrivals: Sequence[Presentation], part: str) -> list[Presentation]:
    """The arrivals that can stand for a paper: of a part those of the same part, however it was
    written; of a paper on the whole decision any."""
    key = part_key(part)
    return [each for each in arrivals if not key or part_key(each.document.part) == key]


def held_elsewhere(
    arrivals: Sequence[Presentation], office: Office, debtors: Sequence[PartyShape]
) -> str | None:
    """The arrival on which execution goes on in another office against each of these debtors."""
    held: dict[str, str] = {}
    places = Places.of(arrivals if debtors else ())
    for arrival in arrivals:
        running = arrival.proceedings.all() if arrival.office_id != office.pk else ()
        for each in filter(_goes_on, running):
            told = places.person("debtor", each.debtor)
            held |= {name: arrival.ref for name in told if name}
    named = [places.person("debtor", each) for each in debtors]
    refs = [held.get(number) or held.get(name) for number, name in named]
    return refs[0] if refs and all(refs) else None


def _goes_on(proceeding: Proceeding) -> bool:
    """Whether it runs, or is on its way to another office."""
    on_its_way = proceeding.state == TRANSFERRED and not _passed_on(proceeding)
    return proceeding.state in OPEN or on_its_way


def _ended(arrivals: Sequence[Presentation]) -> dict[str, Any]:
    """The arrival whose proceedings came to an end for good against every debtor, and the ground
    of the last one; nothing where one can be begun anew (TERMN-EFF-03)."""
    begun = [each for arrival in arrivals for each in arrival.proceedings.all()]
    begun = [each for each in begun if each.state != ANNULLED and not _passed_on(each)]
    places = Places.of(arrivals)
    last = {places.party(each.debtor): each for each in begun}
    if not last or any(each.state not in FINAL for each in last.values()):
        return {}
    latest = max(last.values(), key=lambda each: (each.ended_on, each.ordinal))
    lines = Entry.objects.filter(subject=latest.pk, kind="terminated").order_by("-seq")
    ground = next((line.facts["ground"] for line in lines[:1]), "")
    ref = next(each.ref for each in arrivals if each.pk == latest.presentation_id)
    return {"ended_ref": ref, "ended_by": ground}


def _performed_since(arrivals: Sequence[Presentation], returned_on: date) -> list[date]:
    """The days after a return on which the debtor paid or did a part of the paper's claims
    (INTERR-02)."""
    claims = Debt.objects.filter(presentation__in=arrivals).values("claim")
    paid = standing().filter(debt__claim__in=claims, source=BY_DEBTOR, on__gt=returned_on)
    streams = [arrival.case.stream_id for arrival in arrivals]
    done = Entry.objects.filter(stream__in=streams, kind="partly_performed")
    done = done.exclude(Exists(annulling())).annotate(day=own_day()).filter(day__gt=returned_on)
    days = {*paid.values_list("on", flat=True), *done.values_list("day", flat=True)}
    return sorted(days)


def _is_open(arrival: Presentation) -> bool:
    """Whether the arrival still stands: received or admitted, and not all of it returned."""
    if arrival.verdict["verdict"] == ALREADY_RECEIVED:
        return False
    if arrival.state == ADMITTED:
        # What another office accepted lives on in the arrival there.
        here = [p for p in arrival.proceedings.all() if not _passed_on(p)]
        return bool(here) and _returned_on(arrival) is None
    return bool(arrival.state == RECEIVED)


def _passed_on(proceeding: Proceeding) -> bool:
    return proceeding.state == TRANSFERRED and bool(proceeding.transfer_out.accepted_id)


def _returned_on(arrival: Presentation) -> date | None:
    """The day the document went back to the claimant: a proceeding returned it, and none runs."""
    proceedings = list(arrival.proceedings.all())
    if any(each.state in OPEN for each in proceedings):
        return None
    back = [each.ended_on for each in proceedings if each.state == RETURNED and each.ended_on]
    return max(back, default=None)


def current(arrivals: Sequence[Presentation]) -> Presentation:
    """The arrival a case stands by: the latest that is no second copy of an earlier one."""
    own = [each for each in arrivals if each.verdict["verdict"] != ALREADY_RECEIVED]
    return (own or list(arrivals))[-1]


def presented_again() -> Any:
    """Whether a proceeding's document came once more after its end, to its own office or another,
    inside a query of proceedings.

    Another part of the decision is another document; a second copy set aside is none.
    """
    document = "presentation__document"
    keys = (OuterRef(f"{document}__{key}") for key in ("issuer", "case_key", "decision_on"))
    elsewhere = same_paper(*keys).filter(
        document__part=OuterRef(f"{document}__part"),
        received_on__gte=OuterRef("ended_on"),
        transferred_from=None,
    )
    own = Q(pk=OuterRef("presentation")) | Q(document__case_key="")
    here = Presentation.objects.filter(
        case=OuterRef("case"), ordinal__gt=OuterRef("presentation__ordinal")
    )
    copy = Q(verdict__verdict=ALREADY_RECEIVED)
    return Exists(elsewhere.exclude(own | copy)) | Exists(here.exclude(copy))
