"""A paper gets one verdict by every door: the command, the API, the form, `act - receive`."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from django.core.management import call_command
from django.http import QueryDict
from django.test import Client

from enforcement.intake.form import document
from enforcement.models import Case, Presentation
from tests.api.asking import Caller, problem
from tests.course import do, initiated
from tests.examples.papers import people
from tests.office import DAY, paper, receive, user

NUMBER: Final = "7514-26-00-2/77"
ALIMONY: Final = {"kind": "alimony", "share": "1/4", "since": "2010-01-15", "until": "2019-01-01"}
SHARED: Final = {"claimant": 0, "debtors": [0, 1], "joint": False, "amount": "900000.00"}
MONTHLY: Final = {"kind": "alimony", "since": "2026-01-15"}


def shared(*shares: str, **changes: Any) -> dict[str, Any]:
    """A debt of two, each a share of his own."""
    return {"debtors": people(2), "debts": [{**SHARED, "shares": list(shares), **changes}]}


def monthly(amount: str) -> dict[str, Any]:
    """Payments that come again, of a fixed sum."""
    periodic = {**MONTHLY, "amount": amount}
    return {"debts": [{"claimant": 0, "debtors": [0], "periodic": periodic}]}


#: What is changed, the verdict, and what is missing or invalid by it.
ROWS: Final[list[tuple[dict[str, Any], str, str]]] = [
    ({"case_number": f"дело № {NUMBER}."}, "already_received", ""),
    ({"debtor": {"city": "Жамбыл обл., Тараз қ."}}, "wrong_territory", ""),
    ({"debtor": {"name": "...", "iin": "850314\u00a0300122\u200b"}}, "defective", "WRIT-CONT-06"),
    ({"issued_on": "2026-12-31"}, "defective", "WRIT-CONT-05"),
    ({"in_force_on": "2025-12-01"}, "defective", "WRIT-CONT-04"),
    ({"debts": [{"claimant": 0, "debtors": [0], "periodic": ALIMONY}]}, "late", ""),
    ({"application": {"on": "2026-09-09", "channel": "claimant"}}, "invalid", "application.on"),
    ({"claimant": {"bin": "151340000002"}}, "invalid", "claimants[0].bin"),
    ({"claimant": {"iban": "KZ01125KZT0000000058"}}, "invalid", "claimants[0].iban"),
    ({"debtor": {"birth_date": "1985-03-15"}}, "invalid", "debtors[0].birth_date"),
    ({"debtors": people(1) * 2}, "invalid", "debtors[1].iin"),
    (
        {"debts": [{"claimant": 0, "debtors": [0], "periodic": {**ALIMONY, "share": "5/4"}}]},
        "invalid",
        "debts[0].periodic.share",
    ),
    (shared("2/3", "1/3"), "accept", ""),
    (shared("600000.00", "300000.00"), "accept", ""),
    (shared("2/3", "2/3"), "invalid", "debts[0].shares"),
    (shared("1/3"), "invalid", "debts[0].shares"),
    (shared("half", "half"), "invalid", "debts[0].shares"),
    (shared("2/3", "1/3", joint=True), "invalid", "debts[0].shares"),
    (monthly("50000.00"), "accept", ""),
    (monthly("50,000"), "invalid", "debts[0].periodic.amount"),
]
#: Shares as a registrar types them, and as the API takes them.
TYPED: Final = {
    "2/3; 1/3": ["2/3", "1/3"],
    "2/3, 1/3": ["2/3", "1/3"],
    "2 / 3 1/3": ["2/3", "1/3"],
    "600 000; 300 000,50": ["600000", "300000.50"],
    "600000;300000;": ["600000", "300000"],
    "600,000; 300,000": ["600,000", "300,000"],
    "half; half": ["half", "half"],
}


def flat(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """A document as the fields of the form."""
    if isinstance(value, dict):
        for name, inner in value.items():
            told = "; ".join(inner) if name == "shares" else inner
            yield from flat(told, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            yield from flat(
                inner, path if path.endswith("debtors") and path != "debtors" else f"{path}[{n}]"
            )
    elif value is not None and value is not False:
        yield path, "on" if value is True else str(value)


@pytest.mark.parametrize("typed", TYPED)
def test_shares_are_typed_in_one_field(typed: str) -> None:
    told = QueryDict(mutable=True)
    told.update({"debts[0].shares": typed, "debts[0].periodic.amount": "50 000,5"})
    [debt] = document(told)["debts"]
    assert debt == {"shares": TYPED[typed], "periodic": {"amount": "50000.5"}}


def by_api(data: dict[str, Any]) -> tuple[str, str]:
    """The verdict by the API, and the first field that is invalid or content that is missing."""
    answer = Caller().send(data)
    if answer.status_code == 422:
        return "invalid", problem(answer)["errors"][0]["field"]
    verdict = answer.json()["verdict"]
    return verdict["verdict"], "".join(verdict.get("missing", []))


def by_act(data: dict[str, Any], folder: Path) -> tuple[str, str]:
    """The verdict by the command that receives."""
    file = folder / "paper.json"
    file.write_text(json.dumps(data), encoding="utf-8-sig")
    said = io.StringIO()
    told = ("--by", "clerk", "--on", DAY.isoformat(), "--json")
    try:
        call_command("act", "-", "receive", f"document={file}", *told, stdout=said)
    except SystemExit:
        return "invalid", json.loads(said.getvalue())["errors"][0]["field"]
    verdict = Presentation.objects.get(
        case=json.loads(said.getvalue())["case"], ref=data["ref"]
    ).verdict
    return verdict["verdict"], "".join(verdict.get("missing", []))


def by_form(client: Client, data: dict[str, Any]) -> tuple[str, str]:
    """The verdict the form shows while it is filled in."""
    posted: dict[str, list[str]] = {}
    for name, value in flat(data):
        posted.setdefault(name, []).append(value)
    page = client.post("/intake/check", posted).content.decode()
    [verdict] = re.findall(r'data-verdict="(\w+)"', page)
    missing = re.findall(r'data-rule="(WRIT-CONT-\d+)"', page)
    return verdict, "".join(
        dict.fromkeys([*re.findall(r'data-error-for="([^"]+)"', page), *missing])
    )


@pytest.mark.rule("WRIT-ONE-01", "WRIT-CONT-06", "PERIOD-02")
def test_every_door_gives_one_verdict(
    offices: None, set_clock: Callable[[date], None], tmp_path: Path
) -> None:
    set_clock(DAY)
    receive(paper("77"))
    client = Client()
    client.force_login(user("registrar.ala"))
    for n, (change, verdict, named) in enumerate(ROWS):
        own = {"case_number": f"7514-26-00-2/{n}0"}
        data = [paper(f"{n} {door}", **(own | change)) for door in ("form", "api", "act")]
        if "case_number" not in change:
            for each, door in zip(data, "abc", strict=True):
                each["case_number"] = f"7514-26-00-2/{n}{door}"
        found = [by_form(client, data[0]), by_api(data[1]), by_act(data[2], tmp_path)]
        assert found == [(verdict, named)] * 3, change


@pytest.mark.rule("INTERR-04", "WRIT-ONE-01")
def test_a_returned_paper_comes_again_under_another_spelling(offices: None) -> None:
    proceeding = initiated("77")
    do(proceeding, "return_to_claimant", on=date(2026, 3, 20))
    again = receive(paper("77", ref="again", case_number=f"№ {NUMBER}"), on=date(2026, 4, 1))
    assert again.case_id == proceeding.case_id
    assert Case.objects.count() == 1
    assert (again.verdict["verdict"], again.verdict["presentation_start"]) == (
        "accept",
        "2026-03-20",
    )


def test_two_names_under_one_iin_are_warned_and_one_party(offices: None) -> None:
    first, other = (
        receive(paper("1")),
        receive(paper("2", debtor={"name": "Омаров Серік Болатұлы"})),
    )
    told = {"code": "other_name", "field": "debtors[0].name", "rule": "WRIT-CONT-06"}
    assert "remarks" not in first.verdict
    assert other.verdict["remarks"] == [told]
    page = Client()
    page.force_login(user("bailiff.ala"))
    assert "бұрын басқа атпен" in page.get(f"/cases/{other.case_id}").content.decode()
    both = [each.participants.get(role="debtor").party_id for each in (first, other)]
    assert len(set(both)) == 1
