"""Papers as files: they last, can be read aloud, are always the same, and hold any name."""

import re
import unicodedata
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.rendering import plain
from law.statute import statute
from tests.documents.reading import PaperFile, squeezed
from tests.documents.sample import (
    BANK,
    FACTS,
    LANGUAGES,
    every_paper,
    opened,
    printed,
    usual,
)

# --- The file -------------------------------------------------------------------------------------


@every_paper
def test_a_paper_is_archival_and_accessible_at_once(kind, language):
    paper = usual(kind, language)
    marks = paper.metadata
    assert marks["{http://www.aiim.org/pdfa/ns/id/}part"] == "2"
    assert marks["{http://www.aiim.org/pdfa/ns/id/}conformance"] == "A"
    assert marks["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
    assert paper.root.MarkInfo.Marked
    assert paper.root.ViewerPreferences.DisplayDocTitle
    assert str(paper.root.Lang) == language


@every_paper
def test_its_structure_names_title_headings_and_lists(kind, language):
    elements = usual(kind, language).elements()
    headings = [element for element in elements if re.fullmatch(r"H\d", element)]
    assert headings[:3] == ["H1", "H2", "H2"]
    assert "H1" not in headings[1:]
    assert {"P", "L", "LI", "Lbl", "LBody"} <= set(elements)


@every_paper
def test_its_title_and_number_stand_in_the_metadata(kind, language):
    title = usual(kind, language).metadata["{http://purl.org/dc/elements/1.1/}title"]
    words = statute("lecture").texts[kind]["title"][language]
    assert squeezed(title) == squeezed(f"{words}. № 17/2026")


@every_paper
def test_its_fonts_travel_with_it(kind, language):
    fonts = usual(kind, language).fonts
    assert all(font.embedded for font in fonts.values())
    assert all("Libertinus" in name for name in fonts)


@every_paper
def test_equal_facts_give_equal_bytes_in_every_thread(kind, language):
    with ThreadPoolExecutor(4) as pool:
        copies = set(pool.map(lambda _: printed(kind, language), range(8)))
    assert len(copies) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"number": "18/2026"},
        {"case_number": "7514-25-00-2/1188"},
        {"received_on": "2026-03-24"},
        {"debtors": [BANK]},
        {"bailiff": "Оспанов Ерлан"},
        {"missing": ["WRIT-CONT-03"]},
        {"uncured": True},
        {"due_on": None},
    ],
    ids=lambda change: next(iter(change)),
)
def test_another_fact_gives_other_bytes(change):
    assert printed("return_defective", "kk", **change) != printed("return_defective", "kk")


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_kazakh_and_russian_letters_and_signs_are_drawn(language):
    alphabet = "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ"
    name = f"{alphabet} {alphabet.lower()} № « » ₸ – — … “ ” ’"
    paper = opened("send_on", language, debtors=[{"kk": name, "ru": name}])
    assert squeezed(name) in paper.squeezed


# --- Hostile and plentiful facts ------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        '#eval("x")',
        "*bold* _it_ $x^2$ `code` <label> @ref // comment",
        "= Heading \\ #pagebreak() [content] {bailiff} {{number}}",
        '"; panic() ; " \' \\u{202e} -- --- ... ~ 1. + -',
        "{'paper': 1} %s {0} {claimants} </span><script>",
    ],
)
def test_a_hostile_name_comes_out_as_it_is(name):
    pair = {"kk": name, "ru": name}
    facts = {"debtors": [pair], "issuer": pair, "case_number": name, "bailiff": name}
    paper = opened("return_defective", "kk", **facts, office=pair, place=pair, right_office=pair)
    assert paper.squeezed.count(squeezed(name)) >= 6


