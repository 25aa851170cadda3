"""What the papers of securing, inventory and coercion say, in both languages."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from documents.rendering import MissingFact, compose
from documents.wording import written
from law.statute import statute
from tests.documents.reading import PaperFile, squeezed
from tests.documents.sample import BANK, DEBTOR, FACTS, LANGUAGES, ON, dates, opened

LAW = statute("lecture")
COURSE: dict[str, Any] = {
    "case_no": "ALA-2026-00001",
    "proceeding_no": "ALA-2026-00001/1",
    "initiated_on": "2026-03-11",
    "amount": "1900659.00",
    "recovered": "659.00",
    "balance": "1900000.00",
    "addressees": [],
}
HOLDER = "«Үлгі Сақтау» ЖШС"
LAID = {
    "measure": "SEC-05",
    "target": "movable_property",
    "object": "Гараж",
    "initiator": "bailiff",
}
WITNESSES = {"witness_one": "Айғақов Бірінші", "witness_two": "Айғақова Екінші"}
STORED = {"storage": "№ 2 қойма, сақтаушы Сақтаушиев"}
APPLIED = {"initiator": "claimant", "application": "№ 11 арыз, 12.03.2026"}
ACCOUNT = "KZ86125KZT5004100100"
ITEMS = [
    {"what": "Тоңазытқыш", "value": "120000.00", "place": 2},
    {"what": "Үстел", "value": "15000.50", "place": None},
]
FROZEN = {
    "measure": "SEC-01",
    "target": "bank_money",
    "bank": "«Үлгі Банкі» АҚ",
    "account": "KZ81125KZT2004100777",
    "cap": "1900000.00",
    "sanction_no": "С-1",
    "addressee": "«Үлгі Банкі» АҚ",
}
WAYS: dict[str, dict[str, Any]] = {
    "collect": {**FROZEN, "ordered": "1900000.00", "claimant_accounts": [ACCOUNT]},
    "wages": {
        "details": {"employer": "«Үлгі Жылу» МКК", "share": "50 %", "basis": "№ 7 шешім"},
        "claimant_accounts": [ACCOUNT],
    },
    "sale": {**LAID, "details": {"storage": "№ 2 қойма", "sale": "Аукцион"}},
    "entry": {
        "details": {"place": "Абай, 1", "owner": "«Үлгі» ЖШС", "data": "Хабарлама", **WITNESSES}
    },
    "other": {"details": {"act": "Құрылысты бұзу", "basis": "Шешімнің 2-тармағы"}},
}
PAPERS: dict[str, tuple[str, dict[str, Any]]] = {
    "secure": ("secure", {**LAID, "details": {"seal": "0412"}}),
    "secure told": ("secure", {**LAID, "details": {"seal": "0412"}, "addressee": HOLDER}),
    "secure on application": ("secure", {**LAID, **APPLIED, "details": {"seal": "0412"}}),
    "secure acts": (
        "secure",
        {**LAID, "measure": "SEC-03", "target": "acts", "object": "", "details": {"acts": "Сату"}},
    ),
    "secure limit": (
        "secure",
        {**LAID, "measure": "SEC-04", "details": {"limit": "Алматы қаласы"}},
    ),
    "secure documents": (
        "secure",
        {**LAID, "measure": "SEC-06", "target": "title_documents", "object": ""}
        | {"details": {"documents": "Шарт № 1\nАкт № 2"}},
    ),
    "replace": (
        "replace",
        {
            **LAID,
            "details": {"seal": "0412"},
            "addressee": HOLDER,
            "old_measure": "SEC-01",
            "old_target": "bank_money",
            "old_object": "«Үлгі Банкі» АҚ",
            "old_addressee": "«Үлгі Банкі» АҚ",
            "reason": "Борышкердің өтініші № 5",
            "initiator": "debtor",
        },
    ),
    "inventory": (
        "inventory",
        {
            **APPLIED,
            "details": {"place": "Абай, 1", **WITNESSES, **STORED},
            "items": ITEMS,
            "items_total": "135000.50",
        },
    ),
    **{
        f"foreclose {way}": (
            "foreclose",
            {
                "way": way,
                "way_rule": LAW.coercive[way].rule.id,
                "voluntary_until": "2026-03-16",
                **more,
            },
        )
        for way, more in WAYS.items()
    },
}
every_paper = pytest.mark.parametrize(
    ("name", "language"), [(name, language) for name in PAPERS for language in LANGUAGES]
)


def printed(name: str, language: str, **changes: Any) -> PaperFile:
    kind, facts = PAPERS[name]
    return opened(kind, language, **{**COURSE, **facts, **changes})


def test_every_way_and_every_detail_of_the_law_stands_in_some_paper() -> None:
    assert set(WAYS) == set(LAW.coercive)
    told = {key for _kind, facts in PAPERS.values() for key in facts.get("details", {})}
    letters = {key for letter in LAW.letters.values() for key in letter.asks}
    assert told | letters == set(LAW.list("details"))


@every_paper
def test_nothing_told_is_left_out_and_no_placeholder_is_left(name: str, language: str) -> None:
    paper = printed(name, language)
    kind, facts = PAPERS[name]
    texts = [*facts.get("details", {}).values(), facts.get("object", ""), facts.get("reason", "")]
    texts += [facts.get("application", ""), *facts.get("claimant_accounts", ())]
    texts += [facts.get("addressee", ""), facts.get("old_addressee", ""), facts.get("bank", "")]
    for text in texts:
        for line in text.splitlines():
            assert squeezed(line) in paper.squeezed, line
    for rule in {facts[key] for key in ("measure", "old_measure", "way_rule") if key in facts}:
        assert squeezed(LAW.rule(rule).title.in_(language)) in paper.squeezed
    assert squeezed(DEBTOR[language]) in paper.squeezed
    assert squeezed(BANK[language]) in paper.squeezed
    assert not set("{}") & set(paper.text)
    assert ".." not in paper.text
    assert squeezed(LAW.texts[kind]["complaint"][language]) in paper.squeezed


@pytest.mark.parametrize("name", PAPERS)
def test_both_languages_hold_the_same_numbers_dates_and_parts(name: str) -> None:
    kazakh, russian = (printed(name, language) for language in LANGUAGES)
    numbers = [Counter(re.findall(r"\d+", paper.text)) for paper in (kazakh, russian)]
    assert numbers[0] == numbers[1]
    assert dates(kazakh.text, "kk") == dates(russian.text, "ru")
    kind, facts = PAPERS[name]
    whole = {**FACTS, **COURSE, **facts}
    one, other = (compose(kind, facts=whole, language=each, law=LAW, on=ON) for each in LANGUAGES)
    for part in ("established", "resolved", "signers", "addressees"):
        assert len(one[part]) == len(other[part])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.rule("RIGHT-DEBT-02", "INIT-ARREST-01")
def test_an_act_lists_each_thing_with_its_value_and_the_debtor_s_wish(language: str) -> None:
    paper = printed("inventory", language)
    wish = {"kk": "борышкер мәлімдеген кезек: 2", "ru": "очерёдность, заявленная должником: 2"}
    assert squeezed(f"Тоңазытқыш – 120 000,00 ₸ ({wish[language]})") in paper.squeezed
    assert squeezed("135 000,50 ₸") in paper.squeezed
    assert paper.squeezed.count(squeezed("Айғақов Бірінші")) == 2, "named, and a place to sign"
    present = {"kk": "Борышкер (қатысқан жағдайда)", "ru": "Должник (если присутствовал)"}
    assert squeezed(present[language]) in paper.squeezed
    assert squeezed(LAW.texts["inventory"]["remarks"][language]) in paper.squeezed
    none = [{**item, "place": None} for item in ITEMS]
    silent = {"kk": "мәлімдеме жасаған жоқ", "ru": "об очерёдности предметов не заявил"}
    assert squeezed(silent[language]) in printed("inventory", language, items=none).squeezed
    assert squeezed(silent[language]) not in paper.squeezed


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_else_obeys_is_addressed_and_else_the_debtor(language: str) -> None:
    debtor = {"kk": "Борышкер осы қаулыны алған кезде", "ru": "Должнику исполнить"}[language]
    assert squeezed(debtor) in printed("secure", language).squeezed
    told = printed("secure told", language).squeezed
    assert squeezed(debtor) not in told
    assert told.count(squeezed(HOLDER)) == 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.rule("BODY-MONEY-01")
def test_a_bank_reads_how_much_to_pay_from_where_to_where(language: str) -> None:
    paper = printed("foreclose collect", language).squeezed
    for told in ("1 900 000,00 ₸", "KZ81125KZT2004100777", "KZ86125KZT5004100100"):
        assert squeezed(told) in paper
    assert squeezed(written(ON.replace(day=16), language)) in paper


@pytest.mark.parametrize(
    ("name", "gap"),
    [
        ("secure", {"measure": None}),
        ("replace", {"reason": ""}),
        ("replace", {"old_measure": None}),
        ("inventory", {"items": []}),
        ("inventory", {"details": {"place": "Абай, 1", **STORED}}),
        ("inventory", {"details": {"place": "Абай, 1", **WITNESSES}}),
        ("foreclose wages", {"way": ""}),
    ],
)
def test_without_what_it_rests_on_none_is_written(name: str, gap: dict[str, Any]) -> None:
    with pytest.raises(MissingFact):
        printed(name, "kk", **gap)
