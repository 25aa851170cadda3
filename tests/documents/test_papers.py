"""What the papers of an office say, in both languages."""

import re
from collections import Counter
from datetime import date

import pytest

from documents.pdf import RenderingFailed
from documents.rendering import MissingFact, citation, compose, typeset, written
from law.model import LawError, UnknownRule
from law.statute import statute
from tests.documents.reading import squeezed
from tests.documents.sample import (
    BANK,
    COURT,
    DEBTOR,
    FACTS,
    KINDS,
    LANGUAGES,
    MONTHS,
    ON,
    dates,
    every_kind,
    every_paper,
    opened,
    printed,
    usual,
)

# --- Both languages -------------------------------------------------------------------------------


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
def test_no_placeholder_and_no_doubled_stop_is_left(kind, language):
    text = usual(kind, language).text
    assert not set("{}") & set(text)
    assert ".." not in text


@pytest.mark.parametrize("month", range(1, 13))
def test_dates_are_written_as_offices_write_them(month):
    on = date(2026, month, 7)
    name = {language: MONTHS[language].split()[month - 1] for language in LANGUAGES}
    assert written(on, "kk").split() == ["2026", "ж.", "7", name["kk"]]
    assert written(on, "ru").split() == ["7", name["ru"], "2026", "г."]


# --- What it says ---------------------------------------------------------------------------------


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


@pytest.mark.rule("POSTP-02")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_postponement_names_who_hindered_who_asked_who_approved_and_until_when(language):
    law, text = statute("lecture"), usual("postpone", language).squeezed
    mark = {"kk": "БЕКІТЕМІН", "ru": "УТВЕРЖДАЮ"}[language]
    senior = law.word("roles", "senior_bailiff").in_(language)
    said = f"{mark}{senior}{FACTS['approved_by']}"
    for words in (said, FACTS["circumstance"], law.word("initiators", "debtor").in_(language)):
        assert squeezed(words) in text
    assert date(2026, 4, 20) in dates(usual("postpone", language).text, language)
    for kind in set(KINDS) - {"postpone"}:
        assert mark not in usual(kind, language).text


@pytest.mark.rule("POSTP-03")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_notice_goes_to_one_participant(language):
    facts = {**FACTS, "addressees": []}
    law = statute("lecture")
    content = compose("postponement_notice", facts=facts, language=language, law=law, on=ON)
    assert [row["values"] for row in content["addressees"]] == [[BANK[language]]]


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
        ("PRES-3Y", "7\u2011бап", "ст. 7"),
        ("PRES-MISSED-01", "10\u2011баптың 3-тармағы", "п. 3 ст. 10"),
        ("WRIT-CONT-01", "236\u2011баптың 4-бөлігі", "ч. 4 ст. 236"),
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


# --- Refusals -------------------------------------------------------------------------------------


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
        ("postpone", "approved_by", ""),
        ("postpone", "postponed_until", None),
        ("postpone", "circumstance", ""),
        ("postponement_notice", "participant", None),
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
