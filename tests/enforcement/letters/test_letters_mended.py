"""What was written of a letter by mistake is annulled: the line stays, the letter is as before."""

from __future__ import annotations

from typing import Any

import pytest

from documents.models import Attachment
from enforcement.models import Letter
from tests.course import do, initiated, later, now, sound
from tests.enforcement.letters.posted import at_desk, sent
from tests.office import NEXT, refused

WHY = {"authority": "senior", "reason": "№ 1", "by": "senior.ala"}
TOLD = {"outcome": "given", "answer": "Шот бар"}


def annulled(letter: Letter, event: str) -> Letter:
    line = letter.case.stream.entries.filter(kind=event, subject=letter.pk).latest("seq").seq
    do(now(letter.proceeding).presentation, "correct_record", line=line, on=later(6), **WHY)
    return now(letter)


@pytest.mark.rule("TERM-INFO-3D", "BAIL-BIND-01")
@pytest.mark.parametrize(
    ("verb", "event", "told"),
    [
        ("record_receipt", "letter_received", {}),
        ("record_reply", "reply_received", TOLD),
        ("record_breach", "letter_unmet", {"outcome": "withheld", "proof": "№ 1"}),
        ("withdraw_letter", "letter_withdrawn", {"reason": "№ 1"}),
    ],
)
def test_without_the_wrong_line_the_letter_waits_as_before(
    offices: None, verb: str, event: str, told: dict[str, Any]
) -> None:
    [letter] = sent(initiated(), "information", person="Үлгібаев Мысал", to=[])
    do(letter, verb, **told)
    back = annulled(letter, event)
    assert (back.state, back.outcome, back.received_on, back.replied_on) == (
        *("awaited", "", None, None),
    )
    assert (back.number, back.decided_on, back.answer_by) == ("", None, None)
    do(back, "record_reply", on=later(6), **TOLD)
    assert now(letter).state == "answered"
    sound()


@pytest.mark.rule("BAIL-OBSTR-01")
def test_a_late_reply_annulled_lets_it_be_unmet_again(offices: None) -> None:
    [letter] = sent(initiated(), "information", person="Үлгібаев Мысал", to=[])
    do(letter, "record_breach", outcome="withheld", proof="№ 1")
    do(now(letter), "record_reply", **TOLD)
    back = annulled(letter, "reply_received")
    assert (back.state, back.outcome, back.replied_on) == ("unmet", "withheld", None)
    sound()


@pytest.mark.rule("BAIL-OBSTR-01")
def test_what_rests_on_a_line_is_annulled_before_it(offices: None) -> None:
    [letter] = sent(initiated(), "information", person="Үлгібаев Мысал", to=[])
    do(letter, "record_receipt")
    do(now(letter), "record_breach", outcome="withheld", proof="№ 1")
    told = {"after": now(letter)}
    [protocol] = sent(now(letter).proceeding, "papers_withheld", **told)
    for event in ("letter_received", "letter_unmet"):
        with refused("not_correctable", status=409):
            annulled(letter, event)
    do(protocol, "withdraw_letter")
    assert annulled(letter, "letter_unmet").state == "awaited"
    assert annulled(letter, "letter_received").received_on is None
    sound()


def test_the_case_page_offers_it(offices: None) -> None:
    [letter] = sent(initiated(), "information", person="Үлгібаев Мысал", to=[])
    do(letter, "record_reply", on=NEXT, **TOLD)
    line = letter.case.stream.entries.get(kind="reply_received").seq
    page = at_desk("senior.ala").get(f"/cases/{letter.case_id}").content.decode()
    assert f"correct_record?line={line}" in page


@pytest.mark.rule("TERM-INFO-3D")
def test_a_reply_has_its_file_on_the_letter(offices: None) -> None:
    [letter] = sent(initiated(), "information", person="Үлгібаев Мысал", to=[])
    arrival = now(letter.proceeding).presentation
    kept = do(arrival, "attach", name="жауап.pdf", content=b"%PDF-1.7 invented")
    stranger = initiated(8)
    other = do(stranger.presentation, "attach", name="басқа.pdf", content=b"%PDF-1.7 other")
    of = {entry.pk: Attachment.objects.get(entry=entry) for entry in (kept, other)}
    desk = at_desk()
    address = f"/cases/{letter.case_id}/record_reply?letter={letter.pk}"
    form = desk.get(address).content.decode()
    assert f'value="{of[kept.pk].pk}"' in form
    assert f'value="{of[other.pk].pk}"' not in form, "a file of another case is no reply to it"
    line = do(now(letter), "record_reply", file=of[kept.pk], **TOLD)
    assert line.facts["file"] == str(of[kept.pk].pk)
    page = desk.get(f"/cases/{letter.case_id}").content.decode()
    row = page.partition(f'data-letter="{letter.pk}"')[2].partition("</li>")[0]
    assert f'href="/attachments/{of[kept.pk].pk}"' in row
    assert "жауап.pdf" in row
    assert annulled(letter, "reply_received").file is None
    with refused("not_found", status=404):
        do(now(letter), "record_reply", on=later(6), file=of[other.pk], **TOLD)
    sound()
