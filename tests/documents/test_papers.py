"""The papers an office sends: what they say, in both languages, as files that last."""

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.rendering import (
    MissingFact,
    RenderingFailed,
    citation,
    compose,
    plain,
    render,
    typeset,
    written,
)
from law.model import LawError, UnknownRule
from law.statute import statute
from tests.documents.reading import PaperFile, squeezed

ON = date(2026, 3, 26)
LANGUAGES = ("kk", "ru")
KINDS = ("return_defective", "refuse_late", "send_on")
COURT = {
    "kk": "Алматы қаласының Бостандық аудандық соты",
    "ru": "Бостандыкский районный суд города Алматы",
}
OTHER_OFFICE = {
    "kk": "Тараз қаласы бойынша атқару бөлімі",
    "ru": "Отдел исполнения по городу Тараз",
}
BANK = {"kk": "«Үлгі Банкі» АҚ", "ru": "АО «Үлгі Банкі»"}
DEBTOR = {"kk": "Ахметов Серік Болатұлы", "ru": "Ахметов Серик Болатович"}
FACTS = {
    "number": "17/2026",
    "issued_on": "2026-03-26",
    "office": {
        "kk": "Алматы қаласы бойынша атқару бөлімі",
        "ru": "Отдел исполнения по городу Алматы",
    },
    "place": {"kk": "Алматы қаласы", "ru": "город Алматы"},
    "bailiff": "Сейітқазы Әсел Нұрланқызы",
    "bailiff_role": "bailiff",
    "received_on": "2026-03-25",
    "document_kind": "DOC-TYPE-01",
    "issuer": COURT,
    "case_number": "7514-25-00-2/1187",
    "decision_on": "2022-12-15",
    "document_issued_on": "2023-01-20",
    "claimants": [BANK],
    "debtors": [DEBTOR],
    "missing": ["WRIT-CONT-03", "WRIT-CONT-04"],
    "uncured": False,
    "last_day": "2026-01-16",
    "presentation_term": "PRES-3Y",
    "start_rule": "PRES-START-01",
    "start_on": "2023-01-16",
    "right_office": OTHER_OFFICE,
    "due_on": "2026-04-06",
    "addressees": [COURT],
}
MONTHS = {
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}
every_paper = pytest.mark.parametrize(
    ("kind", "language"), [(kind, language) for kind in KINDS for language in LANGUAGES]
)
every_kind = pytest.mark.parametrize("kind", KINDS)


def printed(kind: str, language: str, **changes: object) -> bytes:
    facts = {**FACTS, **changes}
    return render(kind, facts=facts, language=language, law=statute("lecture"), on=ON)


def opened(kind: str, language: str, **changes: object) -> PaperFile:
    return PaperFile(printed(kind, language, **changes))


@lru_cache
def usual(kind: str, language: str) -> PaperFile:
    return opened(kind, language)


def dates(text: str, language: str) -> Counter[date]:
    months = MONTHS[language].split()
    day, name, year = r"(?P<day>\d+)", rf"(?P<name>{'|'.join(months)})", r"(?P<year>\d{4})"
    # Kazakh acts are dated with endings: 1999 жылғы 13 шілдедегі.
    written_so = {"kk": rf"{year} (?:ж\.|жылғы) {day} {name}", "ru": rf"{day} {name} {year} г"}
    found = re.finditer(written_so[language], text)
    return Counter(date(int(m["year"]), months.index(m["name"]) + 1, int(m["day"])) for m in found)


# --- The file ------------------------------------------------------------------------------------


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


# --- Both languages ------------------------------------------------------------------------------


@every_kind
def test_both_languages_hold_the_same_numbers(kind):
    numbers = [Counter(re.findall(r"\d+", usual(kind, language).text)) for language in LANGUAGES]
    assert numbers[0] == numbers[1]


@every_kind
def test_both_languages_hold_the_same_dates(kind):
    kazakh, russian = (dates(usual(kind, language).text, language) for language in LANGUAGES)
    assert kazakh == russian
    assert kazakh[ON] >= 1
    assert kazakh[date(2026, 4, 6)] == 1


