"""Papers as they come: values that cannot be are named; what is out of time is told."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest

from documents.executive_document import Unreadable, read
from enforcement.limitation import Earlier
from enforcement.management.commands.check_documents import verdicts
from enforcement.verdict import Verdict
from parties.identifiers import bin_fault, check_digit, iban_fault
from tests.examples.papers import (
    EXAMPLES,
    RECEIVED_ON,
    checked,
    codes,
    judged,
    paper,
    people,
    shape,
    verdict_of,
)

ALIMONY: Final = {"kind": "alimony", "share": "1/4", "since": "2010-01-15", "until": "2019-01-01"}


# --- Numbers that say what cannot be ------------------------------------------------------------


def numbered(eleven: str) -> str:
    """Eleven digits with the twelfth they demand."""
    return f"{eleven}{check_digit(eleven)}"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"iin": "991231500105", "birth_date": ""}, "iin"),
        ({"iin": numbered("26031150001"), "birth_date": ""}, "iin"),
        ({"iin": numbered("50010110001"), "birth_date": ""}, "iin"),
        ({"iin": "850314300122", "birth_date": "1985-03-15"}, "birth_date"),
        ({"iin": "850314300122", "birth_date": "1885-03-14"}, "birth_date"),
        ({"iin": "850314300122", "birth_date": "2085-03-14"}, "birth_date"),
        ({"iin": "", "iin_missing_reason": "шетелдік", "birth_date": "2031-01-01"}, "birth_date"),
        ({"iin": "", "iin_missing_reason": "шетелдік", "birth_date": "2026-03-11"}, "birth_date"),
        ({"iin": "", "iin_missing_reason": "шетелдік", "birth_date": "1815-01-01"}, "birth_date"),
        ({"iin": "940640001014", "birth_date": ""}, "iin"),
        ({"iin": "", "kind": "natural", "bin": "940640001014"}, "bin"),
        ({"kind": "legal", "birth_date": ""}, "iin"),
    ],
    ids=str,
)
@pytest.mark.rule("WRIT-CONT-06")
def test_a_person_is_not_born_or_numbered_as_nobody_can_be(
    change: dict[str, Any], field: str
) -> None:
    changes = {f"debtors_0_{name}": value for name, value in change.items()}
    assert verdict_of(**changes) == ("invalid", f"debtors[0].{field}")


@pytest.mark.parametrize(
    ("iin", "birth_date"),
    [
        ("850314300122", "1985-03-14"),
        ("850314300122", ""),
        (numbered("85031400012"), "1985-03-14"),
        (numbered("05031400012"), "2005-03-14"),
        (numbered("26031050001"), "2026-03-10"),
        (numbered("00022950001"), "2000-02-29"),
    ],
)
def test_a_person_whose_number_and_birth_agree_is_taken(iin: str, birth_date: str) -> None:
    changed = {"debtors_0_iin": iin, "debtors_0_birth_date": birth_date}
    assert verdict_of(**changed) == ("accept", "")


@pytest.mark.parametrize(
    ("number", "right"),
    [
        ("940640001014", True),
        ("150351000007", True),
        ("150360000009", True),
        (numbered("15034100001"), True),
        (numbered("15034200001"), True),
        (numbered("15034300001"), True),
        (numbered("15124000001"), True),
        ("151340000002", False),
        ("150040000009", False),
        ("150390000002", False),
        ("850314300122", False),
        (numbered("15033000001"), False),
        (numbered("15037000001"), False),
        (numbered("15034900001"), False),
        (numbered("15994000001"), False),
    ],
)
def test_a_bin_has_a_month_and_is_of_something_that_exists(number: str, right: bool) -> None:
    assert (bin_fault(number) == "") is right
    verdict = ("accept", "") if right else ("invalid", "claimants[0].bin")
    assert verdict_of(claimants_0_bin=number) == verdict


@pytest.mark.parametrize(
    ("iban", "right"),
    [
        ("KZ40125KZT1000000001", True),
        ("KZ97125KZT0000000076", True),
        ("KZ02125KZT0000000040", True),
        ("kz40 125k zt10 0000 0001", True),
        ("KZ40-125K-ZT10-0000-0001", True),
        ("КZ40125КZТ1000000001", True),
        ("KZ40125KZT1000000001\u200b", True),
        ("KZ00125KZT0000000076", False),
        ("KZ01125KZT0000000058", False),
        ("KZ99125KZT0000000040", False),
        ("KZ40125KZT1000000002", False),
        ("KZ40125KZT10000O0001", False),
        ("KZ40ABCKZT1000000001", False),
    ],
)
def test_an_iban_is_one_a_bank_can_have_computed(iban: str, right: bool) -> None:
    verdict = ("accept", "") if right else ("invalid", "claimants[0].iban")
    assert verdict_of(claimants_0_iban=iban) == verdict


def test_every_account_has_one_pair_of_check_digits() -> None:
    right = [n for n in range(100) if not iban_fault(f"KZ{n:02}125KZT1000000001")]
    assert right == [40]


# --- Days that cannot be ------------------------------------------------------------------------

LATER: Final = "2026-03-11"


@pytest.mark.parametrize(
    ("change", "missing", "remark"),
    [
        ({"issued_on": LATER}, ["WRIT-CONT-05"], ("after_receipt", "issued_on")),
        (
            {"issued_on": LATER, "type": "DOC-TYPE-02"},
            ["WRIT-CONT-05"],
            ("after_receipt", "issued_on"),
        ),
        ({"decision_on": LATER}, ["WRIT-CONT-02"], ("after_receipt", "decision_on")),
        (
            {"in_force_on": "2025-12-01", "decision_on": "2026-01-15"},
            ["WRIT-CONT-04"],
            ("before_decision", "in_force_on"),
        ),
        (
            {"issued_on": "2025-12-01", "decision_on": "2026-01-15"},
            ["WRIT-CONT-05"],
            ("before_decision", "issued_on"),
        ),
        (
            {"issued_on": "2025-12-01", "decision_on": "2026-01-15", "type": "DOC-TYPE-08"},
            ["WRIT-CONT-05"],
            ("before_decision", "issued_on"),
        ),
        ({"in_force_on": LATER}, ["ELEM-STD-01"], None),
        ({"deferred_until": "2026-01-10"}, [], ("before_decision", "deferred_until")),
        (
            {"in_force_on": "2025-12-01", "decision_on": "2026-01-15", "immediate": True},
            [],
            ("before_decision", "in_force_on"),
        ),
        ({"issued_on": str(RECEIVED_ON)}, [], None),
        ({"decision_on": "2026-02-19", "issued_on": "2026-02-19"}, [], None),
    ],
    ids=str,
)
@pytest.mark.rule("WRIT-CONT-02", "WRIT-CONT-04", "WRIT-CONT-05")
def test_a_day_that_cannot_be_is_a_defect_where_the_paper_must_show_it(
    change: dict[str, Any], missing: list[str], remark: tuple[str, str] | None
) -> None:
    [answer] = checked(paper(**change))
    assert answer["verdict"] == ("defective" if missing else "accept")
    assert answer.get("missing", []) == missing
    told = [(each["code"], each["field"]) for each in answer.get("remarks", ())]
    assert (remark in told) if remark else not any(code in DAYS for code, _ in told)


DAYS: Final = ("after_receipt", "before_decision")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"in_force_on": LATER}, [("after_receipt", "in_force_on")]),
        ({"decision_on": LATER, "in_force_on": ""}, [("after_receipt", "decision_on")]),
        ({"in_force_on": LATER, "immediate": True}, []),
        ({"in_force_on": str(RECEIVED_ON)}, []),
    ],
)
def test_where_no_rule_asks_for_a_day_it_is_held_against_the_receipt_all_the_same(
    change: dict[str, Any], told: list[tuple[str, str]]
) -> None:
    data = paper(type="INF-DOC-9-02", **change) | {"received_on": str(RECEIVED_ON)}
    [found] = verdicts({**EXAMPLES, "documents": [data]}, "in_force")
    assert found["verdict"] == "accept"
    days = [each for each in found.get("remarks", ()) if each["code"] in DAYS]
    assert [(each["code"], each["field"]) for each in days] == told


@pytest.mark.parametrize(
    ("on", "verdict"),
    [(str(RECEIVED_ON), ("accept", "")), (LATER, ("invalid", "application.on"))],
)
def test_nobody_applied_after_the_paper_came(on: str, verdict: tuple[str, str]) -> None:
    assert verdict_of(application={"on": on, "channel": "claimant"}) == verdict


# --- Claims that cannot be ----------------------------------------------------------------------

OWED: Final = {"claimant": 0, "debtors": [0]}


@pytest.mark.parametrize(
    ("claim", "field"),
    [
        ({"periodic": {**ALIMONY, "since": "2026-01-15"}}, "periodic.until"),
        ({"periodic": {**ALIMONY, "share": "5/4"}}, "periodic.share"),
        ({"periodic": {**ALIMONY, "share": "1/0"}}, "periodic.share"),
        ({"periodic": {**ALIMONY, "share": "-1/4"}}, "periodic.share"),
        ({"periodic": {**ALIMONY, "share": "−25 %"}}, "periodic.share"),
        ({"periodic": {**ALIMONY, "share": "-0.25"}}, "periodic.share"),
        ({"periodic": {**ALIMONY, "share": "0/4"}}, "periodic.share"),
        ({"periodic": {**ALIMONY, "share": "120 %"}}, "periodic.share"),
        ({"periodic": {**ALIMONY, "share": "көп"}}, "periodic.share"),
        ({"periodic": {"share": "1/4"}}, "periodic.kind"),
        ({"amount": "10", "act": "eviction"}, "act"),
        ({"amount": "10", "periodic": ALIMONY}, "periodic"),
        ({"act": "eviction", "periodic": ALIMONY}, "periodic"),
        ({"debtors": [], "amount": "100.00"}, "debtors"),
        ({"debtors": [0, 0], "amount": "100.00"}, "debtors"),
        ({}, "amount"),
        ({"amount": "0"}, "amount"),
        ({"amount": "0.00"}, "amount"),
    ],
    ids=str,
)
def test_a_claim_that_cannot_be_is_invalid_and_names_its_field(
    claim: dict[str, Any], field: str
) -> None:
    assert verdict_of(debts=[{**OWED, **claim}]) == ("invalid", f"debts[0].{field}")


@pytest.mark.parametrize(
    "share",
    ["1/4", "1/3 бөлігі", "25 %", "25%", "33,3 пайыз", "0.25", "½", "1/1", "1⁄6", "табыстан — 1/4"],
)
def test_a_share_is_read_as_it_is_written(share: str) -> None:
    periodic = {"kind": "alimony", "share": share, "since": "2026-01-15"}
    assert verdict_of(debts=[{**OWED, "periodic": periodic}]) == ("accept", "")


AKHMETOV: Final = people(1)[0]
NAMESAKE: Final = {**AKHMETOV, "iin": "", "iin_missing_reason": "жоқ"}


@pytest.mark.parametrize(
    ("second", "twice"),
    [
        (AKHMETOV, True),
        ({**AKHMETOV, "iin": "850314-300122\u200b"}, True),
        ({**AKHMETOV, "name": "Басқа Есім"}, True),
        (NAMESAKE, True),
        ({**NAMESAKE, "name": "серік АХМЕТОВ Болатұлы"}, True),
        ({**NAMESAKE, "birth_date": "1990-01-01"}, False),
        ({**NAMESAKE, "birth_date": ""}, False),
        (people(2)[1], False),
    ],
    ids=str,
)
@pytest.mark.rule("PARTY-DEBT-01")
def test_one_debtor_is_one_debtor(second: dict[str, Any], twice: bool) -> None:
    verdict, field = verdict_of(debtors=[AKHMETOV, second])
    assert (verdict, field[:10]) == (("invalid", "debtors[1]") if twice else ("accept", ""))


@pytest.mark.rule("PARTY-CLAIM-01")
def test_nobody_owes_himself() -> None:
    [one, other] = people(2)
    own = verdict_of(claimants=[AKHMETOV], debts=[{**OWED, "amount": "1.00"}])
    assert own == ("invalid", "claimants[0].iin")
    among = {"claimants": [other], "debtors": [one, other]}
    assert verdict_of(**among, debts=[{**OWED, "amount": "1.00"}]) == ("accept", "")
    both = [{"claimant": 0, "debtors": [0, 1], "amount": "1.00", "joint": True}]
    assert verdict_of(**among, debts=both) == ("invalid", "claimants[0].iin")


@pytest.mark.parametrize("paper_of", [{"debtors": [], "debts": []}, {"claimants": [], "debts": []}])
def test_a_paper_without_parties_is_defective_and_no_more(paper_of: dict[str, Any]) -> None:
    assert verdict_of(**paper_of) == ("defective", "")


# --- Awards of payments -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("until", "verdict", "last_day"),
    [
        ("2019-01-01", "late", date(2022, 1, 5)),
        ("2023-03-05", "late", date(2026, 3, 5)),
        ("2023-03-07", "accept", None),
        ("2023-03-10", "accept", None),
        ("2030-01-01", "accept", None),
        ("", "accept", None),
    ],
)
@pytest.mark.rule("PERIOD-01", "PERIOD-02")
def test_an_award_is_late_when_its_last_payment_is(
    until: str, verdict: str, last_day: date | None
) -> None:
    award = {**OWED, "periodic": {**ALIMONY, "until": until}}
    found = judged(shape(debts=[award], in_force_on="2010-02-19", issued_on="2010-02-20"))
    assert (found.verdict, found.presentation_last_day) == (verdict, last_day)


OVER: Final = {**OWED, "periodic": ALIMONY}
RUNNING: Final = {**OWED, "periodic": {**ALIMONY, "until": "2030-01-01"}}
SUM: Final = {**OWED, "amount": "1000.00"}
LONG_AGO: Final = {"in_force_on": "2010-02-19", "issued_on": "2010-02-20"}


@pytest.mark.parametrize(
    ("debts", "change", "verdict", "late"),
    [
        ([OVER, RUNNING], {}, "accept", ["debts[0]"]),
        ([SUM, RUNNING], LONG_AGO, "accept", ["debts[0]"]),
        ([RUNNING, SUM, OVER], LONG_AGO, "accept", ["debts[1]", "debts[2]"]),
        ([OVER, SUM], {}, "accept", ["debts[0]"]),
        ([OVER, SUM], LONG_AGO, "late", []),
        ([SUM, SUM], LONG_AGO, "late", []),
        ([RUNNING, SUM], {}, "accept", []),
    ],
)
@pytest.mark.rule("PRES-MISSED-01", "PERIOD-02")
def test_a_paper_is_late_only_when_every_claim_of_it_is(
    debts: list[dict[str, Any]], change: dict[str, Any], verdict: str, late: list[str]
) -> None:
    found = judged(shape(debts=debts, **change))
    assert found.verdict == verdict
    assert [each["field"] for each in found.remarks if each["code"] == "late_in_part"] == late


def test_after_a_return_the_payments_have_their_full_term_again() -> None:
    found = judged(shape(debts=[OVER]), earlier=Earlier(returned_on=date(2025, 5, 5)))
    assert found.verdict == "accept"


# --- Another name -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "warned"),
    [
        ("Ахметов Серік Болатұлы", False),
        ("АХМЕТОВ СЕРІК БОЛАТҰЛЫ", False),
        ("Серік Ахметов Болатұлы", False),
        ("Axметов Серiк Болатулы", False),
        ("Akhmetov Serik Bolatuly", False),
        ("Ахме\u00adтов Серік  Болатұлы\u200b", False),
        ("Ахметов Берік Болатұлы", True),
        ("Омаров Серік Болатұлы", True),
    ],
    ids=ascii,
)
@pytest.mark.rule("WRIT-CONT-06")
def test_another_name_under_one_number_is_remarked(name: str, warned: bool) -> None:
    _, found = checked(paper(ref="1"), paper(ref="2", case_number="2", debtors_0_name=name))
    told = {"code": "other_name", "field": "debtors[0].name", "rule": "WRIT-CONT-06"}
    assert (found["verdict"], told in found.get("remarks", [])) == ("accept", warned)


def test_an_iin_of_a_man_under_a_womans_name_is_remarked() -> None:
    [answer] = checked(paper(debtors_0_name="Ахметова Сара Болатқызы"))
    assert [each["code"] for each in answer["remarks"]] == ["other_sex"]


def test_a_verdict_tells_its_remarks_as_objects() -> None:
    [remark] = judged(shape(type="DOC-TYPE-02")).as_json()["remarks"]
    assert remark == {"code": "unsealed_order", "field": "sealed", "rule": "ISSUE-ORDER-01"}
    assert "remarks" not in Verdict("late").as_json()


def test_a_document_read_without_its_day_is_not_held_against_it() -> None:
    applied = {"on": LATER, "channel": "claimant"}
    assert read(paper(application=applied), codes()).application_on == date(2026, 3, 11)
    with pytest.raises(Unreadable, match=r"application\.on"):
        read(paper(application=applied), codes(), on=RECEIVED_ON)
