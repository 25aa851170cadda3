"""What was not met: nobody is blamed too early, one offence has one protocol."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from enforcement.models import Letter
from tests.course import do, initiated, later, now, sound, told_in_three_languages
from tests.enforcement.letters.posted import (
    OFFENCES,
    at_desk,
    five_banks,
    holds,
    said,
    sent,
    shown,
)
from tests.office import refused


@pytest.mark.rule("BAIL-OBSTR-01")
def test_silence_is_one_only_once_the_last_day_is_over(offices: None) -> None:
    letter = five_banks(initiated())[1]
    last = date(2026, 3, 16)
    with refused("reply_not_due", status=422) as caught:
        do(letter, "record_breach", on=last, outcome="silent", proof="Жауап жоқ")
    told_in_three_languages(caught.value)
    do(letter, "record_breach", on=later(1, since=last), outcome="silent", proof="Жауап жоқ")
    assert (now(letter).state, now(letter).outcome) == ("unmet", "silent")
    do(letter, "record_reply", on=later(2, since=last), outcome="given", answer="Кешігіп келді")
    assert now(letter).state == "answered"


@pytest.mark.rule("BAIL-OBSTR-01", "BAIL-PWR-06")
@pytest.mark.parametrize(
    ("kind", "outcome"), [("summons", "no_show"), ("demand", "silent"), ("instruction", "silent")]
)
def test_nobody_is_blamed_before_it_reached_him_and_its_day_is_over(
    offices: None, kind: str, outcome: str
) -> None:
    whom = {"to": [], "person": "Мысалов Үлгі, бухгалтер"}
    [letter] = sent(initiated(), kind, **whom)
    told = {"outcome": outcome, "proof": "Жазба"}
    with refused("not_received", status=409) as caught:
        do(letter, "record_breach", on=later(9), **told)
    told_in_three_languages(caught.value)
    assert "record_receipt" in caught.value.possible
    do(letter, "record_receipt", on=later(1), channel="courier", proof="№ 1")
    for early in (later(1), later(3)):
        with refused("reply_not_due", status=422):
            do(now(letter), "record_breach", on=early, **told)
    do(now(letter), "record_breach", on=later(4), **told)
    assert now(letter).state == "unmet"


@pytest.mark.rule("BAIL-OBSTR-01", "BAIL-PWR-02", "DUTY-02")
def test_what_was_not_met_offers_its_protocol_whose_outcome_is_recorded(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    [summons] = sent(initiated(), "summons", to=[], person="Мысалов Үлгі, бухгалтер")
    on = later(4)
    do(summons, "record_receipt", on=later(1), channel="courier", proof="№ 1")
    do(now(summons), "record_breach", on=on, outcome="no_show", proof="Келмегені туралы жазба")
    set_clock(on)
    address = shown(summons, "draw_protocol")
    path, held = address.partition("?")[0], holds(summons, address)
    assert (held["kind"], held["details.offender"]) == ("no_show", summons.addressee)
    posted = held | {"on": f"{on}", "to": "ALA-BOS", "details.offence_facts": "Келмеді"}
    assert at_desk().post(path, posted).status_code == 302
    [protocol] = Letter.objects.filter(after=summons)
    paper = protocol.case.stream.entries.get(subject=protocol.pk).papers.get()
    assert paper.facts["unmet_letter"] == f"№ {summons.paper}"
    assert shown(summons, "draw_protocol") == ""
    again = {"kind": "no_show", "to": ["ALA-BOS"], "details": said("no_show"), "on": on}
    with refused("offence_followed", status=409) as caught:
        do(summons.proceeding, "draw_protocol", after=now(summons), **again)
    told_in_three_languages(caught.value)
    act = {"number": "5-11", "decided_on": on}
    do(protocol, "record_reply", on=on, outcome="fined", answer="Айыппұл 5 АЕК", **act)
    assert (now(protocol).state, now(protocol).outcome) == ("answered", "fined")
    sound()


@pytest.mark.parametrize("kind", OFFENCES)
@pytest.mark.rule("BAIL-PWR-02")
def test_a_protocol_of_each_offence_is_drawn_from_a_written_record_too(
    offices: None, kind: str
) -> None:
    [protocol] = sent(initiated(), kind)
    assert (protocol.kind, protocol.after, protocol.state) == (kind, None, "awaited")


@pytest.mark.rule("BAIL-OBSTR-01")
def test_a_protocol_taken_back_makes_room_for_the_right_one(offices: None) -> None:
    [letter] = sent(initiated(), "demand")
    do(letter, "record_breach", outcome="disobeyed", proof="Орындалмады")
    told = {"kind": "disobedience", "to": ["ALA-BOS"], "details": said("disobedience")}
    wrong = do(letter.proceeding, "draw_protocol", after=now(letter), **told)
    do(wrong, "withdraw_letter")
    do(letter.proceeding, "draw_protocol", after=now(letter), **told)
    assert Letter.objects.filter(after=letter).count() == 2


def test_a_protocol_follows_only_what_was_not_met_in_that_way(offices: None) -> None:
    [letter] = sent(initiated(), "demand")
    told = {"kind": "no_show", "to": ["ALA-BOS"], "details": said("no_show")}
    for _ in ("awaited", "unmet"):
        with refused("offence_unfit", status=422) as caught:
            do(letter.proceeding, "draw_protocol", after=now(letter), **told)
        told_in_three_languages(caught.value)
        if now(letter).state == "awaited":
            do(letter, "record_breach", outcome="disobeyed", proof="Орындалмады")
