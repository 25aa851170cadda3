"""Documents arrive: each gets the law's verdict, a case and its terms; the unreadable do not."""

from __future__ import annotations

from typing import Any

import pytest

from enforcement.core.api_shapes import receipt
from enforcement.models import Case, Debt, Participant, Presentation
from law.refusal import FieldError
from parties.models import Party
from tests import arriving as intake
from tests.office import (
    DAY,
    DOCUMENTS,
    NEXT,
    act,
    afresh,
    arrive,
    census,
    example,
    lines,
    paper,
    receive,
    received_on,
    refused,
    terms,
    user,
)

#: Example -> number of its case, the terms it starts: rule -> last day, status. Reckoned by hand.
ARRIVALS: dict[str, tuple[str, dict[str, tuple[str, str]]]] = {
    "01": (
        "ALA-2026-00001",
        {"PRES-3Y": ("2029-02-19", "met"), "TERM-OFFER-3D": ("2026-03-13", "running")},
    ),
    "02": ("TRZ-2026-00001", {}),
    "03": (
        "ALA-2026-00002",
        {"PRES-3Y": ("2029-06-04", "met"), "TERM-OFFER-3D": ("2026-06-15", "running")},
    ),
    "04": ("TRZ-2026-00002", {"TERM-DEFECT-3D": ("2026-03-26", "running")}),
    "05": ("TRZ-2026-00003", {"TERM-DEFECT-3D": ("2026-07-13", "running")}),
    "06": ("ALA-2026-00003", {"PRES-3Y": ("2026-05-12", "expired")}),
    "07": (
        "ALA-2026-00004",
        {"PRES-3Y": ("2026-05-12", "met"), "TERM-OFFER-3D": ("2026-05-15", "running")},
    ),
    "08": (
        "ALA-2026-00005",
        {"PRES-1Y-COURT": ("2026-12-02", "met"), "TERM-OFFER-3D": ("2026-02-06", "running")},
    ),
    "09": ("ALA-2025-00001", {"PRES-1Y-BODY": ("2025-11-12", "expired")}),
    "10": (
        "TRZ-2026-00004",
        {"PRES-3M": ("2026-03-02", "met"), "TERM-OFFER-3D": ("2026-03-02", "running")},
    ),
    "11": (
        "TRZ-2026-00005",
        {"PRES-3Y": ("2029-04-03", "met"), "TERM-OFFER-3D": ("2026-04-17", "running")},
    ),
    "12": (
        "ALA-2026-00006",
        {"PRES-3Y": ("2029-08-13", "met"), "TERM-OFFER-3D": ("2026-09-18", "running")},
    ),
    "13": (
        "TRZ-2026-00006",
        {"PRES-3Y": ("2028-11-20", "met"), "TERM-OFFER-3D": ("2026-01-23", "running")},
    ),
    # Its case is the first arrival's, whose terms go on.
    "14": (
        "ALA-2026-00001",
        {"PRES-3Y": ("2029-02-19", "met"), "TERM-OFFER-3D": ("2026-03-13", "running")},
    ),
    # On the disputed day: late by the strict reading, yet accepted.
    "16": (
        "ALA-2026-00007",
        {"PRES-3Y": ("2026-06-16", "expired"), "TERM-OFFER-3D": ("2026-06-22", "running")},
    ),
    "17": ("ALA-2026-00008", {"TERM-TRANSFER-3D": ("2026-09-25", "running")}),
    "18": (
        "ALA-2026-00009",
        {"PRES-3Y": ("2029-09-28", "met"), "TERM-OFFER-3D": ("2026-10-15", "running")},
    ),
}
#: What an `expect` says of proceedings that do not begin with the arrival.
LATER = {"completion_due_if_initiated_on"}


@pytest.mark.rule("TERM-DEFECT-3D", "TERM-OFFER-3D", "PRES-MISSED-01")
def test_the_examples_arrive_in_their_order(offices: None) -> None:
    assert {*ARRIVALS, "15"} == set(DOCUMENTS)
    for ref, paper_ in DOCUMENTS.items():
        if ref == "15":
            continue
        arrived = receive(example(ref), on=received_on(ref))
        expected = {k: v for k, v in paper_["expect"].items() if k not in LATER}
        told = {key: arrived.verdict.get(key) for key in expected}
        assert (ref, told) == (ref, expected)
        assert (ref, arrived.state) == (ref, "received")
        assert (ref, arrived.case.label, terms(arrived)) == (ref, *ARRIVALS[ref])
        last = arrived.case.stream.entries.order_by("-seq")[0]
        assert (last.kind, last.on, last.state_after) == ("received", received_on(ref), "received")
        assert last.facts["verdict"] == expected["verdict"]
    assert Presentation.objects.count() == len(ARRIVALS)
    assert Case.objects.count() == len(ARRIVALS) - 1


