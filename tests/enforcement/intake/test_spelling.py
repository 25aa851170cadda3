"""One paper, one person, one place under any spelling."""

from __future__ import annotations

import unicodedata
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.executive_document import read
from parties.spelling import city_keys, number_key, same_place, visible
from tests.examples.papers import (
    RECEIVED_ON,
    checked,
    codes,
    judged,
    paper,
    shape,
    verdict_of,
)

NUMBER: Final = "7514-25-00-2/1187"


# --- One number ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "spelling",
    [
        f"№ {NUMBER}",
        f"№{NUMBER}",
        f"No {NUMBER}",
        f"No.{NUMBER}",
        f"N {NUMBER}",
        f"N{NUMBER}",
        f"дело № {NUMBER}",
        f"Дело {NUMBER}",
        f"по делу № {NUMBER}",
        f"іс № {NUMBER}",
        f"{NUMBER} іс",
        f"{NUMBER} нөмірлі іс",
        f"іс нөмірі {NUMBER}",
        f"Номер дела: {NUMBER}",
        f"сот ісі № {NUMBER}",
        f"сот ісінің № {NUMBER}",
        f"Сот ісінің нөмірі {NUMBER}",
        f"азаматтық іс бойынша № {NUMBER}",
        f"№ {NUMBER} сот ісінде",
        f"судебное дело № {NUMBER}",
        f"по гражданскому делу № {NUMBER}",
        f"номер судебного дела {NUMBER}",
        f"{NUMBER}.",
        f" {NUMBER} ",
        f"«{NUMBER}»",
        "7514-25-00-2\\1187",
        "7514-25-00-2-1187",
        "7514/25/00/2/1187",
        "7514.25.00.2.1187",
        "7514–25–00–2/1187",
        "7514—25—00—2/1187",
        "7514\u201125\u201100\u20112/1187",
        "7514−25−00−2∕1187",
        "7514 - 25 - 00 - 2 / 1187",
        "7514-25-00-2/01187",
        "7514-25-0-2/1187",
        "７５１４-25-00-2／1187",
        "7514-25\u200b-00-2/1187",
        "\u200e7514-25-00-2/1187\u200f",
        "7514-25-00-2/11\u00ad87",
        "\ufeff7514-25-00-2/1187",
        "7514-25-00-2/1187\u00a0",
    ],
    ids=ascii,
)
@pytest.mark.rule("WRIT-ONE-01", "WRIT-CONT-02")
def test_a_paper_under_another_spelling_of_its_number_came_before(spelling: str) -> None:
    first, again = checked(paper(ref="1"), paper(ref="2", case_number=spelling))
    assert (first["verdict"], again["verdict"]) == ("accept", "already_received")
    assert again["of"] == "1"


@pytest.mark.parametrize(
    "another",
    [
        "7514-25-00-2/1188",
        "7514-25-00-2/11870",
        "7514-25-0О-2/1187",
        "7514-25-O0-2/1187",
        "7514-25-00-2к/1187",
        "исключительное 7514-25-00-2/1187",
        "7514-25-002/1187",
        "75142500-2/1187",
        "7514-25-00-21187",
    ],
)
def test_another_number_is_another_paper(another: str) -> None:
    found = checked(paper(ref="1"), paper(ref="2", case_number=another))
    assert [each["verdict"] for each in found] == ["accept", "accept"]


@pytest.mark.parametrize(("one", "other"), [("2К/5", "2k/5"), ("АВ-1", "AB-1"), ("3Н", "3H")])
def test_letters_that_look_alike_are_one_letter(one: str, other: str) -> None:
    assert number_key(one) == number_key(other)


@pytest.mark.parametrize("nothing", ["№", "дело №", "—", ".", "\u200b", "N"], ids=ascii)
def test_a_number_of_which_only_the_sign_is_written_is_missing(nothing: str) -> None:
    [answer] = checked(paper(case_number=nothing))
    assert (answer["verdict"], answer["missing"]) == ("defective", ["WRIT-CONT-02"])


