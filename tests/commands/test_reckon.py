"""`manage.py reckon`: every worked term, the vectors of the term arithmetic, and bad questions."""

from __future__ import annotations

import io
import json
import sys
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from law.statute import RULE_SETS, statute
from tests.examples.papers import TERMS


def ask(monkeypatch: pytest.MonkeyPatch, *lines: str) -> tuple[list[dict[str, Any]], int]:
    """The answers to questions given on stdin, and the exit code."""
    told = io.StringIO()
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    try:
        call_command("reckon", "-", stdout=told)
    except SystemExit as end:
        return _read(told), int(end.code or 0)
    return _read(told), 0


def _read(told: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in told.getvalue().splitlines()]


def reckoned(monkeypatch: pytest.MonkeyPatch, **question: Any) -> dict[str, Any]:
    """The answer to one good question; `on` is its `from`."""
    question["from"] = question.pop("on")
    [answer], code = ask(monkeypatch, json.dumps(question))
    assert code == 0
    return answer


@pytest.mark.parametrize("question", TERMS, ids=lambda q: f"{q['term']} {q['from']}")
def test_a_worked_term_ends_when_it_says(
    monkeypatch: pytest.MonkeyPatch, question: dict[str, Any]
) -> None:
    [answer], code = ask(monkeypatch, json.dumps(question))
    assert (answer["due_on"], code) == (question["due_on"], 0)