@pytest.mark.rule("WRIT-CONT-06")
def test_a_wrong_check_digit_leaves_no_row_in_any_table(offices: None) -> None:
    receive(example("01"), on=received_on("01"))
    with refused("invalid", status=422) as refusal:
        receive(example("15"), on=received_on("15"))
    assert refusal.value.errors == (FieldError("debtors[0].iin", "check_digit"),)
    assert refusal.value.rule == "WRIT-CONT-06"


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"ref": ""}, "ref", "required"),
        ({"office": ""}, "office", "required"),
        ({"office": "ALA-BOS"}, "office", "unknown"),
        ({"issuer": "ALA"}, "issuer", "unknown"),
        ({"type": "DOC-TYPE-99"}, "type", "unknown"),
        ({"decision_on": "2026-02-30"}, "decision_on", "format"),
        ({"immediate": "yes"}, "immediate", "format"),
        ({"claimant": {"bin": "940640001015"}}, "claimants[0].bin", "check_digit"),
        ({"claimant": {"iban": "KZ41125KZT1000000001"}}, "claimants[0].iban", "check_digit"),
        ({"debtor": {"iin": "85031430012"}}, "debtors[0].iin", "format"),
        ({"surprise": 1}, "surprise", "unknown_field"),
        ({"debts": [{"claimant": 0, "debtors": [7], "amount": "1.00"}]}, "debts[0].debtors", ""),
    ],
)
def test_a_value_that_cannot_be_names_its_field_and_stores_nothing(
    offices: None, changes: dict[str, Any], field: str, code: str
) -> None:
    with refused("invalid", status=422) as refusal:
        receive(paper(1, **changes))
    assert refusal.value.errors == (FieldError(field, code or "unknown"),)


def test_the_same_key_with_the_same_paper_gives_the_same_receipt(offices: None) -> None:
    first = intake.receive(paper(), on=DAY, by=user("court.system"))
    answer = receipt(first.presentation)
    before = census()
    again = intake.receive(paper(), on=NEXT, by=user("court.system"))
    assert (first.created, again.created) == (True, False)
    assert receipt(again.presentation) == answer
    assert census() == before


def test_the_receipt_stays_the_same_after_the_document_was_returned(offices: None) -> None:
    arrived = arrive("defective")
    answer = receipt(arrived)
    act(arrived, "return_defective")
    again = intake.receive(paper(verdict="defective"), on=NEXT, by=user("court.system"))
    assert not again.created
    assert receipt(again.presentation) == answer
    assert (answer["state"], again.presentation.state) == ("received", "returned_defective")
    assert [term["status"] for term in answer["deadlines"]] == ["running"]


def test_the_same_key_with_another_paper_is_refused(offices: None) -> None:
    arrive()
    with refused("ref_taken", status=409) as refusal:
        receive(paper(operative="Басқа мәтін."))
    assert [(fact.name, fact.value) for fact in refusal.value.facts] == [("ref", "T-1")]
    assert refusal.value.errors == (FieldError("ref", "taken"),)


def test_another_source_may_use_the_same_key(offices: None) -> None:
    court = arrive()
    own = receive(paper(case_number="own"), by="registrar.ala")
    assert (court.ref, own.ref) == ("T-1", "T-1")
    assert court.source.code == "ALA-BOS"
    assert own.source.code == "ALA"
    assert court.case_id != own.case_id


def test_an_invalid_paper_does_not_use_up_its_key(offices: None) -> None:
    with refused("invalid", status=422):
        receive(paper(debtor={"iin": "850314300123"}))
    assert receive(paper()).verdict["verdict"] == "accept"


@pytest.mark.rule("DEFECT-03")
def test_a_paper_that_comes_again_uncured_is_marked_so_and_can_be_returned_again(
    offices: None,
) -> None:
    first = arrive("defective")
    act(first, "return_defective", on=NEXT)
    second = receive(paper(verdict="defective", ref="T-2"), on=DAY.replace(day=16))
    assert second.case_id == first.case_id
    assert (first.ordinal, second.ordinal) == (1, 2)
    assert second.verdict["uncured"] is True
    assert "DEFECT-03" in second.verdict["rules"]
    entry = act(second, "return_defective", on=DAY.replace(day=17))
    assert entry.facts["uncured"] is True
    assert [kind for kind, _on in lines(first)] == ["received", "returned_defective"] * 2
    assert afresh(second).state == "returned_defective"


@pytest.mark.rule("TERM-DEFECT-3D")
def test_a_second_arrival_counts_its_term_anew(offices: None) -> None:
    first = arrive("defective")
    act(first, "return_defective", on=NEXT)
    second = receive(paper(verdict="defective", ref="T-2"), on=DAY.replace(day=27))
    rows = first.case.stream.deadlines.filter(rule="TERM-DEFECT-3D").order_by("started_by")
    scopes = [f"presentation:{each.pk}" for each in (first, second)]
    assert [(row.scope, str(row.due_on), row.status) for row in rows] == [
        (scopes[0], "2026-03-13", "met"),
        (scopes[1], "2026-03-30", "running"),
    ]


def test_a_paper_cured_after_its_return_is_accepted_into_the_same_case(offices: None) -> None:
    first = arrive("defective")
    act(first, "return_defective")
    second = receive(paper(ref="T-2"), on=NEXT)
    assert second.case_id == first.case_id
    assert second.verdict["verdict"] == "accept"
    assert "uncured" not in second.verdict


