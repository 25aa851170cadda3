"""A second writ of one decision: the same paper, a writ of its own, or a duplicate elsewhere."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from django.core.management import call_command
from django.test import Client

from enforcement.models import Presentation, Proceeding
from tests import standing as money
from tests.api.asking import Caller
from tests.course import begun, do, initiated, now, told_in_three_languages
from tests.desk import Desk
from tests.enforcement.intake.test_every_door import flat
from tests.examples.papers import checked, people
from tests.office import DAY, NEXT, act, afresh, example, paper, receive, refused, terms, user

SERIK, VIKTOR = ({**each, "city": "Алматы"} for each in people(2))
SUM: Final = {"claimant": 0, "debtors": [0], "amount": "1000.00"}
JOINT: Final = {**SUM, "joint": True}
ASKED: Final = {"code": "claim_in_doubt", "field": "part", "rule": "WRIT-ONE-02"}
OTHER_CLAIMANT: Final = example("02")["claimants"][0]
#: The debt of the first writ, what the second changes, its verdict, whether the registrar is asked.
SECOND: Final[dict[str, tuple[dict[str, Any], dict[str, Any], str, bool]]] = {
    "the same paper": (SUM, {}, "already_received", False),
    "another debtor": (SUM, {"debtors": [VIKTOR]}, "already_received", True),
    "another joint debtor": (JOINT, {"debtors": [VIKTOR]}, "already_received", True),
    "another claimant": (SUM, {"claimants": [OTHER_CLAIMANT]}, "already_received", True),
    "another sum": (SUM, {"debts": [{**SUM, "amount": "5.00"}]}, "already_received", True),
    "another debtor, told to be a part": (SUM, {"debtors": [VIKTOR], "part": "2"}, "accept", False),
    "a joint debtor's part": (JOINT, {"debtors": [VIKTOR], "part": "2"}, "accept", False),
    "a duplicate": (SUM, {"duplicate": "телнұсқа"}, "accept", False),
}


#: How the same first part of a decision is told.
FIRST_PART: Final = ("1", "1-бөлік", "№1", "I", "1.", "бірінші", "01", "первая часть", "Ч. 1")
IN_ANOTHER: Final = {"code": "in_another_part", "field": "debts[0]", "rule": "WRIT-ONE-02"}


def part(told: Any, ref: str, **changes: Any) -> dict[str, Any]:
    """A writ on a part of one decision."""
    return paper(1, **{"ref": ref, "part": told, "debtors": [SERIK], "debts": [SUM], **changes})


@pytest.mark.rule("WRIT-ONE-01", "WRIT-ONE-02")
def test_a_part_sent_twice_is_one_paper_however_it_is_written(offices: None) -> None:
    [one] = begun(receive(part("1", "first")), on=NEXT)
    came = [receive(part(told, f"again {told}"), on=NEXT).verdict for told in FIRST_PART]
    assert [(each["verdict"], each.get("of")) for each in came] == (
        [("already_received", "first")] * len(FIRST_PART)
    )
    found = checked(*(part(told, f"file {told}") for told in FIRST_PART))
    assert [each["verdict"] for each in found] == ["accept"] + ["already_received"] * 8
    do(one, "terminate", ground="TERMN-01")
    ended = receive(part("1-бөлік", "after the end"), on=NEXT).verdict
    assert (ended["verdict"], ended["ended_by"]) == ("already_received", "TERMN-01")


@pytest.mark.rule("WRIT-ONE-02")
def test_a_part_that_names_no_number_is_one_paper_where_it_claims_the_same(offices: None) -> None:
    receive(part(True, "first"))
    assert receive(part(True, "again")).verdict["verdict"] == "already_received"
    assert receive(part(True, "other", debtors=[VIKTOR])).verdict["verdict"] == "accept"


@pytest.mark.rule("WRIT-ONE-02", "TERMN-EFF-03")
@pytest.mark.parametrize(
    ("sums", "told"), [(["1000.00"], True), (["400.00", "600.00"], True), (["400.00"], False)]
)
def test_another_part_that_claims_the_same_sum_is_shown(
    offices: None, sums: list[str], told: bool
) -> None:
    debts = [{**SUM, "amount": each} for each in sums]
    [one] = begun(receive(part("1", "first")), on=NEXT)
    do(one, "terminate", ground="TERMN-01")
    papers = part("1", "first"), part("2", "second", debts=debts)
    found = [receive(papers[1], on=NEXT).verdict, checked(*papers)[1]]
    assert [(each["verdict"], IN_ANOTHER in each.get("remarks", ())) for each in found] == (
        [("accept", told)] * 2
    )


def writs(name: str, door: str = "") -> tuple[dict[str, Any], dict[str, Any]]:
    """The first writ of a decision, and the second one."""
    debt, change, _verdict, _asked = SECOND[name]
    number = f"7514-26-00-2/{list(SECOND).index(name)}{door}"
    first = paper(f"{name} {door}", debtors=[SERIK], debts=[debt], case_number=number)
    again = {"ref": f"again {name} {door}", "debtors": [SERIK], "debts": [debt], **change}
    return first, paper(**{"case_number": number, **again})


def asked_by(verdict: dict[str, Any]) -> tuple[str, bool]:
    return verdict["verdict"], ASKED in verdict.get("remarks", ())


@pytest.mark.rule("WRIT-ONE-01", "WRIT-ONE-02")
def test_by_every_door_the_registrar_is_asked_what_cannot_be_known(
    offices: None, set_clock: Callable[[date], None], tmp_path: Path
) -> None:
    set_clock(DAY)
    client = Client()
    client.force_login(user("registrar.ala"))
    for name, (_debt, _change, verdict, asked) in SECOND.items():
        first, again = writs(name)
        receive(first)
        posted: dict[str, list[str]] = {}
        for field, value in flat(again):
            posted.setdefault(field, []).append(value)
        page = client.post("/intake/check", posted).content.decode()
        found = [
            (f'data-verdict="{verdict}"' in page and verdict, "WRIT-ONE-02" in page),
            asked_by(Caller().send(again).json()["verdict"]),
            asked_by(checked(first, again)[1]),
            asked_by(by_act(*writs(name, "act"), tmp_path)),
        ]
        assert found == [(verdict, asked)] * 4, name


def by_act(first: dict[str, Any], again: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The verdict by the command that receives."""
    receive(first)
    file, said = folder / "again.json", io.StringIO()
    file.write_text(json.dumps(again), encoding="utf-8")
    told = ("--by", "clerk", "--on", DAY.isoformat(), "--json")
    call_command("act", "-", "receive", f"document={file}", *told, stdout=said)
    return Presentation.objects.get(ref=again["ref"]).verdict