@pytest.mark.parametrize("name", ["W" * 300, "Ж" * 300, "слово " * 50, "ә" * 31 + " ", "9" * 300])
def test_a_long_name_stays_between_the_margins(name):
    pair = {"kk": name, "ru": name}
    facts = {"debtors": [pair, pair], "issuer": pair, "case_number": name, "bailiff": name}
    paper = opened("refuse_late", "kk", **facts, office=pair, place=pair)
    left, right = 30 / 25.4 * 72, (210 - 20) / 25.4 * 72
    for line in paper.lines:
        assert line.left >= left - 0.1
        assert line.right <= right + 0.1
    assert squeezed(name) in paper.squeezed


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("བོད", "[U+0F56][U+0F7C][U+0F51]"),
        ("\u202eабв", "[U+202E]абв"),
        ("a\u0000b\u200bc", "a[U+0000]b[U+200B]c"),
        ("  Ахметов\n\tСерік\u00a0 ", "Ахметов Серік"),
        ("и\u0306", "й"),
    ],
)
def test_what_no_font_draws_is_shown_by_its_code_point(name, shown):
    assert squeezed(shown) in opened("send_on", "ru", debtors=[{"kk": name, "ru": name}]).squeezed


#: A name in each script that people's names are written in.
NAMES: Final = (
    "Nguyễn Văn Phương",
    "Łukasz Żółć",
    "Ștefan Țîrnă",
    "Þórður Æþelstān",
    "Həsən Əliyev",
    "Παπαδόπουλος Γεώργιος",
    "Ἀριστοτέλης",
    "Հակոբյան Արամ",
    "ბერიძე გიორგი",
    "王小明",
    "𠮷野太郎",
    "やまだ タロウ",
    "김철수",
    "ማርያም",
    "Ѩковъ Ѳеодоръ",
    "Ahmadxo‘ja Oʻgʻli",
    "Sợn Đặng Ẩn",
    "ਸਿੰਘ",
    "ລາວ",
    "ᏣᎳᎩ",
)
#: Names whose letters join, stack or run to the left: read back letter by letter.
JOINED: Final = (
    "محمد علي الرشيد",
    "ئۇيغۇر قىز",
    "كهن\u200cها",
    "כהן דוד",
    "राम कुमार",
    "लक्ष्मी",
    "สมชาย ใจดี",
    "தமிழ்செல்வி",
    "ខ្មែរ",
    "မြန်မာ",
    "ශ්‍රීමතී",
    "తెలుగు",
)


def drawn(language: str) -> dict[str, PaperFile]:
    """Each name on a paper of its own."""
    names = (*NAMES, *JOINED)
    return {n: opened("send_on", language, debtors=[{"kk": n, "ru": n}]) for n in names}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.rule("WRIT-CONT-06")
def test_a_name_of_any_script_is_printed_as_it_is(language):
    papers = drawn(language)
    assert [name for name in NAMES if squeezed(name) not in papers[name].squeezed] == []
    lost = {n: set(n) - set(papers[n].text) - {"\u200c", "\u200d", " "} for n in JOINED}
    assert {name: signs for name, signs in lost.items() if signs} == {}
    assert not [name for name, paper in papers.items() if "[U+" in paper.text]


def test_hebrew_runs_to_the_left():
    name = "כהן דוד"
    assert name[::-1] in opened("send_on", "kk", debtors=[{"kk": name, "ru": name}]).text


@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(name=st.text(min_size=1, max_size=300))
def test_no_name_at_all_breaks_a_paper(name):
    paper = opened("send_on", "kk", debtors=[{"kk": name, "ru": name}])
    seen = [sign for sign in plain(name) if "LATIN" in unicodedata.name(sign, "")]
    assert not Counter(seen) - Counter(paper.text)


def test_long_lists_go_over_pages_and_lose_nobody():
    people = [{"kk": f"Қатысушы Үміт {n}", "ru": f"Участник Умит {n}"} for n in range(150)]
    paper = opened("return_defective", "kk", claimants=people, debtors=people)
    pages = len(paper.pdf.pages)
    assert pages > 5
    for n in range(150):
        assert paper.text.count(f"Қатысушы Үміт {n} ") == 3
    feet = [line for line in paper.lines if line.furniture]
    assert {line.text for line in feet} >= {f"{n} / {pages}" for n in range(1, pages + 1)}


@pytest.mark.parametrize("parties", range(1, 40, 3))
def test_a_signature_never_stands_without_the_words_above_it(parties):
    people = [{"kk": "Қатысушы", "ru": "Участник"}] * parties
    paper = opened("return_defective", "ru", debtors=people)
    signed = [line for line in paper.lines if FACTS["bailiff"] in line.text][-1]
    same_page = squeezed("".join(line.text for line in paper.lines if line.page == signed.page))
    assert squeezed(statute("lecture").texts["return_defective"]["complaint"]["ru"]) in same_page
