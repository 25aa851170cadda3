"""A returned document keeps what secures it; only termination lifts (TERMN-EFF-02)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Office
from enforcement.models import Measure, Proceeding
from tests.course import begun, do, frozen, initiated, now, outgoing, papers, sound
from tests.documents.reading import PaperFile, squeezed
from tests.enforcement.transfer.test_transfers import moved
from tests.office import NEXT, paper, receive, refused
from tests.standing import told

KEPT = {"kk": "шаралары күшінде қалады", "ru": "меры обеспечения остаются в силе"}


def presented_again(proceeding: Proceeding, **where: Any) -> Proceeding:
    """The same paper comes once more and is admitted, here or in another office."""
    again = receive(paper(1, ref="T-again", **where), on=NEXT)
    by = "bailiff.trz" if where.get("office") == "TRZ" else "bailiff.ala"
    [anew] = begun(again, on=NEXT, by=by)
    return anew


@pytest.mark.rule("TERMN-EFF-02", "RET-00")
def test_a_return_leaves_the_measures_in_force_and_says_so(offices: None) -> None:
    proceeding = initiated()
    freeze, seal = frozen(proceeding), do(proceeding, "secure")
    asked = do(proceeding, "request_freeze", bank="Басқа банк")
    entry = do(now(proceeding), "return_to_claimant")
    assert now(proceeding).state == "returned"
    assert now(freeze).state == "served"
    assert now(seal).state == "served"
    # What was only asked for never came into force.
    assert now(asked).state == "lifted"
    assert outgoing(proceeding.case) == ["freeze"]
    for language, words in KEPT.items():
        printed = entry.papers.get().renderings.get(language=language)
        assert squeezed(words) in PaperFile(printed.exact_bytes()).squeezed
    sound()


def test_without_a_measure_the_resolution_speaks_of_none(offices: None) -> None:
    entry = do(initiated(), "return_to_claimant")
    for language, words in KEPT.items():
        printed = entry.papers.get().renderings.get(language=language)
        assert squeezed(words) not in PaperFile(printed.exact_bytes()).squeezed


@pytest.mark.rule("TERMN-EFF-02")
def test_a_measure_that_outlived_the_return_can_be_lifted_and_nothing_else_done_with_it(
    offices: None,
) -> None:
    proceeding = initiated()
    freeze = frozen(proceeding)
    do(now(proceeding), "return_to_claimant")
    with refused("proceeding_stands", status=409):
        do(now(freeze), "replace")
    do(now(freeze), "lift")
    assert (now(freeze).state, papers(proceeding.case)[-1]) == ("lifted", "lift")
    assert outgoing(proceeding.case) == ["freeze", "lift"]
    sound()


@pytest.mark.rule("REPRES-01")
def test_presented_again_the_document_stands_secured_and_the_end_lifts_it(offices: None) -> None:
    proceeding = initiated()
    freeze = frozen(proceeding)
    do(now(proceeding), "return_to_claimant")
    anew = presented_again(proceeding)
    assert (told(anew).secured, told(now(proceeding)).secured) == (True, False)
    line = anew.case.stream.entries.filter(kind="initiated").order_by("-seq")[0]
    assert line.facts["measures"] == [str(freeze.pk)]
    do(anew, "terminate")
    assert now(freeze).state == "lifted"
    sound()


@pytest.mark.rule("TERMN-EFF-02")
def test_what_another_office_holds_since_its_return_is_lifted_there_before_the_end(
    offices: None,
) -> None:
    proceeding = initiated()
    freeze = frozen(proceeding)
    do(now(proceeding), "return_to_claimant")
    there = presented_again(proceeding, office="TRZ", debtor={"city": "Тараз"})
    with refused("secured_elsewhere", status=409) as caught:
        do(there, "terminate", by="bailiff.trz")
    assert caught.value.facts[0].value == proceeding.case.label
    do(now(freeze), "lift")
    do(there, "terminate", by="bailiff.trz")


def test_no_measure_passes_to_another_proceeding_but_to_the_next_of_what_was_returned(
    offices: None,
) -> None:
    one, other = initiated(1), initiated(2)
    freeze = frozen(one)
    for target in (other, moved_away(one)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Measure.objects.filter(pk=freeze.pk).update(proceeding=target)


def moved_away(proceeding: Proceeding) -> Proceeding:
    """The proceeding in the office to which the document went."""
    assert Office.objects.filter(code="TRZ").exists()
    [there] = begun(moved(proceeding), on=NEXT, by="bailiff.trz")
    return there
