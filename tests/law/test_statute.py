"""The loader refuses law data that contradicts itself; the statute answers by id and date."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import pytest

from law.blocks import acts
from law.model import LawError, Unit, UnknownRule, Words
from law.statute import RULE_SETS, Statute, UnknownRuleSet, statute

WORDS: Final = '{ kk = "Қазақша", ru = "По-русски", en = "English" }'
RULE: Final = {
    "act": '"Z980000253_"',
    "article": '"12"',
    "since": "1998-07-08",
    "title": WORDS,
    "text": WORDS,
}
TERM: Final = {**RULE, "unit": '"month"', "length": "2"}


def block(key: str, values: dict[str, str], **changes: str) -> str:
    """A TOML block; an empty change leaves the key out."""
    rows = {**values, **changes}
    lines = (f"{name} = {value}" for name, value in rows.items() if value)
    return "\n".join([f"[[{key}]]", *lines, ""])


def load(folder: Path, **files: str) -> Statute:
    """A statute of the files given by name."""
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return Statute("tried", folder)


def test_a_statute_of_right_data_loads(tmp_path: Path) -> None:
    found = load(tmp_path, terms=block("TERM-NEW-2M", TERM), rules=block("GEN-NEW-01", RULE))
    assert found.ids() == ["GEN-NEW-01", "TERM-NEW-2M"]
    term = found.term("TERM-NEW-2M")
    assert (term.unit, term.length, term.rule.article) == (Unit.MONTH, 2, "12")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (block("A-1", TERM, colour='"red"'), "unknown keys"),
        (block("A-1", TERM, fields='["issuer"]'), "unknown keys"),
        (block("A-1", TERM, article="12"), "article"),
        (block("A-1", TERM, article="12.1"), "article"),
        (block("A-1", TERM, article=""), "article"),
        (block("A-1", TERM, act='"Z999999999_"'), "unknown act"),
        (block("A-1", TERM, act=""), "unknown act"),
        (block("A-1", TERM, since=""), "since"),
        (block("A-1", TERM, since='"1998-07-08"'), "since"),
        (block("A-1", TERM, title=""), "title"),
        (block("A-1", TERM, text='{ kk = "Қазақша", ru = "По-русски" }'), "kk, ru and en"),
        (block("A-1", TERM, text='{ kk = "Қ", ru = "Р", en = "E", fr = "F" }'), "kk, ru and en"),
        (block("A-1", TERM, title='{ kk = "", ru = "По-русски", en = "E" }'), "empty"),
        (block("A-1", TERM, title='{ kk = " ", ru = "По-русски", en = "E" }'), "empty"),
        (block("A-1", TERM, title='"Title"'), "kk, ru and en"),
        (block("A-1", TERM, starts='[{ event = "dreamt" }]'), "unknown event"),
        (block("A-1", TERM, starts='[{ event = "initiated", day = 1 }]'), "unknown key"),
        (block("A-1", TERM, met='["dreamt"]'), "unknown event"),
        (block("A-1", TERM, cancelled='["dreamt"]'), "unknown event"),
        (block("A-1", TERM, pauses='[["suspended", "dreamt"]]'), "unknown events"),
        (block("A-1", TERM) + block("A-1", TERM), "in force at once"),
        (block("A-1", TERM, until="2005-01-01") + block("A-1", TERM), "in force at once"),
        (
            block("A-1", TERM, until="2005-01-02") + block("A-1", TERM, since="2005-01-01"),
            "in force at once",
        ),
    ],
)
def test_the_loader_refuses_a_term(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(LawError, match=said):
        load(tmp_path, terms=text)


@pytest.mark.parametrize("file", ["rules", "documents", "grounds", "measures"])
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"colour": '"red"'}, "unknown keys"),
        ({"unit": '"day"'}, "unknown keys"),
        ({"article": "5"}, "article"),
        ({"text": '{ ru = "По-русски", en = "English" }'}, "kk, ru and en"),
    ],
    ids=["key", "key of a term", "article", "language"],
)
def test_the_loader_refuses_it_in_every_file(
    tmp_path: Path, file: str, change: dict[str, str], said: str
) -> None:
    assert load(tmp_path, **{file: block("A-1", RULE)}).ids() == ["A-1"]
    with pytest.raises(LawError, match=said):
        load(tmp_path, **{file: block("A-1", RULE, **change)})


def test_a_rule_in_two_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LawError, match="in force at once"):
        load(tmp_path, rules=block("A-1", RULE), terms=block("A-1", TERM))


def test_a_word_list_needs_three_languages_too(tmp_path: Path) -> None:
    assert load(tmp_path, steps=f"[states]\nnew = {WORDS}").word("states", "new").en == "English"
    with pytest.raises(LawError, match=r"states.*\.new"):
        load(tmp_path, steps='[states]\nnew = { kk = "Жаңа", ru = "Новый" }')


KIND: Final = {
    **RULE,
    "content": '["CONT-1"]',
    "content_unless_immediate": '["CONT-2"]',
    "presentation": '"PRES-1"',
    "start": '"START-1"',
    "start_immediate": '"START-2"',
}


@pytest.mark.parametrize("gone", ["CONT-1", "CONT-2", "PRES-1", "START-1", "START-2"])
def test_a_kind_of_document_that_names_an_unknown_rule_is_refused(
    tmp_path: Path, gone: str
) -> None:
    named = ["CONT-1", "CONT-2", "PRES-1", "START-1", "START-2"]
    kind = block("DOC-1", KIND)
    assert load(tmp_path, documents=kind, rules="".join(block(n, RULE) for n in named)).kinds()
    rest = "".join(block(name, RULE) for name in named if name != gone)
    with pytest.raises(LawError, match=f"unknown {gone}"):
        load(tmp_path, documents=kind, rules=rest)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"rule": '"NO-SUCH-RULE"'}, "names unknown"),
        ({"colour": '"red"'}, "unknown keys"),
        ({"event": '"dreamt"'}, "unknown event"),
        ({"title": '{ kk = "Қабылдау" }'}, "kk, ru and en"),
    ],
)
def test_a_step_with_a_fault_is_refused(tmp_path: Path, change: dict[str, str], said: str) -> None:
    step = {"rule": '"A-1"', "title": WORDS, "past": WORDS}
    assert "try" in load(tmp_path, rules=block("A-1", RULE), steps=block("try", step)).steps
    with pytest.raises(LawError, match=said):
        load(tmp_path, steps=block("try", step, **change))


# --- Answers -------------------------------------------------------------------------------------


@pytest.fixture
def amended(tmp_path: Path) -> Statute:
    """A term of two months until 2005, of three from then on."""
    old = block("TERM-1", TERM, until="2005-01-01")
    return load(tmp_path, terms=old + block("TERM-1", TERM, since="2005-01-01", length="3"))


@pytest.mark.parametrize(
    ("on", "length"),
    [
        (date(1998, 7, 8), 2),
        (date(2004, 12, 31), 2),
        (date(2005, 1, 1), 3),
        (date(2026, 3, 10), 3),
        (date(1990, 1, 1), 3),
        (None, 3),
    ],
)
def test_the_wording_of_the_day_is_picked_and_before_the_first_the_newest(
    amended: Statute, on: date | None, length: int
) -> None:
    assert amended.term("TERM-1", on=on).length == length


def test_a_change_of_the_law_changes_its_digest(tmp_path: Path) -> None:
    before = load(tmp_path, terms=block("TERM-1", TERM)).digest
    assert load(tmp_path, terms=block("TERM-1", TERM)).digest == before
    assert load(tmp_path, terms=block("TERM-1", TERM, length="3")).digest != before


@pytest.mark.parametrize("rule_set", RULE_SETS)
def test_an_id_of_another_kind_is_unknown(rule_set: str) -> None:
    law = statute(rule_set)
    for ask in (law.term, law.kind, law.content, law.start, law.ground, law.rule):
        with pytest.raises(UnknownRule):
            ask("NO-SUCH-RULE")
    for ask in (law.kind, law.content, law.start, law.ground):
        with pytest.raises(UnknownRule):
            ask("TERM-EXEC-2M")


def test_there_are_two_rule_sets_and_no_third() -> None:
    with pytest.raises(UnknownRuleSet):
        statute("old")
    assert statute("lecture").digest != statute("in_force").digest


def test_an_unknown_language_gets_kazakh_and_an_unknown_word_itself() -> None:
    found = Words("Қазақша", "По-русски", "English")
    assert [found.in_(tag) for tag in ("kk", "ru", "en-gb", "fr")] == [
        "Қазақша",
        "По-русски",
        "English",
        "Қазақша",
    ]
    assert statute("lecture").word("states", "nowhere").ru == "nowhere"


def test_every_act_a_rule_cites_has_a_number_and_a_day() -> None:
    cited = {statute(name).rule(rule).act for name in RULE_SETS for rule in statute(name).ids()}
    for act in cited - {"lecture"}:
        assert acts()[act].number
        assert acts()[act].adopted


WAY: Final = {
    "rule": '"A-1"',
    "claims": '["sum"]',
    "secured": '["money"]',
    "asks": '["seal"]',
    "title": WORDS,
}
LISTS: Final = "".join(
    f"[{name}]\n{key} = {WORDS}\n"
    for name, key in (("targets", "money"), ("details", "seal"), ("claims", "sum"))
)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"rule": '"NO-SUCH-RULE"'}, "unknown rule"),
        ({"colour": '"red"'}, "unknown or missing keys"),
        ({"asks": ""}, "unknown or missing keys"),
        ({"asks": '["colour"]'}, "unknown details"),
        ({"claims": '["love"]'}, "unknown claims"),
        ({"secured": '["love"]'}, "unknown targets"),
        ({"title": '"Title"'}, "kk, ru and en"),
    ],
)
def test_a_coercive_act_that_names_what_is_not_there_is_refused(
    tmp_path: Path, change: dict[str, str], said: str
) -> None:
    known = {"rules": block("A-1", RULE), "measures": LISTS}
    right = load(tmp_path, coercion=block("way", WAY), **known)
    assert (right.coercive["way"].asks, right.coercive["way"].secured) == (("seal",), ("money",))
    with pytest.raises(LawError, match=said):
        load(tmp_path, coercion=block("way", WAY, **change), **known)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"asks": '["object", "colour"]'}, "unknown details"),
        ({"targets": '["love"]'}, "unknown targets"),
    ],
)
def test_a_measure_that_names_what_is_not_there_is_refused(
    tmp_path: Path, change: dict[str, str], said: str
) -> None:
    right = {**RULE, "targets": '["money"]', "asks": '["object", "seal"]'}
    sanction = {**RULE, "targets": '["money"]', "by": '"prosecutor"'}
    both = block("SEC-1", right) + block("SANCT-1", sanction)
    law = load(tmp_path, measures=both + LISTS)
    assert (list(law.securing()), law.sanction("money")) == (["SEC-1"], "SANCT-1")
    assert law.sanction("other") == ""
    with pytest.raises(LawError, match=said):
        load(tmp_path, measures=block("SEC-1", right, **change) + LISTS)


@pytest.mark.parametrize(("first", "second"), [("rules", "grounds"), ("grounds", "steps")])
def test_a_word_list_that_stands_in_two_files_is_refused(
    tmp_path: Path, first: str, second: str
) -> None:
    """Two lists of one name would merge, and one word would silently take another's place."""
    assert load(tmp_path, **{first: f"[ends]\nnew = {WORDS}"}).list("ends")
    with pytest.raises(LawError, match=rf"{second}\.toml \[ends\].*another file"):
        load(tmp_path, **{second: f"[ends]\nother = {WORDS}"})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"[choices.act]\nnew = {WORDS}", "unknown evidence"),
        (f"[choices]\nact = {WORDS}", "unknown evidence"),
        (f"[evidence]\nother = {WORDS}\n[choices.act]\nnew = {WORDS}", "unknown evidence"),
        (block("A-1", RULE, verb='"suspend"', evidence='["act"]'), "unknown evidence"),
        (block("A-1", RULE, verb='"suspend"', ends_on='"act"'), "unknown ends"),
    ],
)
def test_a_ground_or_a_choice_that_names_what_is_not_there_is_refused(
    tmp_path: Path, text: str, said: str
) -> None:
    right = f"[evidence]\nact = {WORDS}\n[choices.act]\nnew = {WORDS}"
    law = load(tmp_path, grounds=right)
    assert (list(law.choices("act")), law.choices("other")) == (["new"], {})
    assert [law.told("act", told).ru for told in ("new", "own")] == ["По-русски", "own"]
    with pytest.raises(LawError, match=said):
        load(tmp_path, grounds=text)
