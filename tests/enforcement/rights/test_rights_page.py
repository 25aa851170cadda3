"""What binds people and no software: its text stands on a page, and where it concerns them."""

from __future__ import annotations

from html import unescape
from typing import Any, Final

import pytest
from django.conf import settings

from documents.models import Paper
from enforcement.engagement import engage
from law.rights import sections
from law.statute import statute
from tests.course import initiated
from tests.desk import Desk
from tests.documents.reading import PaperFile, squeezed
from tests.enforcement.engagement.test_representatives import entrusted
from tests.office import NEXT, user

LANGUAGES: Final = ("kk", "ru", "en")


def page(address: str, language: str = "kk") -> str:
    """A page as a bailiff reads it."""
    desk = Desk()
    desk.force_login(user("bailiff.ala"))
    desk.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = desk.get(address)
    assert answer.status_code == 200
    return squeezed(unescape(answer.content.decode()))


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param("BODY-LIST-01", marks=pytest.mark.rule("BODY-LIST-01")),
        pytest.param("BODY-OTHER-01", marks=pytest.mark.rule("BODY-OTHER-01")),
        pytest.param("CUST-01", marks=pytest.mark.rule("CUST-01")),
        pytest.param("DUTY-01", marks=pytest.mark.rule("DUTY-01")),
        pytest.param("DUTY-02", marks=pytest.mark.rule("DUTY-02")),
        pytest.param("DUTY-ADDR-01", marks=pytest.mark.rule("DUTY-ADDR-01")),
        pytest.param("MAR-TASK-01", marks=pytest.mark.rule("MAR-TASK-01")),
        pytest.param("MAR-TASK-02", marks=pytest.mark.rule("MAR-TASK-02")),
        pytest.param("MAR-TASK-03", marks=pytest.mark.rule("MAR-TASK-03")),
        pytest.param("MAR-TASK-04", marks=pytest.mark.rule("MAR-TASK-04")),
        pytest.param("MAR-RIGHT-01", marks=pytest.mark.rule("MAR-RIGHT-01")),
        pytest.param("MAR-RIGHT-02", marks=pytest.mark.rule("MAR-RIGHT-02")),
        pytest.param("MAR-DUTY-01", marks=pytest.mark.rule("MAR-DUTY-01")),
        pytest.param("MAR-DUTY-02", marks=pytest.mark.rule("MAR-DUTY-02")),
        pytest.param("MAR-DUTY-03", marks=pytest.mark.rule("MAR-DUTY-03")),
        pytest.param("MAR-DUTY-05", marks=pytest.mark.rule("MAR-DUTY-05")),
        pytest.param("MAR-DUTY-06", marks=pytest.mark.rule("MAR-DUTY-06")),
        pytest.param("MAR-DUTY-07", marks=pytest.mark.rule("MAR-DUTY-07")),
        pytest.param("MAR-DUTY-08", marks=pytest.mark.rule("MAR-DUTY-08")),
        pytest.param("MAR-DUTY-09", marks=pytest.mark.rule("MAR-DUTY-09")),
    ],
)
def test_the_page_tells_what_binds_people_in_the_words_of_the_law(offices: None, rule: str) -> None:
    law = statute("lecture")
    for language in LANGUAGES:
        shown, text = page("/rights", language), law.rule(rule).text.in_(language)
        assert f'data-rule="{rule}"' in shown
        assert squeezed(text) in shown


def test_every_section_of_the_page_stands_on_it(offices: None) -> None:
    shown = page("/rights")
    for section in sections("lecture"):
        assert f'id="{section.id}"' in shown
        assert [each.id for each in section.rules if f'id="{each.id}"' not in shown] == []


@pytest.mark.rule("DUTY-01", "DUTY-02")
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("kk", ("барлық құқықтарды адал пайдалануға міндетті", "шақыруы бойынша келу")),
        ("ru", ("добросовестно пользоваться всеми", "являться по вызову")),
    ],
)
def test_the_duties_are_told_with_the_resolution_on_initiation(
    offices: None, language: str, words: tuple[str, str]
) -> None:
    proceeding = initiated()
    paper = Paper.objects.get(kind="initiate", entry__stream=proceeding.case.stream)
    text = PaperFile(paper.renderings.get(language=language).blob.intact()).squeezed
    assert [each for each in words if squeezed(each) not in text] == []
    assert {"DUTY-01", "DUTY-02"} <= set(statute("lecture").texts["initiate"]["rules"])


def test_the_page_is_reached_from_every_page_and_from_whom_it_concerns(offices: None) -> None:
    assert squeezed('href="/rights"') in page("/today")
    proceeding = initiated()
    entrusted(proceeding)
    told = {"sent_by": "Сот приставтары бөлімі, № 7"}
    by = user("bailiff.ala")
    given = {"role": "marshal", "name": "Приставов Үлгі", "evidence": told}
    engage(proceeding.presentation, on=NEXT, by=by, **given)
    shown = page(f"/cases/{proceeding.case_id}")
    for part in ("parties", "representatives", "marshals"):
        assert squeezed(f'href="/rights#{part}"') in shown, part


def test_a_rule_set_without_such_texts_says_so(offices: None, settings: Any) -> None:
    settings.ORYNDAU_RULE_SET = "in_force"
    assert "<section" not in page("/rights")
    assert squeezed("мұнда әзірге ештеңе айтылмаған") in page("/rights")
