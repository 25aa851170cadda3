"""A bailiff, in Kazakh: a claimant acts through a representative until his power runs out."""

from __future__ import annotations

from typing import Any, Final

import pytest

from documents.models import Paper
from tests.course import initiated, kinds, later, now, sound
from tests.journeys.test_heir import fill
from tests.office import DAY, NEXT
from tests.platform.live import LiveOffice
from tests.screens.browsing import Reader, password, set_clock

AGENT: Final = "Өкілов Сенім Үлгіұлы"
POWERS: Final = {
    "whom": "claimants[0]",
    "name": AGENT,
    "address": "Абай даңғ., 9-үй",
    "evidence.authority_basis": "power_of_attorney",
    "evidence.authority.number": "17",
    "evidence.authority.on": f"{DAY}",
    "evidence.authority.lasts_until": f"{later(4)}",
    "evidence.barred": "none",
}
WAIVER: Final = {
    "evidence.waiver.author": AGENT,
    "evidence.waiver.on": f"{NEXT}",
}


def typed(page: Any, given: dict[str, str]) -> None:
    """Fill a form by the names of its fields and sign it, whatever the answer."""
    for name, text in given.items():
        field = page.locator(f"form.signing [name='{name}']")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(text)
        else:
            field.fill(text)
    with page.expect_navigation():
        page.locator("form.signing button[type=submit]").click()


def refused(page: Any, *words: str) -> None:
    """The step was refused, in these words."""
    assert page.locator("[data-page=case]").count() == 0
    told = page.locator("[data-refusal]").inner_text()
    for each in words:
        assert each in told, told


def waiting(page: Any, paper: Paper) -> str:
    """To whom a paper waits to be sent, as the post shows it."""
    page.goto("/post")
    names: list[str] = page.locator(f"label[for^='to-{paper.pk}-']").evaluate_all(
        "labels => labels.map(label => label.textContent.trim())"
    )
    return "; ".join(names)


@pytest.mark.prove
@pytest.mark.rule("REP-01", "REP-02", "REP-04")
def test_a_claimant_acts_through_a_representative_whose_power_runs_out(
    own_office: LiveOffice, browser: Any
) -> None:
    proceeding = initiated()
    claimant = proceeding.presentation.participants.get(role="claimant").name_kk
    set_clock(own_office, f"{later(1)}T09:30")
    bailiff = Reader(browser, own_office).sign_in("bailiff.ala")
    page, case = bailiff.page, f"/cases/{proceeding.case_id}"

    # He is engaged; what is issued from now on goes to him.
    page.goto(f"{case}/engage?role=representative")
    fill(page, POWERS)
    assert AGENT in page.locator("[data-part=representative]").inner_text()
    page.goto(f"{case}/suspend?ground=SUSP-MAND-04")
    claim = {"court": "Үлгі соты", "number": "2-9", "on": f"{NEXT}"}
    fill(page, {f"evidence.court_claim.{part}": text for part, text in claim.items()})
    paper = Paper.objects.get(kind="suspend")
    assert f"{claimant}, өкілі арқылы: {AGENT}" in waiting(page, paper)

    # He lodges a petition, and the claimant has lodged it.
    page.goto(f"{case}/record_submission?what=petition_other")
    author = page.locator("[name=author] option", has_text=AGENT).get_attribute("value")
    asked = {"channel": "in_person", "text": "Банктерге сұрау салынсын"}
    fill(page, {"author": author, **asked})
    told = page.locator("[data-submission]").inner_text()
    assert (claimant in told, AGENT in told) == (True, True)

    # Nothing in his power of attorney lets him waive the recovery.
    page.goto(f"{case}/terminate?ground=TERMN-01")
    assert AGENT in page.locator("form.signing").inner_text(), "the form names who can sign"
    typed(page, WAIVER | {"password": password(own_office, "bailiff.ala")})
    refused(page, "тікелей көрсетілмеген")
    assert now(proceeding).state == "suspended"

    # Its last day is over: he lodges nothing more, and the papers go to the claimant again.
    set_clock(own_office, f"{later(5)}T09:30")
    page.goto(f"{case}/record_submission?what=petition_other")
    typed(page, {"author": author, **asked})
    refused(page, "Өкілдің өкілеттігі аяқталған")
    assert page.locator("[name=text]").input_value() == asked["text"], "what was typed is kept"
    assert kinds(proceeding.case).count("submitted") == 1
    left = waiting(page, paper)
    assert (claimant in left, AGENT in left) == (True, False)
    page.goto(f"{case}/resume")
    fill(page, {"ground": "SUSP-MAND-04", "proof": "Соттың 2-9 шешімі"})
    resumed = Paper.objects.get(kind="resume")
    assert not any("through" in each for each in resumed.addressees)
    page.goto(case)
    assert page.locator("[data-part=representative][data-tone=over]").count() == 1
    assert now(proceeding).state == "initiated"
    sound([proceeding.case])
    bailiff.close()