#: What is typed of a paper beside its number, and whether the form asks which one it is.
ASKING: Final[dict[str, tuple[dict[str, str], bool]]] = {
    "a decision of which nothing came": ({"case_number": "7514-26-00-2/99"}, False),
    "a decision of which a paper came": ({}, True),
    "told to be a part": ({"part": "2-борышкер"}, True),
    "told to be a duplicate": ({"duplicate": "№ 7"}, True),
    "of nothing, told to be a part": ({"case_number": "7514-26-00-2/99", "part": "2"}, True),
    "told to be a part, and not to be read": ({"part": "2", "issued_on": "кеше"}, True),
    "not to be read": ({"issued_on": "кеше"}, False),
}


@pytest.mark.parametrize("case", ASKING)
@pytest.mark.rule("WRIT-ONE-02", "LOST-01")
def test_the_form_asks_whether_it_is_a_duplicate_or_a_part_where_it_matters(
    offices: None, set_clock: Callable[[date], None], case: str
) -> None:
    typed, asks = ASKING[case]
    set_clock(DAY)
    receive(paper(1, debtors=[SERIK], debts=[SUM]))
    client = Client()
    client.force_login(user("registrar.ala"))
    told = {**dict(flat(paper(1, debtors=[VIKTOR], debts=[SUM], ref="again"))), **typed}
    checked_on = client.post("/intake/check", told).content.decode()
    whole = client.post("/intake", {**told, "check": "1"}).content.decode()
    assert [("data-came-before" in page) for page in (checked_on, whole)] == [asks] * 2
    for name in ("duplicate", "part"):
        [field] = re.findall(rf'<input id="{name}"[^>]*>', whole)
        assert f'value="{typed.get(name, "")}"' in field