def test_an_answer_repeats_the_question_and_ignores_other_keys(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = {
        "term": "TERM-EXEC-2M",
        "from": "2026-03-10",
        "pauses": [["2026-04-01", "2026-04-11"]],
        "due_on": "1999-01-01",
    }
    [answer], _ = ask(monkeypatch, json.dumps(asked))
    assert answer.pop("steps")
    assert answer == {
        "rule_set": "lecture",
        "term": "TERM-EXEC-2M",
        "from": "2026-03-10",
        "pauses": [["2026-04-01", "2026-04-11"]],
        "due_on": "2026-05-20",
        "nominal_on": "2026-05-20",
        "provisional": False,
        "nature": "duty",
        "article": "12",
        "calendar": "2027-1",
    }


@pytest.mark.parametrize(
    ("rule_set", "term", "on"),
    [
        ("in_force", "INF-SIMPLIFIED-30D", "2023-01-10"),
        ("in_force", "TERM-EXEC-2M", "2005-01-10"),
        ("in_force", "PRES-3Y", "2010-10-20"),
        ("in_force", "INF-FINE-VOLUNTARY-30D", "2014-12-31"),
        ("lecture", "TERM-DEFECT-3D", "1998-07-07"),
    ],
)
def test_a_day_before_the_rule_was_law_is_no_question(
    monkeypatch: pytest.MonkeyPatch, rule_set: str, term: str, on: str
) -> None:
    asked = json.dumps({"rule_set": rule_set, "term": term, "from": on})
    [answer], code = ask(monkeypatch, asked)
    assert (answer["error"]["code"], answer["error"]["field"], code) == ("not_yet_law", "from", 1)


@pytest.mark.parametrize(
    ("on", "due"),
    [
        ("2021-10-22", "2021-10-25"),
        ("2021-11-28", "2021-12-02"),
        ("2021-12-14", "2021-12-20"),
        ("2022-10-21", "2022-10-24"),
        ("2008-10-22", "2008-10-28"),
        ("2009-10-23", "2009-10-26"),
        ("2012-05-04", "2012-05-07"),
        ("2013-05-04", "2013-05-08"),
    ],
)
def test_before_the_first_calendar_every_date_is_provisional(
    monkeypatch: pytest.MonkeyPatch, on: str, due: str
) -> None:
    answer = reckoned(monkeypatch, term="TERM-DEFECT-3D", on=on)
    assert (answer["due_on"], answer["provisional"]) == (due, True)
    why = [row["why"] for row in answer["steps"] if row["kind"] == "rolled"]
    holidays = [each for each in why if each not in ("сенбі", "жексенбі")]
    assert all("күнтізбесі белгісіз" in each for each in holidays)


@pytest.mark.parametrize(
    ("term", "on", "nature", "due"),
    [
        ("lecture TERM-VOLUNTARY-5D", "2026-03-18", "not_before", "2026-03-26"),
        ("lecture TERM-EXEC-2M", "2026-03-10", "duty", "2026-05-12"),
        ("lecture PRES-3Y", "2023-05-09", "duty", "2026-05-12"),
        ("in_force INF-CLAIMANT-SUSPENSION-10D", "2026-03-11", "cap", "2026-03-21"),
        ("in_force INF-MEDIATION-30D", "2026-04-09", "cap", "2026-05-09"),
        ("in_force INF-OWN-SALE-1M", "2026-04-09", "cap", "2026-05-09"),
        ("in_force INF-EVICTION-STORAGE-2M", "2026-03-09", "cap", "2026-05-09"),
        ("in_force INF-EXITBAN-5WD", "2026-03-18", "not_before", "2026-03-30"),
    ],
)
def test_an_answer_says_what_its_last_day_means_and_a_cap_is_never_rolled(
    monkeypatch: pytest.MonkeyPatch, term: str, on: str, nature: str, due: str
) -> None:
    rule_set, rule = term.split()
    answer = reckoned(monkeypatch, rule_set=rule_set, term=rule, on=on)
    assert (answer["nature"], answer["due_on"]) == (nature, due)


def test_a_term_nothing_is_left_of_says_since_when(monkeypatch: pytest.MonkeyPatch) -> None:
    used = [["2020-01-10", "2024-01-10"]]
    on = "2025-01-10"
    answer = reckoned(monkeypatch, rule_set="in_force", term="PRES-3Y", on=on, used=used)
    assert (answer["due_on"], answer["over_since"]) == (None, "2023-01-09")


@pytest.mark.parametrize(
    ("term", "on", "nominal", "due"),
    [
        pytest.param(
            *("TERM-EXEC-2M", "2026-03-10", "2026-05-10", "2026-05-12"),
            marks=pytest.mark.rule("TERM-EXEC-2M"),
        ),
        ("TERM-EXEC-2M", "2025-12-31", "2026-02-28", "2026-03-02"),
        pytest.param(
            *("TERM-EXEC-4M", "2025-10-31", "2026-02-28", "2026-03-02"),
            marks=pytest.mark.rule("TERM-EXEC-4M"),
        ),
        pytest.param(
            *("TERM-VOLUNTARY-5D", "2026-04-27", "2026-05-02", "2026-05-04"),
            marks=pytest.mark.rule("TERM-VOLUNTARY-5D"),
        ),
        ("TERM-VOLUNTARY-5D", "2026-03-18", "2026-03-23", "2026-03-26"),
        pytest.param(
            *("TERM-OFFER-3D", "2026-05-06", "2026-05-09", "2026-05-12"),
            marks=pytest.mark.rule("TERM-OFFER-3D"),
        ),
        pytest.param(
            *("TERM-DEFECT-3D", "2026-05-06", "2026-05-09", "2026-05-12"),
            marks=pytest.mark.rule("TERM-DEFECT-3D"),
        ),
        pytest.param(
            *("TERM-INFO-3D", "2026-05-06", "2026-05-09", "2026-05-12"),
            marks=pytest.mark.rule("TERM-INFO-3D"),
        ),
        pytest.param(
            *("TERM-TRANSFER-3D", "2026-05-06", "2026-05-09", "2026-05-12"),
            marks=pytest.mark.rule("TERM-TRANSFER-3D"),
        ),
        pytest.param(
            *("TERM-COMPLAINT-10D", "2026-04-29", "2026-05-09", "2026-05-12"),
            marks=pytest.mark.rule("TERM-COMPLAINT-10D"),
        ),
        pytest.param(
            *("PRES-3Y", "2023-05-09", "2026-05-09", "2026-05-12"),
            marks=pytest.mark.rule("PRES-3Y"),
        ),
        pytest.param(
            *("PRES-1Y-COURT", "2024-02-29", "2025-02-28", "2025-02-28"),
            marks=pytest.mark.rule("PRES-1Y-COURT"),
        ),
        pytest.param(
            *("PRES-1Y-BODY", "2025-05-09", "2026-05-09", "2026-05-12"),
            marks=pytest.mark.rule("PRES-1Y-BODY"),
        ),
        pytest.param(
            *("PRES-3M", "2025-11-30", "2026-02-28", "2026-03-02"),
            marks=pytest.mark.rule("PRES-3M"),
        ),
    ],
)
def test_a_term_of_the_lecture_counts_calendar_days_and_rolls(
    monkeypatch: pytest.MonkeyPatch, term: str, on: str, nominal: str, due: str
) -> None:
    answer = reckoned(monkeypatch, rule_set="lecture", term=term, on=on)
    assert (answer["nominal_on"], answer["due_on"]) == (nominal, due)


@pytest.mark.parametrize(
    ("term", "on", "due"),
    [
        ("INF-PETITION-5WD", "2026-04-27", "2026-05-05"),
        ("INF-PETITION-5WD", "2026-03-18", "2026-03-30"),
        ("TERM-DEFECT-3D", "2026-05-06", "2026-05-13"),
        ("INF-INIT-3WD", "2026-05-06", "2026-05-13"),
        ("TERM-COMPLAINT-10D", "2026-04-29", "2026-05-18"),
        ("TERM-EXEC-2M", "2026-03-10", "2026-05-12"),
        ("PRES-3Y", "2023-05-09", "2026-05-12"),
        ("INF-ADVANCE-10D", "2026-04-29", "2026-05-12"),
    ],
)
def test_a_term_of_the_law_in_force_counts_in_its_own_unit(
    monkeypatch: pytest.MonkeyPatch, term: str, on: str, due: str
) -> None:
    assert reckoned(monkeypatch, rule_set="in_force", term=term, on=on)["due_on"] == due


def test_a_term_in_hours_runs_from_the_instant_and_does_not_roll(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = {"rule_set": "in_force", "term": "INF-TERMINATE-24H"}
    answer = reckoned(monkeypatch, **asked, on="2026-05-08T15:30:00+05:00")
    assert answer["due_on"] == "2026-05-09T15:30:00+05:00"
    assert [step["kind"] for step in answer["steps"]] == ["counted", "due"]


def test_time_elapsed_before_an_interruption_counts_under_the_law_in_force(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = {"rule_set": "in_force", "term": "PRES-3Y", "on": "2026-02-01"}
    answer = reckoned(monkeypatch, **asked, used=[["2024-02-01", "2025-02-01"]])
    assert answer["due_on"] == "2028-02-01"
    assert answer["steps"][0]["n"] == 366


@pytest.mark.rule("INTERR-03", "INTERR-04")
def test_under_the_lecture_a_new_term_is_whole_and_elapsed_time_cannot_be_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = {"rule_set": "lecture", "term": "PRES-3Y", "from": "2026-02-01"}
    spoilt = {**asked, "used": [["2024-02-01", "2025-02-01"]]}
    [whole, refused], code = ask(monkeypatch, json.dumps(asked), json.dumps(spoilt))
    assert whole["due_on"] == "2029-02-01"
    assert (refused["error"]["code"], refused["error"]["field"], code) == ("bad_pause", "used", 1)


def test_an_open_pause_gives_the_days_left_and_no_last_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = {"term": "TERM-EXEC-2M", "on": "2026-03-10"}
    standing = reckoned(monkeypatch, **asked, pauses=[["2026-04-01", None]])
    assert (standing["due_on"], standing["days_left"]) == (None, 40)
    assert standing["steps"][-1]["kind"] == "paused"
    resumed = reckoned(monkeypatch, **asked, pauses=[["2026-04-01", "2026-04-11"]])
    assert resumed["due_on"] == "2026-05-20"
    assert "days_left" not in resumed


@pytest.mark.parametrize(
    ("question", "code", "field"),
    [
        ("{", "bad_json", "line"),
        ("[]", "bad_json", "line"),
        ('"TERM-EXEC-2M"', "bad_json", "line"),
        ("[" * 100_000, "bad_json", "line"),
        ('{"rule_set": "old", "term": "PRES-3Y"}', "unknown_rule_set", "rule_set"),
        ('{"rule_set": [], "term": "PRES-3Y"}', "unknown_rule_set", "rule_set"),
        ('{"from": "2026-01-01"}', "unknown_term", "term"),
        ('{"term": "TERM-NONE", "from": "2026-01-01"}', "unknown_term", "term"),
        ('{"term": "SUSP-MAND-01", "from": "2026-01-01"}', "unknown_term", "term"),
        ('{"term": {}, "from": "2026-01-01"}', "unknown_term", "term"),
        ('{"term": "INF-INIT-3WD", "from": "2026-01-01"}', "unknown_term", "term"),
        ('{"term": "PRES-3Y"}', "bad_date", "from"),
        ('{"term": "PRES-3Y", "from": "2026-02-30"}', "bad_date", "from"),
        ('{"term": "PRES-3Y", "from": "01.02.2026"}', "bad_date", "from"),
        ('{"term": "PRES-3Y", "from": "20260201"}', "bad_date", "from"),
        ('{"term": "PRES-3Y", "from": "2026-W05-7"}', "bad_date", "from"),
        ('{"term": "PRES-3Y", "from": 20260201}', "bad_date", "from"),
        ('{"term": "PRES-3Y", "from": "1900-01-01"}', "bad_date", "from"),
        ('{"term": "PRES-3Y", "from": "9999-12-31"}', "bad_date", "from"),
        ('{"term": "PRES-3Y", "from": "2026-01-01T10:00:00+05:00"}', "bad_date", "from"),
    ],
    ids=lambda value: str(value)[:60],
)
def test_a_bad_question_is_told_its_code_and_field(
    monkeypatch: pytest.MonkeyPatch, question: str, code: str, field: str
) -> None:
    [answer], ended = ask(monkeypatch, question)
    assert answer["line"] == 1
    assert (answer["error"]["code"], answer["error"]["field"], ended) == (code, field, 1)
    assert answer["error"]["message"]


@pytest.mark.parametrize(
    "pauses",
    [
        5,
        "ab",
        [5],
        [["2026-04-01"]],
        [["2026-04-01", "2026-04-11", "2026-04-12"]],
        [["2026-04-11", "2026-04-01"]],
        [[None, "2026-04-01"]],
        [["2026-04-31", None]],
        [["20260401", "2026-04-11"]],
        [["2026-04-01", "9999-12-31"]],
    ],
    ids=str,
)
def test_a_pause_that_cannot_be_is_bad(monkeypatch: pytest.MonkeyPatch, pauses: Any) -> None:
    asked = {"term": "TERM-EXEC-2M", "from": "2026-03-10", "pauses": pauses}
    [answer], code = ask(monkeypatch, json.dumps(asked))
    assert (answer["error"]["code"], answer["error"]["field"], code) == ("bad_pause", "pauses", 1)


@pytest.mark.parametrize(
    ("rule_set", "term"),
    [
        pytest.param(rule_set, term.id, id=f"{rule_set} {term.id}")
        for rule_set in RULE_SETS
        for term in statute(rule_set).terms()
        if not term.pausable
    ],
)
def test_a_pause_on_a_term_that_never_pauses_is_bad(
    monkeypatch: pytest.MonkeyPatch, rule_set: str, term: str
) -> None:
    hours = statute(rule_set).term(term).unit == "hour"
    asked = {
        "rule_set": rule_set,
        "term": term,
        "from": "2026-03-10T10:00:00+05:00" if hours else "2026-03-10",
        "pauses": [["2026-03-11", "2026-03-12"]],
    }
    [answer], code = ask(monkeypatch, json.dumps(asked))
    assert (answer.get("error", {}).get("code"), code) == ("bad_pause", 1)


def test_the_lines_after_a_bad_one_are_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    good = '{"term": "TERM-OFFER-3D", "from": "2026-09-14"}'
    found, code = ask(monkeypatch, "{", "", good)
    assert [answer.get("line") for answer in found] == [1, None]
    assert found[1]["due_on"] == "2026-09-17"
    assert code == 1


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_ledger_is_told_in_the_language_asked_for(language: str) -> None:
    told = io.StringIO()
    call_command(
        *("reckon", "TERM-OFFER-3D", "--from", "2026-05-06", "--lang", language, "--json"),
        stdout=told,
    )
    steps = json.loads(told.getvalue())["steps"]
    moved = {"kk": "Жеңіс күні", "ru": "День Победы", "en": "Victory Day"}[language]
    assert [step["kind"] for step in steps] == ["start", *["counted"] * 3, *["rolled"] * 3, "due"]
    assert moved in steps[4]["why"]
    assert "(09.05.2026)" in steps[6]["why"]


def test_one_question_can_be_asked_in_words() -> None:
    told = io.StringIO()
    call_command(
        *("reckon", "TERM-EXEC-2M", "--from", "2026-03-10", "--pause", "2026-04-01:2026-04-11"),
        *("--pause", "2026-04-05:2026-04-15", "--lang", "ru"),
        stdout=told,
    )
    assert told.getvalue().splitlines()[-1].strip() == "= 2026-05-25"
    assert "Срок приостановлен" in told.getvalue()


def test_a_bad_question_in_words_is_refused() -> None:
    with pytest.raises(CommandError, match="from"):
        call_command("reckon", "TERM-EXEC-2M", "--from", "tomorrow", stdout=io.StringIO())
    told = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("reckon", "TERM-NONE", "--from", "2026-03-10", "--json", stdout=told)
    assert json.loads(told.getvalue())["error"]["code"] == "unknown_term"
