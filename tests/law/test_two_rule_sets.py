"""Both rule sets are asked in the same way; what one lacks is answered emptily."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from law.blocks import events, shared_words
from law.model import LawError, UnknownRule
from law.statute import RULE_SETS, Statute, statute
from tests.law.test_statute import RULE, TERM, WORDS, block, load

ROOT: Final = Path(__file__).resolve().parents[2]
APPS: Final = ("config", "enforcement", "exchange", "documents", "deadlines", "parties", "journal")
BELOW: Final = ("accounts", "clock", "embedded", "law")
PRODUCT: Final = sorted(
    path
    for name in (*APPS, *BELOW)
    for path in (ROOT / name).rglob("*.py")
    if "migrations" not in path.parts
)
STEP: Final = {"rule": '"A-1"', "title": WORDS, "past": WORDS}

# --- Parts that rules play -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "lecture", "in_force"),
    [
        ("two_months", "TERM-EXEC-2M", "TERM-EXEC-2M"),
        ("complaint_term", "TERM-COMPLAINT-10D", "TERM-COMPLAINT-10D"),
        ("voluntary_term", "TERM-VOLUNTARY-5D", ""),
        ("sanction", "SANCT-01", ""),
        ("restored_term", "RESTORE-01", "RESTORE-01"),
        ("performed_in_part", "INTERR-02", ""),
        ("never_heard_of", "", ""),
    ],
)
def test_a_rule_set_names_the_rule_that_plays_a_part_or_none(
    role: str, lecture: str, in_force: str
) -> None:
    assert (statute("lecture").role(role), statute("in_force").role(role)) == (lecture, in_force)


def test_a_part_played_by_a_rule_that_is_not_there_is_refused(tmp_path: Path) -> None:
    known = {"rules": block("A-1", RULE)}
    assert load(tmp_path, roles='sanction = "A-1"', **known).role("sanction") == "A-1"
    with pytest.raises(LawError, match=r"roles\.toml: sanction names unknown A-2"):
        load(tmp_path, roles='sanction = "A-2"', **known)


def test_no_rule_plays_its_part_once_it_is_repealed(tmp_path: Path) -> None:
    law = load(tmp_path, roles='term = "A-1"', terms=block("A-1", TERM, until="2005-01-01"))
    last, first = law.rule("A-1").since.replace(2004, 12, 31), law.rule("A-1").until
    assert (law.role("term"), law.role("term", last), law.role("term", first)) == ("A-1", "A-1", "")


def test_every_part_the_software_asks_for_is_played_in_the_lecture() -> None:
    asked = {
        (str(path.relative_to(ROOT)), call.args[0].value)
        for path in PRODUCT
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "role"
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }
    assert not [each for each in asked if not statute("lecture").role(str(each[1]))]


def test_the_terms_of_presentation_are_known_by_what_starts_them() -> None:
    assert statute("lecture").presentation_terms == {
        *("PRES-3Y", "PRES-1Y-COURT", "PRES-1Y-BODY", "PRES-3M"),
    }
    found = statute("in_force").presentation_terms
    assert "INF-PRES-ARREST-1Y" in found
    assert "PRES-3M" not in found


# --- What is possible instead, and what is due next ----------------------------------------------


def test_what_is_possible_instead_are_steps_of_the_rule_set(tmp_path: Path) -> None:
    known = {"rules": block("A-1", RULE)}
    steps = '[instead]\n"paid.bank" = ["try"]\n' + block("try", STEP)
    assert load(tmp_path, steps=steps, **known).instead == {"paid.bank": ("try",)}
    with pytest.raises(LawError, match=r"paid opens unknown steps \['dream'\]"):
        load(tmp_path, steps='[instead]\npaid = ["try", "dream"]\n' + block("try", STEP), **known)


@pytest.mark.parametrize(
    ("code", "verbs"),
    [
        ("debt_paid", ("terminate",)),
        ("nothing_secured", ("inventory", "secure")),
        ("nothing_secured.bank", ("request_freeze",)),
        ("nothing_there.proceeding", ("initiate",)),
    ],
)
def test_a_refusal_tells_what_is_possible_instead(code: str, verbs: tuple[str, ...]) -> None:
    assert statute("lecture").instead[code] == verbs
    assert code not in statute("in_force").instead


def test_of_two_steps_that_wait_the_lawful_one_comes_first() -> None:
    due = ("resume", "terminate", "deliver_offer", "inventory", "secure", "request_freeze")
    due += ("serve_freeze", "foreclose", "record_recovery")
    assert [verb for verb in statute("lecture").steps if verb in due] == list(due)


# --- Steps, texts, kinds and content rules by their day ------------------------------------------


@pytest.fixture
def amended(tmp_path: Path) -> Statute:
    """Everything that is dated, said otherwise from 2005 on."""
    border = "2005-01-01"
    kind = {**RULE, "content": "[]", "presentation": '"A-1"', "start": '"A-1"'}
    content = {**RULE, "fields": '["issuer"]'}
    return load(
        tmp_path,
        rules=block("A-1", RULE),
        steps=block("try", STEP, until=border, initiators="[]")
        + block("try", {**STEP, "since": border}, rule='""'),
        papers=block("paper", {"title": WORDS}, until=border)
        + block("paper", {"title": WORDS, "since": border}, needs='["sum"]'),
        documents=block("DOC-1", kind, until=border, code='"OLD"')
        + block("DOC-1", kind, since=border, code='"NEW"')
        + block("CONT-1", content, until=border)
        + block("CONT-1", content, since=border, fields="[]"),
    )


@pytest.mark.parametrize(
    ("on", "found"),
    [
        ("2004-12-31", ("A-1", False, "OLD", ("issuer",))),
        ("2005-01-01", ("", True, "NEW", ())),
        (None, ("", True, "NEW", ())),
    ],
)
def test_steps_texts_kinds_and_content_are_those_of_the_day(
    amended: Statute, on: str | None, found: tuple[str, bool, str, tuple[str, ...]]
) -> None:
    day = date.fromisoformat(on) if on else None
    step, text = amended.step("try", on=day), amended.text("paper", on=day)
    kind, content = amended.kind("DOC-1", on=day), amended.content("CONT-1", on=day)
    assert (step.rule, "needs" in text, kind.code, content.fields) == found
    assert (amended.steps["try"].rule, "needs" in amended.texts["paper"]) == ("", True)


@pytest.mark.parametrize(("file", "values"), [("steps", STEP), ("papers", {"title": WORDS})])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({}, {}),
        ({"until": "2005-01-02"}, {"since": "2005-01-01"}),
        ({"since": "2005-01-01"}, {"since": "2006-01-01"}),
    ],
)
def test_two_wordings_of_a_step_or_a_text_on_one_day_are_refused(
    tmp_path: Path, file: str, values: dict[str, str], old: dict[str, str], new: dict[str, str]
) -> None:
    both = block("try", {**values, **old}) + block("try", {**values, **new})
    with pytest.raises(LawError, match="in force at once"):
        load(tmp_path, rules=block("A-1", RULE), **{file: both})


def test_the_day_of_a_step_is_a_date(tmp_path: Path) -> None:
    with pytest.raises(LawError, match="must be dates"):
        load(tmp_path, rules=block("A-1", RULE), steps=block("try", STEP, since='"2005"'))


# --- What the journal knows, and words for both --------------------------------------------------


def test_what_a_step_writes_is_known_to_the_journal_without_a_list() -> None:
    written = {step.event for name in RULE_SETS for step in statute(name).steps.values()}
    assert events() > written - {""}
    assert "debtor_moved" in events() - written


@pytest.mark.parametrize("rule_set", RULE_SETS)
def test_both_rule_sets_know_the_words_of_the_system(rule_set: str) -> None:
    law = statute(rule_set)
    for name, words in shared_words().items():
        assert law.list(name) == words
    assert law.word("states", "initiated").en == "Initiated"


def test_a_rule_sets_own_words_go_before_those_of_the_system(tmp_path: Path) -> None:
    law = load(tmp_path, steps=f"[states]\ninitiated = {WORDS}")
    assert law.word("states", "initiated").en == "English"
    assert law.word("roles", "bailiff").en == "Bailiff"


def test_what_a_rule_set_lacks_is_answered_emptily() -> None:
    law = statute("in_force")
    assert (law.steps, law.texts, law.coercive, law.instead) == ({}, {}, {}, {})
    assert (law.grounds("suspend"), law.securing(), law.by_event()) == ([], {}, {})
    assert (law.word("ends", "date_asked").en, law.sanction("money")) == ("date_asked", "")
    assert (law.rule_or_none("SEC-05"), law.choices("address_fact")) == (None, {})
    for ask in (law.step, law.text, law.rule):
        with pytest.raises(UnknownRule):
            ask("suspend")


def test_a_kind_of_document_of_the_law_in_force_has_its_own_term_and_start() -> None:
    [kind] = statute("in_force").kinds()
    assert (kind.rule.id, kind.presentation, kind.start_immediate) == (
        *("INF-DOC-9-02", "PRES-3Y", "INF-START-11-5"),
    )


# --- Whose law is asked --------------------------------------------------------------------------

#: Who may speak of rules by their ids beside the law: the invented histories.
HISTORIES: Final = ROOT / "enforcement" / "management"


def test_a_rule_set_is_never_asked_for_without_its_name() -> None:
    with pytest.raises(TypeError):
        statute()  # type: ignore[call-arg]


def test_no_module_names_a_rule() -> None:
    """A rule set may lack it: the part it plays is asked for (`law.role`), the law names it."""
    ids = {rule for name in RULE_SETS for rule in statute(name).ids()}
    families = tuple(sorted({f"{rule.split('-')[0]}-" for rule in ids}))
    named = {
        (path.relative_to(ROOT).as_posix(), text.lineno, text.value)
        for path in PRODUCT
        if path.parts[len(ROOT.parts)] != "law" and HISTORIES not in path.parents
        for text in _texts(ast.parse(path.read_text(encoding="utf-8")))
        if str(text.value).startswith(families)
    }
    assert not named


def _texts(tree: ast.Module) -> list[ast.Constant]:
    """The texts of a module, its docstrings aside."""
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return [each for each in texts if isinstance(each.value, str) and id(each) not in told]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('ASKED = "SEC-05"', ["SEC-05"]),
        ('"""SEC-05."""', []),
        ('def f():\n    """By SEC-05."""\n    return "a"  # SEC-05', ["a"]),
        ('f"SEC-{n}"', ["SEC-"]),
    ],
)
def test_docstrings_and_comments_may_name_one(text: str, found: list[str]) -> None:
    assert [each.value for each in _texts(ast.parse(text))] == found