# --- One place -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "city",
    [
        "Тараз",
        "ТАРАЗ",
        "г. Тараз",
        "г.Тараз",
        "г Тараз",
        "Тараз г.",
        "город Тараз",
        "гор. Тараз",
        "Тараз қаласы",
        "Тараз қ.",
        "Тараз қ-сы",
        "қ. Тараз",
        "Жамбыл обл., Тараз қ.",
        "Жамбыл облысы, Тараз қаласы",
        "Жамбылская обл., г. Тараз",
        "Жамбылская область г. Тараз",
        "г. Тараз Жамбылская обл.",
        "Тараз (Жамбыл обл.)",
        "Тараз Жамбыл облысы",
        "Жамбыл облысы Тараз",
        "город Тараз Жамбылской области",
        "Республика Казахстан, г. Тараз",
        "080000, Тараз",
        "Taraz",
        "TARAZ city",
        "Zhambyl oblysy, Taraz q.",
        "Tapaз",
        "Та\u00adраз",
        "Тараз\u200b",
        "Тараз, Тараз қаласы",
    ],
    ids=ascii,
)
@pytest.mark.rule("PLACE-01", "ISSUE-SEND-01")
def test_a_city_is_known_however_it_is_written(city: str) -> None:
    assert judged(shape(debtors_0_city=city)).office == "TRZ"
    assert judged(shape(debtors_0_city=city, office="TRZ")).verdict == "accept"


@pytest.mark.parametrize(
    "city",
    [
        "Алматы қ.",
        "г. Алматы, Бостандыкский район",
        "Бостандық ауданы, Алматы",
        "Бостандыкский р-н г. Алматы",
        "Алматы қаласы Бостандық ауданы",
        "Almaty",
        "Жамбыл облысы",
        "Тараз ауданы",
        "Таразская область",
        "Шымкент",
        "Неизвестный город",
        "",
        "—",
    ],
)
def test_a_district_or_region_is_no_city_of_that_name_and_the_unknown_is_not_judged(
    city: str,
) -> None:
    assert judged(shape(debtors_0_city=city)).verdict == "accept"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Өскемен", "г. Усть-Каменогорск"),
        ("Қарағанды қ.", "Караганда"),
        ("Түркістан", "Туркестан"),
        ("Қызылорда", "Kyzylorda"),
        ("Талдықорған", "г. Талдыкорган"),
        ("Семей", "Semey"),
        ("Қостанай", "Kostanai"),
        ("Ақтау", "AKTAY"),
        ("Нұр-Сұлтан", "Нур Султан"),
        ("Байзақ ауданы", "Байзакский район"),
    ],
)
def test_a_place_has_one_key_in_both_languages(one: str, other: str) -> None:
    assert same_place(city_keys(one)[0], city_keys(other)[0])


def test_districts_of_a_city_can_belong_to_different_offices() -> None:
    shared = {"ALA": ["Алматы, Алмалы ауданы"], "TRZ": ["Бостандық ауданы, Алматы"]}
    found = judged(shape(debtors_0_city="г. Алматы, Бостандыкский р-н"), territories=shared)
    assert found.office == "TRZ"


# --- One person ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "iin",
    [
        "850314\u00a0300122",
        "850314\u202f300122",
        "850314300122\u200b",
        "\u200e850314300122",
        "\u2066850314300122\u2069",
        "850 314 300 122",
        "850314-300122",
        "ИИН 850314300122",
        "ЖСН: 850314300122",
        "８５０３１４３００１２２",
        "850314300122\ufeff",
    ],
    ids=ascii,
)
def test_a_right_number_is_right_however_it_was_pasted(iin: str) -> None:
    found = shape(debtors_0_iin=iin)
    assert found.debtors[0].iin == "850314300122"
    assert judged(found).verdict == "accept"


@pytest.mark.parametrize(
    "name",
    ["...", "\u200b", "12345", "—", "\u2060\u00ad", "№ 7", "\u3164", "\u2800", "- - -"],
    ids=ascii,
)
@pytest.mark.rule("WRIT-CONT-06")
def test_what_no_letter_is_in_is_no_name(name: str) -> None:
    [answer] = checked(paper(debtors_0_name=name))
    assert (answer["verdict"], answer["missing"]) == ("defective", ["WRIT-CONT-06"])


