"""Papers say by what people are known, where the office is found, and where a debtor pays."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any, Final

import pytest
import segno
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import DETAILS, Office
from documents.models import Paper
from documents.payment import PATTERN, payment
from tests.course import do, initiated, now
from tests.documents.reading import PaperFile, squeezed
from tests.documents.sample import LANGUAGES, opened
from tests.office import NEXT, user

OFFICE: Final = {
    "address_kk": "Алматы қ., Абай даңғ., 900-үй",
    "address_ru": "г. Алматы, пр. Абая, д. 900",
    "phone": "+7 (727) 000-00-01",
    "bin": "050140001011",
    "iban": "KZ76999KZT0000000101",
    "bank": "«Үлгі Банкі» АҚ",
    "bic": "ULGIKZKA",
}
PERSON: Final = {
    "kk": "Ахметов Серік Болатұлы",
    "ru": "Ахметов Серик Болатович",
    "kind": "natural",
    "identifier": "850314300122",
    "birth_date": "1985-03-14",
    "address": {"kk": "Алматы, Абай даңғ., 52-үй", "ru": "Алматы, пр. Абая, д. 52"},
}
FIRM: Final = {
    "kk": "«Үлгі» ЖШС",
    "ru": "ТОО «Үлгі»",
    "kind": "legal",
    "identifier": "940640001014",
    "address": {"kk": "Алматы, әл-Фараби даңғ., 40-үй", "ru": ""},
}
TOLD: Final = {
    "office_details": OFFICE,
    "debtors": [PERSON],
    "claimants": [FIRM],
    "case_no": "ALA-2026-00017",
    "voluntary_term": "TERM-VOLUNTARY-5D",
    "balance": "1900659.00",
}


def paper(language: str, kind: str = "offer", **changes: Any) -> PaperFile:
    return opened(kind, language, **{**TOLD, **changes})


#: What a paper says of people and office, in Kazakh and in Russian.
SAID: Final[dict[str, list[str]]] = {
    "kk": [
        "ЖСН: 850314300122; туған күні: 1985 ж. 14 наурыз; мекенжайы: Алматы, Абай даңғ., 52-үй",
        "БСН: 940640001014; мекенжайы: Алматы, әл-Фараби даңғ., 40-үй",
        "Алматы қ., Абай даңғ., 900-үй · тел. +7 (727) 000-00-01",
        "БСН 050140001011 · ЖСК KZ76999KZT0000000101 · «Үлгі Банкі» АҚ · БСК ULGIKZKA",
        "Төлем деректемелері",
        "Депозиттік шот (ЖСК): KZ76999KZT0000000101",
        "Сома: 1 900 659,00 ₸",
        "ALA-2026-00017/1 атқарушылық іс жүргізу, борышкер: Ахметов Серік Болатұлы",
    ],
    "ru": [
        "ИИН: 850314300122; дата рождения: 14 марта 1985 г.; адрес: Алматы, пр. Абая, д. 52",
        "БИН: 940640001014; адрес: Алматы, әл-Фараби даңғ., 40-үй",
        "г. Алматы, пр. Абая, д. 900 · тел. +7 (727) 000-00-01",
        "БИН 050140001011 · ИИК KZ76999KZT0000000101 · «Үлгі Банкі» АҚ · БИК ULGIKZKA",
        "Реквизиты для оплаты",
        "Депозитный счёт (ИИК): KZ76999KZT0000000101",
        "Сумма: 1 900 659,00 ₸",
        "исполнительное производство ALA-2026-00017/1, должник: Ахметов Серик Болатович",
    ],
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["initiate", "offer"])
def test_a_paper_that_asks_for_money_says_whom_where_and_what(kind: str, language: str) -> None:
    text = paper(language, kind).squeezed
    assert [each for each in SAID[language] if squeezed(each) not in text] == []


#: What is left out with what is not known.
LEFT_OUT: Final[list[tuple[dict[str, Any], list[str]]]] = [
    ({"office_details": {}}, ["900-үй", "ЖСК", "Төлем деректемелері"]),
    ({"office_details": {**OFFICE, "iban": ""}}, ["ЖСК", "Төлем деректемелері"]),
    ({"office_details": {**OFFICE, "phone": ""}}, ["тел."]),
    ({"balance": None}, ["Төлем деректемелері"]),
    ({"balance": "0.00"}, ["Төлем деректемелері"]),
    ({"debtors": [{**PERSON, "birth_date": None}]}, ["туған күні"]),
    ({"debtors": [{**PERSON, "identifier": ""}]}, ["ЖСН"]),
    ({"debtors": [{"kk": "Тек Аты", "ru": "Только Имя"}]}, ["ЖСН", "туған күні"]),
]


@pytest.mark.parametrize(("changes", "gone"), LEFT_OUT)
def test_what_is_not_known_is_left_out_and_the_paper_stands(
    changes: dict[str, Any], gone: list[str]
) -> None:
    text = paper("kk", **changes).text
    assert [each for each in gone if each in text] == []
    assert "ҰСЫНЫС" in text


@pytest.mark.parametrize("kind", ["return_defective", "postpone"])
def test_a_paper_that_asks_for_nothing_has_no_code(kind: str) -> None:
    assert "Төлем деректемелері" not in paper("kk", kind).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_code_says_the_rows_as_printed(language: str) -> None:
    facts = {**TOLD, "proceeding_no": "ALA-2026-00017/1"}
    named = {"office": "Бөлім", "debtors": "Nguyễn 王 محمد"}
    found = payment(facts, "1900659.00", **named, language=language)
    assert found is not None
    rows = [f"{row['label']}: {row['value']}" for row in found["rows"]]
    assert found["said"].split("\n") == rows
    assert len(rows) == 7
    said = found["said"].replace("\xa0", " ")
    code = segno.make_qr(said, error="m", encoding="utf-8", mask=PATTERN)
    assert found["code"] == code.svg_inline(border=2, dark="#000", light=None)
    assert re.fullmatch(r"<svg [^>]*>.*</svg>", found["code"])


@pytest.fixture
def today(offices: None, set_clock: Callable[[date], None]) -> None:
    """The offices on the day the proceedings begin."""
    set_clock(NEXT)


@pytest.mark.usefixtures("today")
def test_the_papers_of_a_case_are_of_its_people_and_its_office() -> None:
    proceeding = initiated()
    do(now(proceeding), "suspend")
    kinds = {each.kind: each.facts for each in Paper.objects.all()}
    debtor = proceeding.debtor
    for facts in kinds.values():
        assert facts["debtors"][0]["identifier"] == debtor.identifier
        assert facts["debtors"][0]["birth_date"] == str(debtor.birth_date)
        assert debtor.address("kk") in facts["debtors"][0]["address"]["kk"]
        assert facts["office_details"] == OFFICE


def today_page() -> str:
    client = Client()
    client.force_login(user("bailiff.ala"))
    return client.get("/today").content.decode()


@pytest.mark.usefixtures("today")
def test_today_says_what_the_papers_of_the_office_lack() -> None:
    assert "office_details" not in today_page()
    Office.objects.filter(code="ALA").update(iban="", phone="")
    assert "office_details ALA" in today_page()
    told: dict[str, str] = {"iban": "KZ76 999K ZT00 0000 0101", "phone": OFFICE["phone"]}
    call_command("office_details", "ALA", **told)
    office = Office.objects.get(code="ALA")
    assert {name: getattr(office, name) for name in DETAILS} == OFFICE
    assert "office_details" not in today_page()


@pytest.mark.parametrize(
    "wrong",
    [
        {"iban": "KZ77999KZT0000000101"},
        {"bin": "050140001012"},
        {"bic": "ULGIKZKA12345"},
        {"phone": "7" * 61},
    ],
)
def test_a_wrong_detail_of_an_office_is_refused(offices: None, wrong: dict[str, str]) -> None:
    with pytest.raises(CommandError):
        call_command("office_details", "ALA", **wrong)
