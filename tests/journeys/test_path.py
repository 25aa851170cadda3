"""Three cases from a court's paper to their end, with every real part of an office at work."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from enforcement.models import Measure, Proceeding
from exchange.models import Message
from tests import standing as money
from tests.course import BANK, outgoing, sound
from tests.journeys.road import Road
from tests.office import example
from tests.platform.live import LiveOffice

#: They wait for beat as an office does.
pytestmark = pytest.mark.prove
PROOF = "2026 жылғы № 5 құжат"


def proceedings(road: Road) -> list[Proceeding]:
    assert road.case is not None
    return list(Proceeding.objects.filter(case=road.case).order_by("ordinal"))


def balance(proceeding: Proceeding) -> Decimal:
    left = money.balance(proceeding)
    assert left is not None
    return left


@pytest.mark.rule("TERMN-07", "SANCT-01", "TERM-VOLUNTARY-5D")
def test_a_debt_is_frozen_with_a_sanction_paid_and_the_case_terminated(
    own_office: LiveOffice, browser: Any
) -> None:
    road = Road(own_office, browser, "bailiff.ala")
    road.day("2026-03-10")
    assert road.hand_in(example("01"))["verdict"] == "accept"
    road.sign_in()
    offer = {"TERM-OFFER-3D": "2026-03-13"}
    road.stands(state="received", line="received", paper=None, terms=offer)

    road.day("2026-03-11")
    road.act("initiate")
    two, complaint = {"TERM-EXEC-2M": "2026-05-12"}, {"TERM-COMPLAINT-10D": "2026-03-26"}
    begun = {"state": "initiated", "stage": "voluntary"}
    road.stands(**begun, line="initiated", paper="initiate", terms={**two, **complaint})

    road.day("2026-03-12")
    road.act("deliver_offer", channel="in_person", outcome="delivered", proof=PROOF)
    five = {"TERM-VOLUNTARY-5D": "2026-03-17"}
    terms = {**two, **complaint, **five}
    road.stands(**begun, line="offer_delivered", paper=None, terms=terms)

    road.day("2026-03-13")
    road.act("request_freeze", bank=BANK, amount="1900659.00")
    road.stands(**begun, line="freeze_requested", paper=None, terms=terms)

    road.day("2026-03-16")
    [asked] = road.rest("/sanctions", who="prosecutor")["results"]
    granted = road.rest(f"/sanctions/{asked['id']}/grant", {"number": "С-1"}, who="prosecutor")
    assert (granted["state"], granted["cap"]) == ("sanctioned", "1900659.00")
    road.stands(**begun, line="sanction_granted", paper=None, terms=terms)

    road.act("serve_freeze")
    road.stands(**begun, line="freeze_served", paper="freeze", terms=terms)
    message = Message.objects.get(kind="freeze")
    road.wait_for(lambda: left_office(message), "the freeze leaves the office")
    file = Path(own_office.environ["ORYNDAU_VAR"]) / "outbox" / f"{message.pk}.json"
    assert json.loads(file.read_text(encoding="utf-8"))["cap"] == "1900659.00"

    road.day("2026-03-18")
    assert road.case is not None
    expired = road.case.stream.entries.filter(kind="expired")
    road.wait_for(lambda: expired.count() == 1, "the five days run out")
    assert expired.get().facts["rule"] == "TERM-VOLUNTARY-5D"
    begun["stage"] = "coercive"
    terms = {**two, **complaint}
    road.stands(**begun, line="freeze_served", paper=None, terms=terms)

    road.act("record_answer", answer="Тыйым салынды")
    road.stands(**begun, line="bank_answered", paper=None, terms=terms)

    road.day("2026-04-01")
    [proceeding] = proceedings(road)
    road.act("record_recovery", amount="1900659.00")
    assert balance(proceeding) == 0
    road.stands(**begun, line="recovered", paper=None, terms=two)

    road.day("2026-04-02")
    road.act("terminate", ground="TERMN-07", **part("full_recovery", what=PROOF, on="2026-04-01"))
    over = {"TERM-COMPLAINT-10D": "2026-04-13"}
    road.stands(state="terminated", line="measure_lifted", paper="terminate", terms=over)
    assert Measure.objects.get(case=road.case).state == "lifted"
    assert outgoing(road.case) == ["freeze", "lift"]
    lift = Message.objects.get(kind="lift")
    road.wait_for(lambda: left_office(lift), "the bank is told")
    sound([road.case])


def part(key: str, **parts: str) -> dict[str, str]:
    """The fields of a piece of evidence, part by part."""
    return {f"evidence.{key}.{name}": text for name, text in parts.items()}


def left_office(message: Message) -> bool:
    return Message.objects.get(pk=message.pk).sent_at is not None


@pytest.mark.rule("SUSP-MAND-01", "PARTY-MULTI-01", "TERMN-07")
def test_of_two_joint_debtors_one_dies_and_the_other_pays(
    own_office: LiveOffice, browser: Any
) -> None:
    road = Road(own_office, browser, "bailiff.ala")
    road.day("2026-09-15")
    assert road.hand_in(example("12"))["proceedings"] == 2
    road.sign_in()
    road.day("2026-09-16")
    road.act("initiate")
    one, other = proceedings(road)
    two = {"TERM-EXEC-2M": "2026-11-16"}
    for each in (one, other):
        begun = {"state": "initiated", "line": "initiated", "paper": "initiate"}
        road.stands(of=each, **begun, terms=two)

    road.day("2026-09-17")
    five = {"TERM-VOLUNTARY-5D": "2026-09-22"}
    for each in (one, other):
        told = {"channel": "registered_mail", "outcome": "returned_by_post", "proof": PROOF}
        road.act("deliver_offer", of=each, **told)
        state = {"state": "initiated", "paper": None}
        road.stands(of=each, **state, line="offer_delivered", terms={**two, **five})

    road.day("2026-09-21")
    died = part("death_record", body="АХАЖ", number="12", on="2026-09-18")
    proof = {**died, "evidence.succession_possible": PROOF}
    road.act("suspend", ground="SUSP-MAND-01", of=one, **proof)
    still: dict[str, str | None] = dict.fromkeys((*two, *five))
    suspended = {"line": "suspended", "paper": "suspend"}
    road.stands(of=one, state="suspended", **suspended, terms=still)
    road.stands(of=other, state="initiated", **suspended, terms={**two, **five})

    road.day("2026-10-05")
    for place, amount in ((0, "4500000.00"), (1, "700000.00")):
        debt = other.debtor.debts.get(position=place)
        road.act("record_recovery", of=other, debt=str(debt.pk), amount=amount)
    assert (balance(one), balance(other)) == (0, 0)
    road.stands(of=other, state="initiated", line="recovered", paper=None, terms=two)

    road.day("2026-10-06")
    for each in (other, one):
        paid = part("full_recovery", what=PROOF, on="2026-09-21")
        road.act("terminate", ground="TERMN-07", of=each, **paid)
        ended = {"line": "terminated", "paper": "terminate"}
        road.stands(of=each, state="terminated", **ended, terms={})
        if each == other:
            state = {"state": "suspended", "line": "terminated", "paper": None}
            road.stands(of=one, **state, terms=still)
    assert not one.suspensions.filter(until=None).exists()
    assert road.case is not None
    sound([road.case])


@pytest.mark.rule("DEFECT-02", "INTERR-04", "REPRES-01")
def test_a_paper_is_cured_returned_to_the_claimant_and_presented_too_late(
    own_office: LiveOffice, browser: Any
) -> None:
    road = Road(own_office, browser, "bailiff.trz")
    paper = example("04")
    road.day("2026-03-18")
    assert road.hand_in(paper)["missing"] == ["WRIT-CONT-04", "WRIT-CONT-06"]
    road.sign_in()
    received = {"state": "received", "line": "received", "paper": None}
    road.stands(**received, terms={"TERM-DEFECT-3D": "2026-03-26"})

    road.day("2026-03-19")
    road.act("return_defective")
    back = {"line": "returned_defective", "paper": "return_defective"}
    complaint = {"TERM-COMPLAINT-10D": "2026-03-30"}
    road.stands(state="returned_defective", **back, terms=complaint)

    road.day("2026-04-01")
    paper |= {"ref": "04-cured", "in_force_on": "2026-02-24"}
    paper["debtors"][0] |= {"city": "Тараз", "address_kk": "Абай даңғ., 1-үй"}
    first = road.case
    assert road.hand_in(paper)["verdict"] == "accept"
    assert road.case == first
    road.stands(**received, terms={"TERM-OFFER-3D": "2026-04-06"})  # the fourth is a Saturday

    road.day("2026-04-02")
    road.act("initiate")
    terms = {"TERM-EXEC-2M": "2026-06-02", "TERM-COMPLAINT-10D": "2026-04-13"}
    begun = {"state": "initiated", "stage": "voluntary"}
    road.stands(**begun, line="initiated", paper="initiate", terms=terms)

    road.day("2026-05-05")
    author = paper["claimants"][0]
    signed = author.get("name_kk") or author["name"]
    proof = part("claimant_application", author=signed, on="2026-05-04")
    road.act("return_to_claimant", ground="RET-01", **proof)
    returned = {"state": "returned", "line": "returned_to_claimant"}
    # The fifth is a Saturday, Monday the seventh a holiday.
    terms = {"PRES-3Y": "2029-05-08", "TERM-COMPLAINT-10D": "2026-05-15"}
    road.stands(**returned, paper="return_to_claimant", terms=terms)

    road.day("2029-05-21")
    late = road.hand_in({**paper, "ref": "04-late"})
    assert (late["verdict"], late["start_rule"]) == ("late", "INTERR-04")
    road.stands(**received, terms={})
    road.act("refuse_late")
    refused = {"line": "refused_late", "paper": "refuse_late"}
    road.stands(state="refused_late", **refused, terms={"TERM-COMPLAINT-10D": "2029-05-31"})
    assert road.case is not None
    presented = road.case.stream.deadlines.filter(rule="PRES-3Y", starts_on="2026-05-05")
    assert {row.status for row in presented} == {"expired"}
    sound([road.case])