def test_the_answer_on_the_form_lets_it_go_on(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    set_clock(DAY)
    receive(paper(1, debtors=[SERIK], debts=[SUM]))
    client = Client()
    client.force_login(user("registrar.ala"))
    told = dict(flat(paper(1, debtors=[VIKTOR], debts=[SUM], ref="again", part="2-борышкер")))
    assert client.post("/intake", {**told, "register": "1"}).status_code == 302
    arrived = Presentation.objects.get(ref="again")
    assert (arrived.verdict["verdict"], arrived.document.part) == ("accept", "2-борышкер")


@pytest.mark.parametrize(
    ("debt", "left"), [(JOINT, ["400.00", "400.00"]), (SUM, ["400.00", "1000.00"])]
)
@pytest.mark.rule("WRIT-ONE-02")
def test_once_the_part_is_told_each_goes_on(
    offices: None, debt: dict[str, Any], left: list[str]
) -> None:
    [one] = begun(receive(paper(1, debtors=[SERIK], debts=[debt])), on=NEXT)
    arrived = receive(paper(1, ref="again", debtors=[VIKTOR], debts=[debt]), on=NEXT)
    assert asked_by(arrived.verdict) == ("already_received", True)
    told = {"field": "part", "value": "2-борышкер", "reason": "Сот парағында жазылған"}
    act(arrived, "correct_intake", **told, by="registrar.ala")
    assert afresh(arrived).verdict["verdict"] == "accept"
    [other] = begun(afresh(arrived), on=NEXT)
    do(one, "record_recovery", amount="600.00")
    assert [str(money.balance(each)) for each in (one, other)] == left


@pytest.mark.rule("WRIT-ONE-02", "TERMN-EFF-03")
def test_what_one_debtor_paid_does_not_silently_end_the_writ_against_another(
    offices: None,
) -> None:
    [one] = begun(receive(paper(1, debtors=[SERIK], debts=[SUM])), on=NEXT)
    do(one, "record_recovery", amount="1000.00")
    do(now(one), "terminate", ground="TERMN-07")
    other = receive(paper(1, ref="again", debtors=[VIKTOR], debts=[SUM]), on=NEXT)
    assert asked_by(other.verdict) == ("already_received", True)
    part = receive(paper(1, ref="part", debtors=[VIKTOR], debts=[SUM], part="2"), on=NEXT)
    assert part.verdict["verdict"] == "accept"
    assert [str(money.balance(each)) for each in begun(part, on=NEXT)] == ["1000.00"]


@pytest.mark.parametrize(("debtor", "asked"), [(SERIK, False), (VIKTOR, True)])
def test_a_paper_that_claims_nothing_is_known_by_its_debtors(
    offices: None, debtor: dict[str, Any], asked: bool
) -> None:
    secures = {"type": "DOC-TYPE-09", "debts": []}
    receive(paper(1, debtors=[SERIK], **secures))
    again = receive(paper(1, ref="again", debtors=[debtor], **secures))
    assert asked_by(again.verdict) == ("already_received", asked)


# --- A duplicate at another office ---------------------------------------------------------------

LATER: Final = NEXT + timedelta(days=9)


def duplicate(**changes: Any) -> Presentation:
    """The duplicate of the first paper, at the office of Taraz."""
    there = {"office": "TRZ", "debtor": {"city": "Тараз"}, "duplicate": "телнұсқа"}
    return receive(paper(1, **{"ref": "there", **there, **changes}), on=LATER)


#: What was done with the original, the verdict on its duplicate elsewhere, what it tells.
ORIGINAL: Final[dict[str, tuple[str, dict[str, Any], str, dict[str, Any]]]] = {
    "runs": ("", {}, "already_received", {"of": "T-1", "of_office": "ALA"}),
    "stands still": ("suspend", {}, "already_received", {"of": "T-1", "of_office": "ALA"}),
    "ended": (
        "terminate",
        {"ground": "TERMN-01"},
        "already_received",
        {"of": "T-1", "of_office": "ALA", "ended_by": "TERMN-01"},
    ),
    "was returned": ("return_to_claimant", {}, "accept", {}),
}


@pytest.mark.parametrize("case", ORIGINAL)
@pytest.mark.rule("LOST-01", "WRIT-ONE-01")
def test_a_duplicate_elsewhere_is_told_what_became_of_the_original(
    offices: None, case: str
) -> None:
    verb, given, verdict, told = ORIGINAL[case]
    proceeding = initiated()
    if verb:
        do(proceeding, verb, **given)
    there = duplicate()
    keys = ("of", "of_office", "ended_by")
    assert there.verdict["verdict"] == verdict
    assert {key: there.verdict[key] for key in keys if key in there.verdict} == told
    offered = terms(there).get("TERM-OFFER-3D", ("", ""))[1]
    assert offered == ("running" if verdict == "accept" else "")
    if verdict == "already_received":
        page = Desk()
        page.force_login(user("bailiff.trz"))
        shown = page.get(f"/cases/{there.case_id}").content.decode()
        assert "Алматы қаласы бойынша" in shown
        assert ("атқарушылық іс жүргізу басқа бөлімде жүріп жатыр" in shown) is (case != "ended")
        assert "<dd>телнұсқа</dd>" in shown
        assert str(proceeding.case_id) not in shown
        with refused("verdict_differs", status=422):
            act(there, "initiate", on=LATER, by="bailiff.trz")
        act(there, "record_already_received", on=LATER, by="bailiff.trz")
    else:
        assert [p.state for p in begun(there, on=LATER, by="bailiff.trz")] == ["initiated"]


@pytest.mark.rule("LOST-01")
def test_of_an_original_and_a_duplicate_only_the_first_begun_is_executed(offices: None) -> None:
    original = receive(paper(1))
    there = duplicate()
    assert there.verdict["verdict"] == "accept"
    begun(original, on=LATER)
    with refused("runs_elsewhere", status=409) as found:
        act(there, "initiate", on=LATER, by="bailiff.trz")
    told_in_three_languages(found.value)
    assert [(f.value, f.needed) for f in found.value.facts] == [("ALA", "TRZ")]
    assert Proceeding.objects.count() == 1


def test_the_original_is_not_begun_beside_its_duplicate(offices: None) -> None:
    original = receive(paper(1))
    begun(duplicate(), on=LATER, by="bailiff.trz")
    with refused("runs_elsewhere", status=409):
        act(original, "initiate", on=LATER)
