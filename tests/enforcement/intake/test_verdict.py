"""The law's verdict on a paper that arrives: which comes first, what is missing, what is late."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest

from documents.executive_document import Unreadable
from enforcement.limitation import Earlier
from enforcement.remarks import is_immediate
from enforcement.verdict import Verdict
from tests.examples.papers import judged, law, people, shape

ALIMONY: Final = {"claimant": 0, "debtors": [0], "periodic": {"kind": "alimony", "share": "1/4"}}
SUM: Final = {"claimant": 0, "debtors": [0], "amount": "1000.00"}
NO_FORCE_ASKED: Final = ("DOC-TYPE-06", "DOC-TYPE-07", "DOC-TYPE-08")
KINDS: Final = [f"DOC-TYPE-0{n}" for n in range(1, 10)]


# --- Which verdict comes first -------------------------------------------------------------------

FAULTS: Final[list[tuple[str, dict[str, Any]]]] = [
    ("already_received", {}),
    ("wrong_territory", {"debtors_0_city": "Тараз"}),
    ("defective", {"operative": ""}),
    ("late", {"in_force_on": "2020-02-19"}),
    ("accept", {}),
]


@pytest.mark.parametrize("first", range(len(FAULTS)), ids=lambda n: FAULTS[n][0])
@pytest.mark.rule("WRIT-ONE-01", "TERM-DEFECT-3D", "PRES-MISSED-01")
def test_of_all_faults_from_here_on_the_first_gives_the_verdict(first: int) -> None:
    faults = FAULTS[first:]
    changes = {key: value for _, change in faults for key, value in change.items()}
    named = [verdict for verdict, _ in faults]
    earlier = Earlier("01") if "already_received" in named else None
    assert judged(shape(**changes), earlier=earlier).verdict == named[0]
    with pytest.raises(Unreadable, match=r"debtors\[0\]\.iin"):
        judged(shape(**changes, debtors_0_iin="850314300123"), earlier=earlier)


# --- What a kind of paper must show (Q26) --------------------------------------------------------

CONTENT: Final[list[tuple[str, dict[str, Any]]]] = [
    ("WRIT-CONT-01", {"issuer": ""}),
    ("WRIT-CONT-02", {"case_number": ""}),
    ("WRIT-CONT-02", {"decision_on": None}),
    ("WRIT-CONT-03", {"operative": "  "}),
    ("WRIT-CONT-04", {"in_force_on": None}),
    ("WRIT-CONT-05", {"issued_on": ""}),
    ("WRIT-CONT-06", {"claimants": [], "debts": []}),
    ("WRIT-CONT-06", {"debtors": [], "debts": []}),
    ("WRIT-CONT-06", {"debtors_0_address_kk": "", "debtors_0_address_ru": ""}),
    ("WRIT-CONT-06", {"claimants_0_name_kk": "", "claimants_0_name_ru": ""}),
    ("WRIT-CONT-06", {"debtors_0_iin": ""}),
    ("WRIT-CONT-06", {"claimants_0_bin": None}),
]


def asked_of(kind: str, *, immediate: bool) -> set[str]:
    """The contents a kind must show, as the answer Q26 has it."""
    asked = {f"WRIT-CONT-0{n}" for n in (1, 2, 3, 4, 5, 6)}
    return asked - ({"WRIT-CONT-04"} if immediate or kind in NO_FORCE_ASKED else set())


@pytest.mark.parametrize("immediate", [False, True], ids=["ordinary", "immediate"])
@pytest.mark.parametrize(
    "kind",
    [
        pytest.param("DOC-TYPE-01", marks=pytest.mark.rule("DOC-TYPE-01")),
        pytest.param("DOC-TYPE-02", marks=pytest.mark.rule("DOC-TYPE-02")),
        pytest.param("DOC-TYPE-03", marks=pytest.mark.rule("DOC-TYPE-03")),
        pytest.param("DOC-TYPE-04", marks=pytest.mark.rule("DOC-TYPE-04")),
        pytest.param("DOC-TYPE-05", marks=pytest.mark.rule("DOC-TYPE-05")),
        pytest.param("DOC-TYPE-06", marks=pytest.mark.rule("DOC-TYPE-06")),
        pytest.param("DOC-TYPE-07", marks=pytest.mark.rule("DOC-TYPE-07")),
        "DOC-TYPE-08",
        pytest.param("DOC-TYPE-09", marks=pytest.mark.rule("BAIL-DUTY-01")),
    ],
)
def test_a_kind_is_defective_without_exactly_what_it_must_show(kind: str, immediate: bool) -> None:
    asked = asked_of(kind, immediate=immediate or kind == "DOC-TYPE-09")
    for rule, change in CONTENT:
        found = judged(shape(type=kind, immediate=immediate, **change))
        expected = ("defective", (rule,)) if rule in asked else ("accept", ())
        assert (found.verdict, found.missing) == expected, f"{rule} {change}"


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        pytest.param(*CONTENT[0], marks=pytest.mark.rule("WRIT-CONT-01")),
        pytest.param(*CONTENT[1], marks=pytest.mark.rule("WRIT-CONT-02")),
        pytest.param(*CONTENT[3], marks=pytest.mark.rule("WRIT-CONT-03")),
        pytest.param(*CONTENT[4], marks=pytest.mark.rule("WRIT-CONT-04")),
        pytest.param(*CONTENT[5], marks=pytest.mark.rule("WRIT-CONT-05")),
        pytest.param(*CONTENT[8], marks=pytest.mark.rule("WRIT-CONT-06")),
    ],
)
def test_a_defective_paper_goes_back_within_three_days_of_its_receipt(
    rule: str, change: dict[str, Any]
) -> None:
    found = judged(shape(**change), on=date(2026, 3, 18))
    assert found.return_ruling_due == date(2026, 3, 26)
    assert found.rules == ("TERM-DEFECT-3D", rule)
    assert found.presentation_last_day is None


def test_all_that_is_missing_is_named_in_the_order_of_the_law() -> None:
    found = judged(shape(operative="", issuer="", issued_on="", debtors_0_address_kk=None))
    assert found.missing == ("WRIT-CONT-01", "WRIT-CONT-03", "WRIT-CONT-05")


@pytest.mark.parametrize(
    "change",
    [
        {"claimants_0_iban": ""},
        {"debtors_0_iin": "", "debtors_0_iin_missing_reason": "шетел азаматы"},
        {"debtors_0_address_kk": ""},
        {"debtors_0_workplace": "", "debtors_0_birth_date": None},
        {"application": None},
        {"language": ""},
    ],
    ids=str,
)
def test_what_is_only_asked_for_is_no_defect(change: dict[str, Any]) -> None:
    assert judged(shape(**change)).verdict == "accept"


@pytest.mark.parametrize(
    ("party", "number"), [("debtors", "iin"), ("debtors", "bin"), ("claimants", "bin")]
)
@pytest.mark.rule("WRIT-CONT-06", "TERM-DEFECT-3D")
def test_a_number_written_wrong_on_the_paper_is_a_defect_of_the_paper(
    party: str, number: str
) -> None:
    reason = {f"{party}_0_iin": "", f"{party}_0_bin": "", f"{party}_0_iin_missing_reason": "жоқ"}
    assert judged(shape(**reason)).verdict == "accept"
    found = judged(shape(**reason, **{f"{party}_0_{number}_as_written": "85031430012"}))
    assert (found.verdict, found.missing) == ("defective", ("WRIT-CONT-06",))


@pytest.mark.parametrize(
    ("in_force_on", "immediate", "missing"),
    [
        ("2026-03-10", False, ()),
        ("2026-03-11", False, ("ELEM-STD-01",)),
        ("2026-03-11", True, ()),
    ],
)
@pytest.mark.rule("ELEM-STD-01", "ISSUE-IMM-01")
def test_an_act_must_be_in_force_on_the_day_of_receipt_unless_it_is_immediate(
    in_force_on: str, immediate: bool, missing: tuple[str, ...]
) -> None:
    assert judged(shape(in_force_on=in_force_on, immediate=immediate)).missing == missing


@pytest.mark.rule("DEFECT-03")
def test_a_paper_returned_and_back_with_the_same_defect_is_uncured() -> None:
    returned = Earlier(returned_missing=("WRIT-CONT-03", "WRIT-CONT-05"))
    same = judged(shape(operative=""), earlier=returned)
    assert (same.verdict, same.uncured) == ("defective", True)
    assert "DEFECT-03" in same.rules
    other = judged(shape(issuer=""), earlier=returned)
    assert (other.verdict, other.uncured) == ("defective", None)
    assert judged(shape(), earlier=returned).verdict == "accept"


@pytest.mark.rule("DEFECT-02")
def test_a_cured_paper_is_judged_by_the_day_it_came_back() -> None:
    late = {"in_force_on": "2023-03-09"}
    returned = Earlier(returned_missing=("WRIT-CONT-03",))
    assert judged(shape(**late, operative=""), on=date(2026, 3, 6)).verdict == "defective"
    assert judged(shape(**late), on=date(2026, 3, 16), earlier=returned).verdict == "late"


# --- Presented in time? --------------------------------------------------------------------------

IN_TIME, THE_NEXT, TOO_LATE = date(2026, 6, 16), date(2026, 6, 17), date(2026, 6, 18)


@pytest.mark.parametrize(
    ("kind", "start", "basis", "began", "disputed"),
    [
        pytest.param(
            *("DOC-TYPE-01", "PRES-START-01", "in_force_on", "2023-06-16", True),
            marks=pytest.mark.rule("PRES-START-01", "PRES-3Y"),
        ),
        pytest.param(
            *("DOC-TYPE-09", "PRES-START-02", "decision_on", "2023-06-16", True),
            marks=pytest.mark.rule("PRES-START-02"),
        ),
        pytest.param(
            *("DOC-TYPE-04", "PRES-START-03", "decision_on", "2025-06-16", False),
            marks=pytest.mark.rule("PRES-START-03", "PRES-1Y-COURT"),
        ),
        pytest.param(
            *("DOC-TYPE-05", "PRES-START-04", "decision_on", "2025-06-16", True),
            marks=pytest.mark.rule("PRES-START-04", "PRES-1Y-BODY"),
        ),
        pytest.param(
            *("DOC-TYPE-02", "PRES-START-05", "issued_on", "2023-06-16", True),
            marks=pytest.mark.rule("PRES-START-05"),
        ),
        ("DOC-TYPE-03", "PRES-START-05", "issued_on", "2023-06-16", True),
        pytest.param(
            *("DOC-TYPE-06", "PRES-START-05", "issued_on", "2026-03-16", True),
            marks=pytest.mark.rule("PRES-3M"),
        ),
        ("DOC-TYPE-07", "PRES-START-05", "issued_on", "2025-06-16", True),
        ("DOC-TYPE-08", "PRES-START-05", "issued_on", "2023-06-16", True),
    ],
)
def test_the_day_read_both_ways_is_accepted_and_flagged_where_the_law_can_be_read_so(
    kind: str, start: str, basis: str, began: str, disputed: bool
) -> None:
    arrived = shape(type=kind, **{basis: began})
    in_time, the_next, too_late = (judged(arrived, on=on) for on in (IN_TIME, THE_NEXT, TOO_LATE))
    assert (in_time.verdict, in_time.disputed_day) == ("accept", None)
    assert the_next.verdict == ("accept" if disputed else "late")
    assert the_next.disputed_day is (True if disputed else None)
    assert (too_late.verdict, too_late.right) == ("late", "RESTORE-01")
    for found in (in_time, the_next, too_late):
        assert (found.start_rule, found.presentation_last_day) == (start, IN_TIME)
        assert found.presentation_start == date.fromisoformat(began)


def test_where_the_last_day_moves_the_two_readings_meet_and_nothing_is_disputed() -> None:
    """In force on 9 May 2023: three years end on a holiday, and move to 12 May either way."""
    arrived = shape(in_force_on="2023-05-09")
    on_the_last = judged(arrived, on=date(2026, 5, 12))
    assert (on_the_last.verdict, on_the_last.disputed_day) == ("accept", None)
    assert judged(arrived, on=date(2026, 5, 13)).verdict == "late"


@pytest.mark.parametrize(
    ("deferred_until", "last_day"),
    [("2026-09-28", date(2029, 9, 28)), ("2026-01-10", date(2029, 2, 19)), ("", date(2029, 2, 19))],
)
@pytest.mark.rule("PRES-START-01", "COURT-DEFER-01")
def test_after_a_deferral_the_term_runs_from_its_last_day_if_that_is_later(
    deferred_until: str, last_day: date
) -> None:
    found = judged(shape(deferred_until=deferred_until))
    assert (found.presentation_last_day, found.provisional) == (last_day, True)


@pytest.mark.rule("PERIOD-01", "TERM-EXEC-EXC")
def test_payments_that_come_again_have_no_last_day_and_no_term_of_completion() -> None:
    found = judged(shape(debts=[ALIMONY], in_force_on="2001-01-10"))
    assert (found.verdict, found.periodic) == ("accept", True)
    assert (found.presentation_last_day, found.completion_term) == (None, False)
    assert found.completion_months is None


def test_a_sum_beside_payments_that_come_again_keeps_its_terms() -> None:
    found = judged(shape(debts=[ALIMONY, SUM], in_force_on="2001-01-10"))
    assert (found.verdict, found.presentation_last_day) == ("accept", date(2004, 1, 12))
    assert [(each["code"], each["field"]) for each in found.remarks] == [
        ("late_in_part", "debts[1]"),
        ("late_payments", "debts[0]"),
    ]
    in_time = judged(shape(debts=[ALIMONY, SUM]))
    assert (in_time.periodic, in_time.completion_months) == (True, 2)


# --- What follows from acceptance ----------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.rule("ELEM-IMM-01", "INIT-IMM-01", "PRES-START-02")
def test_an_immediate_paper_has_no_voluntary_term(kind: str) -> None:
    always = kind == "DOC-TYPE-09"
    ordinary = judged(shape(type=kind))
    at_once = judged(shape(type=kind, immediate=True))
    assert (ordinary.immediate, ordinary.voluntary_term) == (always or None, not always)
    assert (at_once.immediate, at_once.voluntary_term) == (True, False)
    by_decision = kind in ("DOC-TYPE-01", "DOC-TYPE-02", "DOC-TYPE-09")
    assert (at_once.start_rule == "PRES-START-02") is by_decision
    assert is_immediate(shape(type=kind), law().kind(kind)) is always


@pytest.mark.parametrize("act", sorted(law().list("reasons")))
@pytest.mark.rule("TERM-EXEC-4M")
def test_an_act_the_law_gives_four_months_for_gets_four(act: str) -> None:
    found = judged(shape(debts=[SUM, {"claimant": 0, "debtors": [0], "act": act}]))
    assert (found.completion_months, found.reason) == (4, act)
    assert "TERM-EXEC-4M" in found.rules


@pytest.mark.rule("TERM-EXEC-2M")
def test_a_money_writ_gets_two_months() -> None:
    found = judged(shape())
    assert (found.completion_months, found.reason, found.completion_term) == (2, None, True)
    assert "TERM-EXEC-2M" in found.rules


@pytest.mark.rule("PARTY-MULTI-01")
def test_there_is_a_proceeding_for_every_debtor() -> None:
    assert judged(shape(debtors=people(2))).proceedings == 2


@pytest.mark.parametrize(
    ("change", "remarks"),
    [
        ({}, ()),
        pytest.param(
            {"issued_on": "2026-02-18"},
            ("ISSUE-FORCE-01",),
            marks=pytest.mark.rule("ISSUE-FORCE-01"),
        ),
        pytest.param(
            {"issued_on": "2026-02-18", "immediate": True},
            (),
            marks=pytest.mark.rule("ISSUE-IMM-01"),
        ),
        pytest.param(
            {"type": "DOC-TYPE-02"},
            ("ISSUE-ORDER-01",),
            marks=pytest.mark.rule("ISSUE-ORDER-01"),
        ),
        ({"type": "DOC-TYPE-02", "sealed": True}, ()),
    ],
    ids=str,
)
def test_what_the_bailiff_should_see_is_remarked_and_changes_nothing(
    change: dict[str, Any], remarks: tuple[str, ...]
) -> None:
    found = judged(shape(**change))
    assert (found.verdict, tuple(each["rule"] for each in found.remarks)) == ("accept", remarks)


# --- Whose paper, and whether it came before -----------------------------------------------------


@pytest.mark.parametrize(
    ("cities", "office"),
    [
        (["Алматы"], None),
        (["Тараз"], "TRZ"),
        (["тараз "], "TRZ"),
        (["Tapaз"], "TRZ"),
        (["Шымкент"], None),
        ([""], None),
        (["Тараз", "Алматы"], None),
        (["Тараз", "Шымкент"], "TRZ"),
        (["Шымкент", "Тараз"], "TRZ"),
    ],
)
@pytest.mark.rule("ISSUE-SEND-01", "TERM-TRANSFER-3D")
def test_another_territory_is_named_and_an_unknown_city_not_judged(
    cities: list[str], office: str | None
) -> None:
    living = zip(people(len(cities)), cities, strict=True)
    found = judged(shape(debtors=[{**debtor, "city": city} for debtor, city in living]))
    assert found.office == office
    assert found.verdict == ("wrong_territory" if office else "accept")


def test_a_city_of_two_offices_belongs_to_the_one_the_paper_came_to() -> None:
    shared = {"ALA": ["Алматы"], "TRZ": ["Алматы", "Тараз"]}
    for office in shared:
        assert judged(shape(office=office), territories=shared).verdict == "accept"


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        pytest.param({}, "already_received", marks=pytest.mark.rule("WRIT-ONE-01")),
        pytest.param({"duplicate": "№ 7"}, "accept", marks=pytest.mark.rule("LOST-01")),
        ({"duplicate": True}, "accept"),
        pytest.param({"part": "2/2"}, "already_received", marks=pytest.mark.rule("WRIT-ONE-02")),
        ({"duplicate": False, "part": ""}, "already_received"),
    ],
    ids=str,
)
def test_what_an_earlier_arrival_stands_for_is_received_again_only_as_a_duplicate(
    change: dict[str, Any], verdict: str
) -> None:
    """Whether one stands for a part is known by its key before the verdict (test_second_writs)."""
    found = judged(shape(**change), earlier=Earlier("01"))
    assert (found.verdict, found.of) == (verdict, "01" if verdict != "accept" else None)


def test_every_rule_a_verdict_names_is_a_rule_of_the_law() -> None:
    found = [judged(shape(type=kind, **change)) for kind in KINDS for _, change in CONTENT]
    found += [judged(shape(debts=[ALIMONY])), judged(shape(in_force_on="2001-01-10"))]
    for verdict in found:
        assert set(verdict.rules + verdict.missing) <= set(law().ids())


def test_only_what_applies_is_in_the_json() -> None:
    assert Verdict("late").as_json() == {"verdict": "late"}
    told = judged(shape()).as_json()
    assert told["presentation_last_day"] == "2029-02-19"
    assert isinstance(told["rules"], list)
    assert "missing" not in told