def test_another_defect_than_the_one_returned_for_is_not_uncured(offices: None) -> None:
    act(arrive("defective"), "return_defective")
    second = receive(paper(ref="T-2", in_force_on=None), on=NEXT)
    assert second.verdict["missing"] == ["WRIT-CONT-04"]
    assert "uncured" not in second.verdict


def test_what_was_never_returned_here_is_not_uncured(offices: None) -> None:
    waiting = arrive("defective")
    again = {"verdict": "defective", "duplicate": "дубликат"}
    assert "uncured" not in receive(paper(ref="T-2", **again)).verdict
    act(waiting, "return_defective")
    elsewhere = receive(paper(ref="T-3", office="TRZ", debtor={"city": "Тараз"}, **again), on=NEXT)
    assert elsewhere.verdict["missing"] == ["WRIT-CONT-03"]
    assert "uncured" not in elsewhere.verdict


@pytest.mark.rule("WRIT-ONE-01")
def test_a_paper_that_waits_at_one_office_is_already_received_at_every_other(
    offices: None,
) -> None:
    first = arrive()
    second = receive(paper(ref="T-2", office="TRZ", debtor={"city": "Тараз"}))
    assert (second.verdict["verdict"], second.verdict["of"]) == ("already_received", "T-1")
    assert second.case_id != first.case_id
    assert second.office.code == "TRZ"


@pytest.mark.parametrize(
    "changes", [{"duplicate": "2026-03-09 дубликаты"}, {"part": "1/2"}], ids=["duplicate", "part"]
)
def test_what_is_named_a_duplicate_or_a_part_is_no_second_arrival(
    offices: None, changes: dict[str, Any]
) -> None:
    arrive()
    assert receive(paper(ref="T-2", **changes)).verdict["verdict"] == "accept"


@pytest.mark.parametrize("absent", ["issuer", "case_number", "decision_on"])
def test_a_paper_without_its_whole_name_is_no_second_arrival(offices: None, absent: str) -> None:
    receive(paper(**{absent: None}))
    second = receive(paper(ref="T-2", **{absent: None}))
    assert second.verdict["verdict"] != "already_received"


@pytest.mark.rule("TERM-TRANSFER-3D")
def test_a_paper_sent_on_arrives_at_the_right_office_as_a_new_one(offices: None) -> None:
    elsewhere = arrive("wrong_territory")
    assert elsewhere.verdict["office"] == "TRZ"
    act(elsewhere, "send_on")
    assert terms(elsewhere)["TERM-TRANSFER-3D"] == ("2026-03-13", "met")
    arrived = receive(paper(ref="T-2", office="TRZ", debtor={"city": "Тараз"}), on=NEXT)
    assert (arrived.verdict["verdict"], arrived.case.label) == ("accept", "TRZ-2026-00001")


@pytest.mark.parametrize(
    ("city", "verdict"),
    [
        ("Алматы", "accept"),
        ("алматы ", "accept"),
        ("Тараз", "wrong_territory"),
        ("Ақтау", "accept"),
        ("", "accept"),
    ],
)
def test_only_a_known_city_of_another_territory_is_sent_on(
    offices: None, city: str, verdict: str
) -> None:
    assert receive(paper(debtor={"city": city})).verdict["verdict"] == verdict


def test_names_are_kept_as_each_paper_gives_them(offices: None) -> None:
    receive(paper(1))
    receive(paper(2, debtor={"name": "Ахметов С. Б."}))
    names = Participant.objects.filter(role="debtor").order_by("presentation__ref")
    assert [person.name_kk for person in names] == ["Ахметов Серік Болатұлы", "Ахметов С. Б."]
    assert Party.objects.filter(iin="850314300122").count() == 1


def test_debts_are_kept_to_the_tiyn_with_their_parties(offices: None) -> None:
    arrived = receive(example("12"), on=received_on("12"))
    debts = Debt.objects.filter(presentation=arrived).order_by("position")
    told = DOCUMENTS["12"]["debts"]
    assert [str(debt.amount) for debt in debts] == [debt["amount"] for debt in told]
    owed = [[person.position for person in debt.debtors.order_by("position")] for debt in debts]
    assert owed == [debt["debtors"] for debt in told]


def test_a_later_paper_moves_a_party_and_an_older_one_does_not(offices: None) -> None:
    receive(paper(1), on=NEXT)
    receive(paper(2, debtor={"address_kk": "Ескі көш., 1-үй"}), on=DAY)
    receive(paper(3, debtor={"address_kk": "Жаңа көш., 2-үй"}), on=DAY.replace(day=20))
    addresses = Party.objects.get(iin="850314300122").addresses.order_by("since")
    assert [
        (each.address_kk, str(each.since), each.until and str(each.until)) for each in addresses
    ] == [
        ("Абай даңғ., 52-үй, 14-пәтер", "2026-03-11", "2026-03-20"),
        ("Жаңа көш., 2-үй", "2026-03-20", None),
    ]