@pytest.mark.parametrize("name", ["Ли", "Nguyễn Văn Phương", "王伟", "Ο Δημήτρης", "محمد", "А."])
def test_a_name_of_any_script_is_a_name(name: str) -> None:
    assert verdict_of(debtors_0_name=name) == ("accept", "")


@pytest.mark.parametrize("sign", ["\u200b", "—", "...", "\u2060"], ids=ascii)
@pytest.mark.parametrize("field", ["duplicate", "part"])
def test_a_sign_nobody_reads_names_no_duplicate_and_no_part(field: str, sign: str) -> None:
    _, again = checked(paper(ref="1"), paper(ref="2", **{field: sign}))
    assert again["verdict"] == "already_received"


def test_what_is_kept_is_what_was_written() -> None:
    found = shape(
        case_number=f"дело № {NUMBER}", debtors_0_name="Ахме\u00adтов", debtors_0_city="г. Тараз"
    )
    assert found.case_number == f"дело № {NUMBER}"
    assert (found.debtors[0].name_kk, found.debtors[0].city) == ("Ахме\u00adтов", "г. Тараз")


# --- Whatever the spelling ----------------------------------------------------------------------

UNSEEN: Final = (
    "\u200b",
    "\u200e",
    "\u200f",
    "\u2060",
    "\ufeff",
    "\u00ad",
    "\u2066",
    "\u202c",
    "\u034f",
)
ALIKE: Final = str.maketrans("АВСЕНКМОРТХасеорх", "ABCEHKMOPTXaceopx")


@st.composite
def spelt(draw: st.DrawFn, text: str, spaces: str = " \u00a0", *, alike: bool = True) -> str:
    """A text as somebody else's program would paste it."""
    typed = "".join(
        sign.translate(ALIKE) if alike and draw(st.booleans()) else sign for sign in text
    )
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(typed)))
        typed = typed[:place] + draw(st.sampled_from(UNSEEN)) + typed[place:]
    around = st.text(spaces, max_size=2) if spaces else st.just("")
    return (
        draw(around)
        + unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD"])), typed)
        + draw(around)
    )


@st.composite
def numbers(draw: st.DrawFn) -> str:
    """The number of the paper in some spelling."""
    before = draw(st.sampled_from(["", "№", "№ ", "N ", "No. ", "дело № ", "Іс ", "нөмірі "]))
    between = [draw(st.sampled_from("-–—/\\.‑∕ ")) for _ in range(4)]
    groups = [draw(st.sampled_from(["", "0"])) + each for each in ("7514", "25", "00", "2", "1187")]
    joined = "".join(group + sign for group, sign in zip(groups, [*between, ""], strict=True))
    return draw(spelt(before + joined + draw(st.sampled_from(["", ".", " "]))))


@st.composite
def papers(draw: st.DrawFn) -> dict[str, Any]:
    """The paper of the examples as another hand would type it."""
    iin = draw(st.sampled_from(["850314300122", "850314 300122", "850-314-300-122"]))
    cities = ("Алматы", "г. Алматы", "Алматы қ.", "город Алматы", "Алматы, Бостандық ауданы")
    return paper(
        ref="again",
        case_number=draw(numbers()),
        debtors_0_iin=draw(spelt(iin)),
        debtors_0_name=draw(spelt("Ахметов Серік Болатұлы")),
        debtors_0_city=draw(spelt(draw(st.sampled_from(cities)))),
        claimants_0_iban=draw(spelt("KZ40 125K ZT10 0000 0001", alike=False)),
        claimants_0_bin=draw(spelt("940640001014")),
    )


@settings(max_examples=60, derandomize=True, database=None, deadline=None)
@given(papers())
@pytest.mark.rule("WRIT-ONE-01")
def test_spelling_never_changes_the_verdict(document: dict[str, Any]) -> None:
    typed = read(document, codes(), on=RECEIVED_ON)
    assert judged(typed).as_json() == judged(shape()).as_json()
    first, again = checked(paper(), document)
    assert (again["verdict"], again["of"]) == ("already_received", first["ref"])


@settings(max_examples=200, derandomize=True, database=None, deadline=None)
@given(st.text(max_size=40))
def test_a_key_of_any_text_is_its_own_key(text: str) -> None:
    for key in (number_key, visible):
        assert key(key(text)) == key(text)
    assert isinstance(city_keys(text), tuple)
