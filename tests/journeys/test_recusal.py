"""A challenge granted gives the case to another bailiff at once; one refused does when the court
upholds the complaint, on the pages in Kazakh."""

from __future__ import annotations

from typing import Any, Final

import pytest
from playwright.sync_api import expect

from enforcement.models import Submission
from tests.course import kinds
from tests.journeys.road import Road
from tests.office import paper, user
from tests.platform.live import LiveOffice

#: Two documents are taken from their arrival to another bailiff by a browser.
pytestmark = pytest.mark.prove
COURT: Final = "Алматы қаласының мысал аудандық соты"
ACT: Final = "7514-26-00-4а/21"
DECLARED: Final = "Істің нәтижесіне мүддем жоқ"
WHY: Final = "Ұсынысты бүгін тапсырмаса, борышкер кетіп қалады"


def closed(road: Road, verb: str) -> str:
    """What the page of a verb says where its form is not offered."""
    assert road.case is not None
    road.page.goto(f"/cases/{road.case.pk}/{verb}")
    expect(road.page.locator("form[method=post]:has([name=on])")).to_have_count(0)
    return road.page.locator("main").inner_text()


def conducts(road: Road) -> str:
    """The page of the case as it says who conducts it."""
    assert road.case is not None
    road.page.goto(f"/cases/{road.case.pk}")
    return road.page.locator("main").inner_text()


def challenge(road: Road) -> None:
    """A party challenges the bailiff who began."""
    told = {"channel": "in_person", "text": "Борышкердің туысы"}
    concerned = str(user("bailiff.ala").pk)
    road.act("record_submission", what="recusal", concerned=concerned, **told)
    expect(road.page.locator("[data-of=recusal]")).to_have_attribute("data-state", "lodged")


def begin(road: Road, number: str, *, came: str, on: str) -> None:
    """A document comes and is begun."""
    road.day(came)
    assert road.hand_in(paper(number))["verdict"] == "accept"
    if road.page.url == "about:blank":
        road.sign_in()
    road.day(on)
    road.act("initiate")


@pytest.mark.rule("RIGHT-08", "RECUSE-SELF-01", "RECUSE-APPEAL-01")
def test_the_case_gets_another_bailiff_by_the_senior_one_or_by_the_court(
    own_office: LiveOffice, browser: Any
) -> None:
    road, senior, head = (
        Road(own_office, browser, login) for login in ("bailiff.ala", "senior.ala", "head.ala")
    )
    to = user("head.ala")
    given = {"successor": str(to.pk), "declared": DECLARED}
    begin(road, "R-1", came="2026-03-10", on="2026-03-11")
    for other in (senior, head):
        other.sign_in()
        other.case = road.case

    # Granted: until then only what cannot wait, with the reason; then another bailiff at once.
    road.day("2026-03-12")
    challenge(road)
    assert "қарсылық" in closed(road, "skip_inventory").lower()
    offer = {"channel": "in_person", "outcome": "delivered", "proof": "№ 1 қолхат"}
    road.act("deliver_offer", **offer, urgency=WHY)
    assert road.case is not None
    line = road.case.stream.entries.get(kind="offer_delivered")
    assert line.evidence.get(key="urgency").text == WHY
    assert WHY in road.page.locator("ol.timeline").inner_text()
    road.day("2026-03-13")
    senior.act("answer_submission", outcome="granted", reason="Туыстығы расталды", **given)
    expect(senior.page.locator("[data-of=recusal]")).to_have_attribute("data-state", "granted")
    assert to.full_name in conducts(senior)
    assert kinds(road.case)[-2:] == ["submission_answered", "bailiff_assigned"]
    assert road.case.stream.entries.get(kind="submission_answered").papers.count() == 1
    closed(road, "skip_inventory")
    head.act("skip_inventory", reason="Мекенжайда мүлік жоқ")

    # Refused: the complaint in time, upheld by the court, gives it to another bailiff too.
    begin(road, "R-2", came="2026-03-16", on="2026-03-17")
    senior.case = head.case = road.case
    road.day("2026-03-18")
    challenge(road)
    road.day("2026-03-19")
    senior.act("answer_submission", outcome="refused", reason="Туыстығы расталмады")
    assert road.case is not None
    refusal = road.case.stream.entries.get(kind="submission_answered")
    term = road.case.stream.deadlines.get(started_by=refusal.seq)
    assert (term.rule, str(term.due_on)) == ("TERM-COMPLAINT-10D", "2026-03-30")
    road.day("2026-03-26")
    told = {"line": str(refusal.seq), "channel": "registered_mail", "text": "Туысы екені рас"}
    road.act("record_submission", what="complaint_line", **told, **{"told.court": COURT})
    complaint = road.page.locator("[data-of=complaint]")
    expect(complaint.locator("[data-in-time]")).to_have_attribute("data-in-time", "yes")
    road.day("2026-04-20")
    days = {"act_on": "2026-04-10", "in_force_on": "2026-04-15", "act_number": ACT}
    reason = "Туыстығы сотта анықталды"
    senior.act("answer_submission", outcome="granted", reason=reason, **days, **given)
    for of in ("complaint", "recusal"):
        shown = senior.page.locator(f"[data-of={of}]")
        expect(shown).to_have_attribute("data-state", "granted")
        expect(shown).to_contain_text(ACT)
    assert to.full_name in conducts(senior)
    assert [kind for kind in kinds(road.case) if kind != "expired"][-4:] == [
        *("submission_answered", "submission_reopened", "submission_answered", "bailiff_assigned")
    ]
    recused = Submission.objects.get(case=road.case, concerned=user("bailiff.ala"))
    assert (recused.state, str(recused.decided_on)) == ("granted", "2026-04-20")
    closed(road, "skip_inventory")
    head.act("skip_inventory", reason="Мекенжайда мүлік жоқ")
