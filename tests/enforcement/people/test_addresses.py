"""Where a party is found is told with its day, by his notice or otherwise; from then on papers go
there, and a new address elsewhere offers the transfer."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from documents.models import Paper
from enforcement.people.addresses import record_address
from tests.course import do, initiated, now
from tests.desk import Desk
from tests.enforcement.people.test_put_right import LATER, debtor
from tests.office import DAY, NEXT, arrive, refused, user


@pytest.mark.rule("DUTY-ADDR-01")
def test_an_address_holds_from_its_day_and_the_newest_is_used(offices: None) -> None:
    arrival = arrive()
    first = debtor(arrival).address_kk
    told = {"person": "debtors[0]", "kind": "actual", "city": "Алматы", "by": user("bailiff.ala")}
    record_address(
        arrival, on=LATER, since=NEXT, address_kk="Сейфуллин, 1", phone="87010000000", **told
    )
    assert debtor(arrival).address_kk == debtor(arrival).address_ru == "Сейфуллин, 1"
    assert debtor(arrival).phone == "87010000000"
    # What comes to be known later of an earlier time is put in its place.
    record_address(
        arrival, on=LATER, since=DAY - timedelta(days=9), address_kk="Төле би, 2", **told
    )
    assert debtor(arrival).address_kk == "Сейфуллин, 1"
    rows = debtor(arrival).party.addresses.order_by("since")
    assert list(rows.values_list("address_kk", "since", "until")) == [
        ("Төле би, 2", DAY - timedelta(days=9), DAY),
        (first, DAY, NEXT),
        ("Сейфуллин, 1", NEXT, None),
    ]
    desk = Desk()
    desk.force_login(user("bailiff.ala"))
    page = desk.get(f"/cases/{arrival.case_id}").content.decode()
    assert all(text in page for text in ("Сейфуллин, 1", "Төле би, 2", first))


@pytest.mark.rule("DUTY-ADDR-01")
def test_a_party_tells_a_new_phone_or_place_of_work_alone(offices: None) -> None:
    arrival, by = arrive(), user("registrar.ala")
    told = {"person": "debtors[0]", "kind": "actual", "since": NEXT, "on": LATER, "by": by}
    first = debtor(arrival).address_kk
    notice = "Борышкердің 12.03.2026 жазбаша хабарламасы"
    entry = record_address(
        arrival, phone="87010000000", workplace="«Үлгі Құрылыс» ЖШС", notice=notice, **told
    )
    found = debtor(arrival)
    assert (found.phone, found.workplace) == ("87010000000", "«Үлгі Құрылыс» ЖШС")
    assert (found.address_kk, entry.facts["by_notice"]) == (first, True)
    desk = Desk()
    desk.force_login(user("bailiff.ala"))
    page = desk.get(f"/cases/{arrival.case_id}").content.decode()
    assert all(text in page for text in (notice, "«Үлгі Құрылыс» ЖШС"))
    for half, lacking in (({}, ["city", "address_kk"]), ({"city": "Алматы"}, ["address_kk"])):
        with refused("evidence_missing", status=422) as caught:
            record_address(arrival, **half, **told)
        assert [each.field for each in caught.value.errors] == lacking


@pytest.mark.rule("DUTY-ADDR-01", "TERM-TRANSFER-3D")
def test_a_new_address_in_another_territory_offers_the_transfer(
    offices: None, set_clock: Any
) -> None:
    proceeding = initiated()
    arrival, by = proceeding.presentation, user("bailiff.ala")
    told = {"person": "debtors[0]", "kind": "residence", "since": NEXT, "on": NEXT, "by": by}
    set_clock(NEXT)
    desk = Desk()
    desk.force_login(by)
    address = f"/cases/{proceeding.case_id}"
    record_address(arrival, city="Алматы", address_kk="Төле би, 2", **told)
    assert "data-moved" not in desk.get(address).content.decode()
    record_address(arrival, city="Тараз", address_kk="Қабанбай батыр, 7", **told)
    page = unescape(desk.get(address).content.decode())
    link = re.search(r'data-moved.*?href="([^"]+)"', page, re.DOTALL)
    assert link
    assert "Қабанбай" not in link[1], "no address of a person stands in one of ours"
    form = desk.get(link[1]).content.decode()
    assert "Тараз, Қабанбай батыр, 7" in form
    assert re.search(r'<option value="TRZ"[^>]* selected', form)
    do(now(proceeding), "suspend")
    paper = Paper.objects.get(kind="suspend")
    assert "Қабанбай батыр, 7" in str(paper.facts["debtors"]), "papers go there from now on"


def test_an_address_does_not_hold_from_a_day_to_come(offices: None) -> None:
    arrival = arrive()
    with refused("wrong_period", status=422):
        record_address(
            arrival,
            person="debtors[0]",
            kind="actual",
            city="Алматы",
            address_kk="Төле би, 2",
            since=LATER,
            on=NEXT,
            by=user("bailiff.ala"),
        )
