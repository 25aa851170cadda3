"""A paper is ours where any place of execution lies here: home, work, property, body, act."""

from __future__ import annotations

from typing import Any, Final

import pytest

from tests.course import begun
from tests.desk import Desk
from tests.examples.papers import judged, paper, shape
from tests.office import NEXT, act, afresh, receive, user
from tests.office import paper as document

TARAZ, ALMATY, UNKNOWN = "Тараз", "Алматы", "Шымкент"
PLACES: Final[list[tuple[dict[str, str], str | None]]] = [
    ({"city": TARAZ}, "TRZ"),
    ({"city": TARAZ, "workplace_city": ALMATY}, None),
    ({"city": TARAZ, "property_city": ALMATY}, None),
    ({"city": TARAZ, "property_city": "Шымкент, Алматы"}, None),
    ({"city": TARAZ, "property_city": "г. Алматы"}, None),
    ({"city": TARAZ, "workplace_city": "АЛМАТЫ ҚАЛАСЫ"}, None),
    ({"city": TARAZ, "workplace_city": UNKNOWN}, "TRZ"),
    ({"city": TARAZ, "workplace_city": TARAZ, "property_city": TARAZ}, "TRZ"),
    ({"city": UNKNOWN, "workplace_city": TARAZ}, "TRZ"),
    ({"city": UNKNOWN, "property_city": TARAZ}, "TRZ"),
    ({"city": UNKNOWN, "workplace_city": ALMATY}, None),
    ({"city": "", "workplace_city": TARAZ}, "TRZ"),
    ({"city": ALMATY, "workplace_city": TARAZ}, None),
    ({"city": UNKNOWN}, None),
]


@pytest.mark.parametrize(("places", "office"), PLACES)
@pytest.mark.rule("PLACE-01", "ISSUE-SEND-01")
def test_a_natural_debtor_is_ours_by_home_work_or_property(
    places: dict[str, str], office: str | None
) -> None:
    found = judged(shape(debtors=[{**paper()["debtors"][0], **places}]))
    assert (found.office, found.verdict) == (office, "wrong_territory" if office else "accept")


LEGAL: Final = {
    "kind": "legal",
    "name_kk": "«Үлгі Құрылыс» ЖШС",
    "bin": "940640001014",
    "address_kk": "Абай даңғ., 1",
}


@pytest.mark.parametrize(
    ("places", "office"),
    [
        ({"city": TARAZ}, "TRZ"),
        ({"city": TARAZ, "property_city": ALMATY}, None),
        ({"city": ALMATY, "property_city": TARAZ}, None),
        ({"city": UNKNOWN, "property_city": TARAZ}, "TRZ"),
        ({"city": TARAZ, "workplace_city": ALMATY}, "TRZ"),
        ({"city": UNKNOWN, "workplace_city": TARAZ}, None),
    ],
)
@pytest.mark.rule("PLACE-02")
def test_a_legal_debtor_is_ours_by_its_body_or_property(
    places: dict[str, str], office: str | None
) -> None:
    claimant = {**paper()["debtors"][0]}
    found = judged(shape(claimants=[claimant], debtors=[{**LEGAL, **places}]))
    assert (found.office, found.verdict) == (office, "wrong_territory" if office else "accept")


@pytest.mark.parametrize(
    ("city", "where", "office"),
    [
        (TARAZ, ALMATY, None),
        (TARAZ, TARAZ, "TRZ"),
        (UNKNOWN, TARAZ, "TRZ"),
        (ALMATY, TARAZ, "TRZ"),
        (ALMATY, UNKNOWN, None),
        (TARAZ, UNKNOWN, "TRZ"),
    ],
)
@pytest.mark.rule("PLACE-03")
def test_an_act_is_done_where_it_is_to_be_done(city: str, where: str, office: str | None) -> None:
    debts: list[dict[str, Any]] = [
        {"claimant": 0, "debtors": [0], "act": "eviction", "act_city": where}
    ]
    assert judged(shape(debtors_0_city=city, debts=debts)).office == office


@pytest.mark.rule("PLACE-03")
def test_with_money_beside_the_act_every_place_counts() -> None:
    debts: list[dict[str, Any]] = [
        {"claimant": 0, "debtors": [0], "act": "eviction", "act_city": TARAZ},
        {"claimant": 0, "debtors": [0], "amount": "100.00"},
    ]
    assert judged(shape(debtors_0_city=ALMATY, debts=debts)).office is None


@pytest.mark.rule("PLACE-01", "PLACE-03")
def test_money_is_not_recovered_where_an_act_would_be_done() -> None:
    debts = [{"claimant": 0, "debtors": [0], "amount": "100.00", "act_city": ALMATY}]
    assert judged(shape(debtors_0_city=TARAZ, debts=debts)).office == "TRZ"


UNJUDGED: Final = {"code": "place_unknown", "field": "debtors[0].city", "rule": "PLACE-01"}


@pytest.mark.parametrize(("city", "told"), [(UNKNOWN, True), ("", True), (ALMATY, False)])
@pytest.mark.rule("PLACE-01")
def test_where_no_place_is_known_it_is_accepted_and_said(city: str, told: bool) -> None:
    found = judged(shape(debtors_0_city=city))
    assert (found.verdict, UNJUDGED in found.remarks) == ("accept", told)


@pytest.mark.rule("PLACE-01", "ISSUE-SEND-01")
def test_an_unknown_city_at_correction_does_not_free_the_document(offices: None) -> None:
    arrived = receive(document(debtor={"city": TARAZ}))
    assert arrived.verdict["office"] == "TRZ"
    field, reason = "debtors[0].city", "Теру қатесі"
    for value in ("Қала белгісіз", UNKNOWN):
        act(arrived, "correct_intake", field=field, value=value, reason=reason)
        verdict = afresh(arrived).verdict
        assert (verdict["verdict"], verdict["office"]) == ("wrong_territory", "TRZ")
        assert UNJUDGED in verdict["remarks"]
    act(arrived, "correct_intake", field=field, value=ALMATY, reason=reason)
    assert afresh(arrived).verdict["verdict"] == "accept"
    told = arrived.case.stream.entries.filter(kind="intake_corrected").order_by("seq")
    assert [line.facts.get("verdict_was") for line in told] == [None, None, "wrong_territory"]
    page = Desk()
    page.force_login(user("senior.ala"))
    shown = page.get(f"/cases/{arrived.case_id}").content.decode()
    assert "бұрынғы қорытынды: " in shown


@pytest.mark.rule("PLACE-01", "PLACE-02")
def test_the_places_are_kept_and_go_with_the_document(offices: None) -> None:
    places = {"city": TARAZ, "workplace_city": ALMATY, "property_city": "Алматы, Шымкент"}
    arrived = receive(document(debtor=places))
    debtor = arrived.participants.get(role="debtor")
    kept = (debtor.workplace_city, debtor.property_city)
    assert kept == (ALMATY, "Алматы, Шымкент")
    [proceeding] = begun(arrived, on=NEXT)
    assert proceeding.state == "initiated"
