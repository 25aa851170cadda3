"""Which claims an arrival tells is known anew once it is told otherwise which paper it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

import pytest
from django.conf import settings

from documents.fields import MOST_ROWS
from enforcement.models import Debt, Presentation, Proceeding
from enforcement.people import paths
from tests import standing as money
from tests.course import ALIMONY, begun, do, later, sound, told_in_three_languages
from tests.desk import Desk
from tests.enforcement.intake.test_every_door import flat
from tests.examples.papers import people
from tests.office import DAY, NEXT, act, afresh, paper, receive, refused, user

[SERIK] = ({**each, "city": "Алматы"} for each in people(1))
UNNUMBERED: Final = {**SERIK, "iin": "", "iin_missing_reason": "жоқ"}
SUM: Final = {"claimant": 0, "debtors": [0], "amount": "1000.00"}
OWN: Final = {"debtors": [SERIK], "debts": [SUM]}


def corrected(arrival: Presentation, **values: str) -> Presentation:
    told: dict[str, Any] = {"values": values, "reason": "Теру қатесі", "by": "registrar.ala"}
    act(arrival, "correct_intake", **told)
    return afresh(arrival)


def claims(*arrivals: Presentation) -> int:
    """How many different claims these arrivals tell."""
    return Debt.objects.filter(presentation__in=arrivals).values("claim").distinct().count()


def left(arrival: Presentation) -> str:
    [proceeding] = begun(arrival, on=later(2))
    return str(money.balance(proceeding))


def paid(proceeding: Proceeding) -> Proceeding:
    do(proceeding, "record_recovery", amount="600.00")
    return proceeding


@pytest.mark.rule("WRIT-ONE-02")
def test_a_part_told_later_is_a_claim_of_its_own(offices: None) -> None:
    first = receive(paper(1, part="1", **OWN))
    [one] = begun(first, on=NEXT)
    paid(one)
    second = receive(paper(1, ref="again", **OWN), on=NEXT)
    assert claims(first, second) == 1
    second = corrected(second, part="2")
    assert (second.verdict["verdict"], claims(first, second)) == ("accept", 2)
    assert left(second) == "1000.00"
    assert str(money.balance(one)) == "400.00"
    sound()


def test_a_part_that_was_none_is_the_same_claim_again(offices: None) -> None:
    first = receive(paper(1, part="1", **OWN))
    second = receive(paper(1, ref="again", part="2", **OWN), on=NEXT)
    assert claims(first, second) == 2
    assert claims(first, corrected(second, part="1")) == 1


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ({"case_number": "7514-26-00-2/77"}, {"case_number": "7514-26-00-2/1"}),
        ({"decision_on": "2026-01-14"}, {"decision_on": "2026-01-15"}),
        ({"issuer": "ALA-ECO"}, {"issuer": "ALA-BOS"}),
        ({"debts": [{**SUM, "amount": "100.00"}]}, {"debts[0].amount": "1000.00"}),
        ({"debtors": [{**UNNUMBERED, "name": "Қате Үлгі"}]}, {"debtors[0].name": SERIK["name"]}),
    ],
)
@pytest.mark.rule("WRIT-ONE-01")
def test_a_paper_whose_number_issuer_day_or_claim_was_mistyped_is_known_once_it_is_right(
    offices: None, wrong: dict[str, Any], right: dict[str, str]
) -> None:
    first = receive(paper(1, **OWN))
    [one] = begun(first, on=NEXT)
    do(paid(one), "return_to_claimant", on=later(1))
    second = receive(paper(1, **{"ref": "again", **OWN, **wrong}), on=later(2), by="registrar.ala")
    assert claims(first, second) == 2
    act(second, "correct_intake", values=right, reason="№ 1", on=later(2), by="registrar.ala")
    second = afresh(second)
    assert (second.verdict["verdict"], claims(first, second)) == ("accept", 1)
    assert left(second) == "400.00"
    sound()


def test_a_paper_taken_for_another_by_its_number_is_another_once_it_is_right(
    offices: None,
) -> None:
    """Money stays with the paper it came on."""
    first = receive(paper(1, **OWN), by="registrar.ala")
    second = receive(paper(1, ref="again", **OWN), on=NEXT)
    assert claims(first, second) == 1
    first = corrected(first, case_number="7514-26-00-2/99")
    assert claims(first, second) == 2
    assert left(first) == "1000.00"
    sound()


def test_what_an_earlier_arrival_was_mistyped_in_is_known_from_the_later_one_too(
    offices: None,
) -> None:
    first = receive(paper(1, **{**OWN, "case_number": "7514-26-00-2/77"}), by="registrar.ala")
    second = receive(paper(1, ref="again", **OWN), on=NEXT)
    assert claims(first, second) == 2
    assert claims(corrected(first, case_number="7514-26-00-2/1"), second) == 1


def test_a_duplicate_told_later_is_the_claim_of_its_original(offices: None) -> None:
    first = receive(paper(1, **OWN))
    [one] = begun(first, on=NEXT)
    second = receive(paper(1, ref="again", part="2", **OWN), on=NEXT)
    assert claims(first, second) == 1, "of a paper on the whole it can be any part"
    second = corrected(second, duplicate="Телнұсқа", part="")
    assert claims(first, second) == 1
    assert begun(second, on=later(1)) == [], "the original is being executed"
    assert str(money.balance(one)) == "1000.00"


def test_a_claim_on_which_money_came_becomes_no_other_one(offices: None) -> None:
    """Money would count for another paper unseen: it is annulled first."""
    first = receive(paper(1, **OWN))
    do(begun(first, on=NEXT)[0], "return_to_claimant")
    wrong = {"case_number": "7514-26-00-2/77", "ref": "again"}
    second = receive(paper(1, **OWN, **wrong), on=NEXT, by="registrar.ala")
    [other] = begun(second, on=NEXT)
    paid(other)
    right = {"values": {"case_number": "7514-26-00-2/1"}, "reason": "№ 1", "by": "registrar.ala"}
    with refused("claim_in_use", status=409) as caught:
        act(second, "correct_intake", **right)
    told_in_three_languages(caught.value)
    assert claims(first, second) == 2


def test_the_largest_document_fits_into_one_form() -> None:
    person = {**UNNUMBERED, "kind": "natural"}
    rows = {"claimants": person, "debtors": person, "debts": {**ALIMONY}, "interruptions": {}}
    largest = {name: [row] * MOST_ROWS for name, row in rows.items()}
    most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    assert len(paths.values(largest)) < most < 2 * len(paths.values(largest))


@pytest.mark.parametrize("rows", [99, 150])
def test_the_intake_form_takes_every_row(
    offices: None, set_clock: Callable[[date], None], rows: int
) -> None:
    """None falls out silently."""
    set_clock(DAY)
    crowd = [{**UNNUMBERED, "name": f"Үлгібаев {n}"} for n in range(rows)]
    joint = {"claimant": 0, "debtors": list(range(rows)), "amount": "1000.00", "joint": True}
    posted: dict[str, list[str]] = {}
    for field, value in flat(paper(1, debtors=crowd, debts=[joint])):
        posted.setdefault(field, []).append(value)
    desk = Desk()
    desk.force_login(user("registrar.ala"))
    answer = desk.post("/intake", {**posted, "register": "1"})
    assert answer.status_code == 302, answer.content.decode()
    [arrival] = Presentation.objects.all()
    assert arrival.participants.filter(role="debtor").count() == rows
    assert arrival.debts.get().debtors.count() == rows
    assert desk.post("/intake/row?what=debtors&index=150", posted).status_code == 200


@pytest.mark.prove
def test_a_document_with_150_parties_is_corrected_on_its_form(offices: None) -> None:
    crowd = [{**UNNUMBERED, "name": f"Үлгібаев {n}"} for n in range(150)]
    joint = {"claimant": 0, "debtors": list(range(150)), "amount": "1000.00", "joint": True}
    arrival = receive(paper(1, debtors=crowd, debts=[joint]))
    desk = Desk()
    desk.force_login(user("registrar.ala"))
    address = f"/cases/{arrival.case_id}/correct_intake"
    page = desk.get(address)
    form = page.context["form"]
    shown = {name: form[name].initial for name in form.fields if name.startswith("values.")}
    assert len(shown) > 1000
    name = "values.debtors[149].name"
    typed = {**shown, name: "Түзетілген Үлгі"}
    told = {"on": str(NEXT), "reason": "Теру қатесі", "head": page.context["head"]}
    assert desk.post(address, {**told, **typed}).status_code == 302
    assert arrival.participants.get(role="debtor", position=149).name_kk == "Түзетілген Үлгі"
    [line] = arrival.case.stream.entries.filter(kind="intake_corrected")
    assert line.facts["field"] == "debtors[149].name"
