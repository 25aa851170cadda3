"""What rests on a letter that was sent, and what becomes of letters when the proceedings end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from accounts.models import Office
from documents.models import Paper
from tests.course import do, evidence, initiated, later, now
from tests.documents.reading import PaperFile, squeezed
from tests.enforcement.letters.posted import at_desk, five_banks, sent
from tests.office import NEXT, refused

CLARIFICATION = {"ground": "SUSP-OPT-01", "evidence": evidence("SUSP-OPT-01")}


@pytest.mark.rule("SUSP-OPT-01", "CLARIFY-01")
def test_nothing_stands_still_for_a_clarification_nobody_asked_for(offices: None) -> None:
    proceeding = initiated()
    with refused("nothing_asked", status=422) as found:
        do(proceeding, "suspend", **CLARIFICATION)
    assert (found.value.rule, found.value.possible) == ("SUSP-OPT-01", ("apply_to_court",))
    [letter] = sent(proceeding, "clarification")
    do(now(proceeding), "suspend", **CLARIFICATION)
    told = {"outcome": "clarified", "answer": "Абай даңғ., 1", "number": "2-7", "decided_on": NEXT}
    do(letter, "record_reply", **told)
    do(now(proceeding), "resume", ground="SUSP-OPT-01", proof="№ 2-7")
    with refused("nothing_asked", status=422):
        do(now(proceeding), "suspend", **CLARIFICATION)


@pytest.mark.rule("SUSP-OPT-01")
def test_a_reply_that_was_annulled_answered_nothing(offices: None) -> None:
    proceeding = initiated()
    [letter] = sent(proceeding, "clarification")
    told = {"outcome": "clarified", "answer": "Абай даңғ., 1", "number": "2-7", "decided_on": NEXT}
    do(letter, "record_reply", **told)
    line = letter.case.stream.entries.get(kind="reply_received").seq
    mended = {"line": line, "authority": "senior", "reason": "№ 1"}
    do(now(proceeding).presentation, "correct_record", by="senior.ala", **mended)
    do(now(proceeding), "suspend", **CLARIFICATION)
    assert now(proceeding).state == "suspended"


@pytest.mark.rule("CLARIFY-01", "BAIL-PWR-04")
@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("kk", "Атқарушылық құжатты түсіндіру туралы ӨТІНІШ"),
        ("ru", "ЗАЯВЛЕНИЕ о разъяснении исполнительного документа"),
    ],
)
def test_a_clarification_is_asked_by_a_paper_of_its_own(
    offices: None, language: str, title: str
) -> None:
    sent(initiated(), "clarification", details={"unclear": "Қай мекенжай"})
    paper = Paper.objects.get(kind="clarification_request")
    text = PaperFile(paper.renderings.get(language=language).blob.intact()).squeezed
    for said in (title, "Қай мекенжай"):
        assert squeezed(said) in text


@pytest.mark.rule("BAIL-BIND-01")
@pytest.mark.parametrize("verb", ["terminate", "return_to_claimant", "transfer"])
def test_what_was_asked_waits_no_more_once_the_proceedings_ended(
    offices: None, set_clock: Callable[[date], None], verb: str
) -> None:
    proceeding = initiated()
    letters = five_banks(proceeding)
    set_clock(later(20))
    page = at_desk().get(f"/cases/{proceeding.case_id}").content.decode()
    assert 'data-late="yes"' in page
    there = Office.objects.get(code="TRZ")
    given = {"office": there, "address": "Тараз", "act_text": "№ 1"} if verb == "transfer" else {}
    do(now(proceeding), verb, on=later(20), **given)
    page = at_desk().get(f"/cases/{proceeding.case_id}").content.decode()
    assert 'data-late="yes"' not in page
    row = page.partition(f'data-letter="{letters[0].pk}"')[2].partition("</li>")[0]
    assert "data-over" in row
    do(letters[0], "record_reply", on=later(20), outcome="given", answer="Кеш келді")
    assert now(letters[0]).state == "answered", "a fact is never refused"


def test_before_the_end_is_signed_it_is_told_what_waits_no_more(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    proceeding = initiated()
    letters = five_banks(proceeding)
    set_clock(later(1))
    address = f"/cases/{proceeding.case_id}/terminate?ground=TERMN-01"
    page = at_desk().get(address).content.decode()
    told = page.partition("data-waits-no-more")[2].partition("</ul>")[0]
    assert all(each.name("kk") in told for each in letters)
    suspending = at_desk().get(f"/cases/{proceeding.case_id}/suspend?ground=SUSP-MAND-04")
    assert "data-waits-no-more" not in suspending.content.decode()


def test_a_letter_whose_paper_is_set_anew_names_the_new_number(offices: None) -> None:
    proceeding = initiated()
    letters = sent(proceeding, "demand", to=["BNK-0005"], person="Үлгібаев Мысал")
    do(now(proceeding).presentation, "correct_intake", on=later(1))
    newest = Paper.objects.filter(kind="demand").order_by("-number")[0]
    assert {now(each).paper for each in letters} == {newest.label}
    assert newest.label != letters[0].paper