@every_kind
def test_both_languages_hold_the_same_names(kind):
    law = statute("lecture")
    kazakh, russian = (
        compose(kind, facts=FACTS, language=language, law=law, on=ON) for language in LANGUAGES
    )
    for one, other in zip(kazakh["addressees"], russian["addressees"], strict=True):
        assert len(one["values"]) == len(other["values"])
    for language in LANGUAGES:
        for name in (BANK, DEBTOR, COURT, FACTS["office"]):
            assert squeezed(name[language]) in usual(kind, language).squeezed
        assert squeezed(FACTS["bailiff"]) in usual(kind, language).squeezed


def test_a_name_known_in_one_language_only_stands_in_both_papers():
    for language in LANGUAGES:
        paper = opened("send_on", language, debtors=[{"kk": "Әбіш Кекілбаев", "ru": ""}])
        assert "Әбіш Кекілбаев" in paper.text


@every_paper
def test_no_placeholder_is_left(kind, language):
    assert not set("{}") & set(usual(kind, language).text)


@pytest.mark.parametrize("month", range(1, 13))
def test_dates_are_written_as_offices_write_them(month):
    on = date(2026, month, 7)
    name = {language: MONTHS[language].split()[month - 1] for language in LANGUAGES}
    assert written(on, "kk").split() == ["2026", "ж.", "7", name["kk"]]
    assert written(on, "ru").split() == ["7", name["ru"], "2026", "г."]


# --- What it says --------------------------------------------------------------------------------


@pytest.mark.rule("BAIL-DUTY-03B", "TERM-COMPLAINT-10D")
@every_paper
def test_every_paper_explains_how_and_until_when_to_complain(kind, language):
    law, text = statute("lecture"), usual(kind, language).squeezed
    assert squeezed(law.texts[kind]["complaint"][language]) in text
    assert squeezed(written(date(2026, 4, 6), language)) in text


@every_paper
def test_the_last_day_to_complain_is_left_out_where_nothing_starts_the_term(kind, language):
    assert date(2026, 4, 6) not in dates(opened(kind, language, due_on=None).text, language)


@every_paper
def test_every_paper_says_that_the_rule_set_follows_the_lecture(kind, language):
    notice = statute("lecture").texts[kind]["notice"][language]
    assert squeezed(notice) in usual(kind, language).squeezed
    assert {"kk": "дәріс", "ru": "лекция"}[language] in notice


@pytest.mark.rule("TERM-DEFECT-3D")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_unmet_requirement_stands_with_its_words_and_article(language):
    law = statute("lecture")
    missing = [f"WRIT-CONT-0{n}" for n in range(1, 7)] + ["ELEM-STD-01"]
    text = opened("return_defective", language, missing=missing).squeezed
    for rule in map(law.rule, missing):
        item = f"{rule.title.in_(language)}.{rule.text.in_(language)}"
        where = citation(rule, language)
        assert squeezed(f"{item}({where})" if where else item) in text


@pytest.mark.rule("DEFECT-03")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_second_return_says_that_the_defects_were_not_cured(language):
    words = squeezed(statute("lecture").texts["return_defective"]["uncured"][language])
    assert words in opened("return_defective", language, uncured=True).squeezed
    assert words not in usual("return_defective", language).squeezed


@pytest.mark.rule("PRES-MISSED-01", "RESTORE-01")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_late_paper_shows_how_the_last_day_was_reckoned_and_how_to_restore_it(language):
    law, text = statute("lecture"), usual("refuse_late", language).squeezed
    for rule in map(law.rule, ("PRES-3Y", "PRES-START-01")):
        assert squeezed(f"{rule.title.in_(language)} ({citation(rule, language)})") in text
    for day in (date(2023, 1, 16), date(2026, 1, 16), date(2026, 3, 25)):
        assert squeezed(written(day, language)) in text
    assert squeezed(law.texts["refuse_late"]["restoration"][language]) in text


