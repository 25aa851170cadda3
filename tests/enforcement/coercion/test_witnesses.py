"""Property is seized before a witness at least, an act performed by force may have them; the
resolution names them."""

from __future__ import annotations

from typing import Any, Final

import pytest

from documents.models import Paper
from enforcement.engagement import engage
from enforcement.models import Engagement, Evidence, Proceeding
from tests.course import coerced, do, initiated, now, told_in_three_languages
from tests.documents.reading import PaperFile, squeezed
from tests.office import NEXT, refused, user

ONE, TWO = "Айғақов Бірінші", "Айғақова Екінші"
SALE: Final = {"storage": "№ 2 қойма", "sale": "Аукцион"}
ACT: Final = {"act": "Құрылысты бұзу", "basis": "Шешімнің 2-тармағы"}


def told_on(paper: Paper, language: str) -> str:
    """What the paper prints."""
    return PaperFile(paper.renderings.get(language=language).blob.intact()).squeezed


def force(proceeding: Proceeding, way: str, details: dict[str, str], **given: Any) -> Paper:
    """Take a coercive act; its paper."""
    entry = do(now(proceeding), "foreclose", way=way, details=details, **given)
    found: Paper = entry.papers.get()
    return found


@pytest.mark.rule("PART-LIST-01", "PARTIC-01", "BAIL-PWR-11")
def test_property_is_seized_before_a_witness_who_is_named_on_the_resolution(offices: None) -> None:
    proceeding = initiated()
    do(proceeding, "secure")
    on = coerced(proceeding)
    with refused("invalid", status=422) as found:
        force(proceeding, "sale", SALE, on=on)
    assert [each.field for each in found.value.errors] == ["details.witness_one"]
    told_in_three_languages(found.value)
    by = user("bailiff.ala")
    engage(proceeding.presentation, role="witness", name=ONE, on=on, by=by)
    picked = {str(Engagement.objects.get().pk): True}
    paper = force(proceeding, "sale", {**SALE, "witness_two": TWO}, on=on, witnesses=picked)
    kept = dict(Evidence.objects.filter(entry=paper.entry).values_list("key", "text"))
    assert (kept["witness_one"], kept["witness_two"]) == (ONE, TWO)
    for language in ("kk", "ru"):
        assert squeezed(f"{ONE}; {TWO}") in told_on(paper, language)


@pytest.mark.rule("PARTIC-01")
def test_an_act_by_force_is_done_with_witnesses_or_with_none(offices: None) -> None:
    debts = [{"claimant": 0, "debtors": [0], "act": "demolition"}]
    proceeding = initiated(debts=debts)
    on = coerced(proceeding)
    paper = force(proceeding, "other", ACT, on=on)
    assert "понят" not in told_on(paper, "ru")
    paper = force(proceeding, "other", {**ACT, "witness_one": ONE}, on=on)
    assert squeezed(f"Действие совершить с участием понятого: {ONE}") in told_on(paper, "ru")
    assert on >= NEXT
