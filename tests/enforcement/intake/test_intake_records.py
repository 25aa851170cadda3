"""What intake records beside the verdict: the day, the channel, the parties, the resolution."""

import pytest

from enforcement.models import Presentation
from tests import arriving as intake
from tests.documents.reading import PaperFile, squeezed
from tests.office import DAY, NEXT, example, paper, received_on, user


@pytest.mark.rule("ELEM-STD-03", "ISSUE-ORDER-02")
@pytest.mark.parametrize("channel", ["claimant", "court", "issuer"])
def test_the_day_of_presentation_and_the_channel_are_kept(offices: None, channel: str) -> None:
    handed = paper(application={"on": DAY.isoformat(), "channel": channel})
    arrived = intake.receive(handed, on=DAY, by=user("clerk")).presentation
    arrived = Presentation.objects.get(pk=arrived.pk)
    line = arrived.case.stream.entries.get(kind="received")
    assert arrived.received_on == line.on == DAY
    assert arrived.document.application_channel == channel


@pytest.mark.rule("PARTY-CLAIM-01", "PARTY-DEBT-01", "PARTY-MULTI-01")
def test_natural_and_legal_persons_stand_on_both_sides(offices: None) -> None:
    arrived = intake.receive(example("12"), on=received_on("12"), by=user("clerk")).presentation
    kinds = [(p.role, p.party.kind) for p in arrived.participants.order_by("role", "position")]
    assert kinds == [
        ("claimant", "legal"),
        ("claimant", "natural"),
        ("debtor", "natural"),
        ("debtor", "legal"),
    ]


@pytest.mark.rule("BAIL-PWR-01")
def test_the_bailiff_issues_a_resolution_with_number_and_both_languages(offices: None) -> None:
    arrived = intake.receive(paper(verdict="defective"), on=DAY, by=user("clerk")).presentation
    entry = intake.return_defective(arrived, on=NEXT, by=user("bailiff.ala"))
    issued = entry.papers.get()
    assert (issued.label, issued.issued_on, issued.by.login) == ("1/2026", NEXT, "bailiff.ala")
    assert sorted(r.language for r in issued.renderings.all()) == ["kk", "ru"]


@pytest.mark.rule("WRIT-CONT-05", "TERM-DEFECT-3D")
def test_the_resolution_says_why_a_day_of_the_paper_cannot_be(offices: None) -> None:
    arrived = intake.receive(paper(issued_on="2026-12-31"), on=DAY, by=user("clerk")).presentation
    issued = intake.return_defective(arrived, on=NEXT, by=user("bailiff.ala")).papers.get()
    told = {
        "kk": "Көрсетілген күн құжат келіп түскен күннен кейін.",
        "ru": "Указанный день позже дня поступления документа.",
    }
    for rendering in issued.renderings.all():
        text = PaperFile(rendering.exact_bytes()).squeezed
        assert squeezed(told[rendering.language]) in text