@every_paper
def test_a_value_the_document_lacks_is_said_to_be_absent(kind, language):
    absent = {"kk": "құжатта көрсетілмеген", "ru": "в документе сведений нет"}[language]
    gaps = {"issuer": None, "case_number": "", "decision_on": None, "document_issued_on": None}
    nobody = {"claimants": [], "debtors": [], "place": {"kk": "", "ru": ""}, "addressees": []}
    assert absent not in usual(kind, language).text
    assert opened(kind, language, **gaps, **nobody).text.count(absent) == 6


def test_who_is_absent_gets_no_copy_and_who_is_named_twice_gets_one():
    facts = {**FACTS, "issuer": None, "addressees": [BANK, COURT, COURT]}
    law = statute("lecture")
    content = compose("return_defective", facts=facts, language="ru", law=law, on=ON)
    assert [row["values"] for row in content["addressees"]] == [[BANK["ru"]], [COURT["ru"]]]


@pytest.mark.parametrize(
    ("rule", "kk", "ru"),
    [
        ("PRES-3Y", "7-бап", "ст. 7"),
        ("PRES-MISSED-01", "10-баптың 3-тармағы", "п. 3 ст. 10"),
        ("WRIT-CONT-01", "236-баптың 4-бөлігі", "ч. 4 ст. 236"),
        ("ELEM-STD-01", "", ""),
    ],
)
def test_an_article_is_cited_as_the_act_divides_it(rule, kk, ru):
    found = statute("lecture").rule(rule)
    assert citation(found, "kk").split() == kk.split()
    assert citation(found, "ru").split() == ru.split()


@pytest.mark.parametrize("role", ["bailiff", "senior_bailiff", "head"])
def test_the_signature_names_the_office_of_him_who_signs(role):
    text = opened("send_on", "ru", bailiff_role=role).text
    word = statute("lecture").word("roles", role).ru
    assert text.count(f"{word} {FACTS['bailiff']}") == 2


# --- Hostile and plentiful facts -----------------------------------------------------------------


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
        ("李明", "[U+674E][U+660E]"),
        ("\u202eабв", "[U+202E]абв"),
        ("a\u0000b\u200bc", "a[U+0000]b[U+200B]c"),
        ("  Ахметов\n\tСерік\u00a0 ", "Ахметов Серік"),
        ("и\u0306", "й"),
        ("😀", "[U+1F600]"),
    ],
)
def test_what_no_font_draws_is_shown_by_its_code_point(name, shown):
    assert plain(name) == shown
    assert squeezed(shown) in opened("send_on", "ru", debtors=[{"kk": name, "ru": name}]).squeezed


@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(name=st.text(min_size=1, max_size=300))
def test_no_name_at_all_breaks_a_paper(name):
    paper = opened("send_on", "kk", debtors=[{"kk": name, "ru": name}])
    assert squeezed(plain(name)) in paper.squeezed


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


# --- Refusals ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "fact", "nothing"),
    [
        ("return_defective", "missing", []),
        ("refuse_late", "last_day", None),
        ("refuse_late", "presentation_term", None),
        ("send_on", "right_office", None),
        ("send_on", "number", ""),
        ("send_on", "office", {"kk": "", "ru": ""}),
        ("send_on", "bailiff", " "),
    ],
)
def test_a_paper_without_the_fact_it_rests_on_is_not_written(kind, fact, nothing):
    with pytest.raises(MissingFact, match=fact):
        printed(kind, "kk", **{fact: nothing})


def test_an_unknown_paper_rule_or_language_is_refused():
    with pytest.raises(LawError, match="no paper"):
        printed("arrest_everything", "kk")
    with pytest.raises(UnknownRule):
        printed("return_defective", "kk", missing=["WRIT-CONT-99"])
    with pytest.raises(ValueError, match="'en'"):
        printed("send_on", "en")


def test_a_breakdown_of_the_typesetter_is_refused_and_the_next_paper_comes_out():
    content = compose("send_on", facts=FACTS, language="kk", law=statute("lecture"), on=ON)
    for broken in ({}, {**content, "preamble": " ".join(map(chr, range(0x720, 0x760)))}):
        with pytest.raises(RenderingFailed):
            typeset(broken, on=ON)
    assert typeset(content, on=ON) == printed("send_on", "kk")
