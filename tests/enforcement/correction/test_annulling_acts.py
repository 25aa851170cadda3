"""What a court or a prosecutor annuls is told by their act; what lives on elsewhere stays ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from enforcement.models import Evidence
from tests.course import do, initiated, later, now, told_in_three_languages
from tests.desk import Desk
from tests.enforcement.correction.test_corrections import annul
from tests.office import paper, receive, refused, user
from tests.standing import lines

# --- The act of the court or the prosecutor -------------------------------------------------------


@pytest.mark.parametrize("authority", ["court", "prosecutor"])
def test_the_act_that_annuls_is_kept_and_shown_by_its_number_and_day(
    offices: None, authority: str
) -> None:
    proceeding = initiated()
    do(proceeding, "terminate", on=later(1))
    act = {"act_number": "2-941/2026", "act_on": later(2)}
    entry = annul(proceeding, on=later(3), authority=authority, **act)
    kept = {each.key: each.parts or each.text for each in Evidence.objects.filter(entry=entry)}
    named = {"number": "2-941/2026", "on": "2026-03-13"}
    assert kept == {"reason": "№ 7", "deciding_act": named}
    assert not any(text in entry.body for text in ("№ 7", *named.values()))
    desk = Desk()
    desk.force_login(user("bailiff.ala"))
    page = desk.get(f"/cases/{proceeding.case_id}").content.decode()
    told = "Соттың немесе прокурордың актісі:</span> Нөмірі: 2-941/2026; Күні: 13.03.2026"
    assert told in page


@pytest.mark.parametrize("authority", ["court", "prosecutor"])
@pytest.mark.parametrize(
    ("given", "code", "fields"),
    [
        ({"act_number": ""}, "evidence_missing", ["act_number"]),
        ({"act_number": "  "}, "evidence_missing", ["act_number"]),
        ({"act_on": None}, "evidence_missing", ["act_on"]),
        ({"act_number": "", "act_on": None}, "evidence_missing", ["act_number", "act_on"]),
        ({"act_on": later(1)}, "wrong_period", ["act_on"]),
        ({"act_on": later(5)}, "wrong_period", ["act_on"]),
        ({"act_in_force_on": later(5)}, "invalid", ["act_in_force_on"]),
        ({"act_in_force_on": later(1)}, "invalid", ["act_in_force_on"]),
    ],
)
def test_an_act_is_named_and_lies_between_the_wrong_line_and_its_annulment(
    offices: None, authority: str, given: dict[str, Any], code: str, fields: list[str]
) -> None:
    proceeding = initiated()
    do(proceeding, "suspend", on=later(2))
    with refused(code, status=422) as caught:
        annul(proceeding, on=later(4), authority=authority, **given)
    assert [error.field for error in caught.value.errors] == fields
    told_in_three_languages(caught.value)


@pytest.mark.parametrize("day", [2, 4])
def test_an_act_of_the_first_or_the_last_of_these_days_is_in_time(offices: None, day: int) -> None:
    proceeding = initiated()
    do(proceeding, "suspend", on=later(2))
    assert annul(proceeding, on=later(4), act_on=later(day)).corrects


@pytest.mark.parametrize(("authority", "by"), [("own", "bailiff.ala"), ("senior", "senior.ala")])
def test_an_own_slip_and_the_senior_bailiff_need_no_act(
    offices: None, authority: str, by: str
) -> None:
    proceeding = initiated()
    do(proceeding, "suspend")
    entry = annul(proceeding, authority=authority, by=by)
    assert list(entry.evidence.values_list("key", flat=True)) == ["reason"]


def test_the_form_asks_for_the_act_and_says_which_field_is_empty(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    proceeding = initiated()
    set_clock(later(2))
    line = do(proceeding, "suspend").seq
    desk, address = Desk(), f"/cases/{proceeding.case_id}/correct"
    desk.force_login(user("bailiff.ala"))
    form = {"on": later(2).isoformat(), "line": line, "authority": "court", "reason": "Қате"}
    bare = desk.post(address, form)
    assert bare.status_code == 422
    assert 'href="#id_act_number"' in bare.content.decode()
    assert 'href="#id_act_on"' in bare.content.decode()
    named = {"act_number": "2-9", "act_on": later(1).isoformat()}
    assert desk.post(address, {**form, **named}).status_code == 302


# --- A document that lives on elsewhere -----------------------------------------------------------


def test_what_was_returned_and_presented_in_another_office_is_not_returned_back(
    offices: None,
) -> None:
    proceeding = initiated()
    returned = do(proceeding, "return_to_claimant", on=later(1))
    there = {"office": "TRZ", "ref": "T-there", "debtor": {"city": "Тараз"}}
    arrival = receive(paper(1, **there), on=later(5))
    assert (arrival.office.code, arrival.verdict["verdict"]) == ("TRZ", "accept")
    assert lines(now(proceeding)) == []
    with refused("not_correctable", status=409):
        annul(proceeding, returned.seq, on=later(6))
    page = Desk()
    page.force_login(user("bailiff.ala"))
    assert "/correct?" not in page.get(f"/cases/{proceeding.case_id}").content.decode()


def test_a_copy_set_aside_elsewhere_does_not_keep_the_return(offices: None) -> None:
    """What another office only recorded as received already does not live on there."""
    proceeding = initiated()
    first = receive(paper(1, ref="T-copy"), on=later(1))
    assert first.verdict["verdict"] == "already_received"
    returned = do(proceeding, "return_to_claimant", on=later(2))
    assert lines(now(proceeding)) == [returned.seq]
