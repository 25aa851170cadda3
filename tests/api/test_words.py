"""A refusal speaks the caller's language: Kazakh, Russian or English, whole sentences of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation

from enforcement.core import refusal_titles
from enforcement.core import refusals as words
from enforcement.verdict import ACCEPT
from law.refusal import Refusal
from law.statute import statute
from tests.api.asking import Caller, problem
from tests.course import coerced, do, initiated, later
from tests.office import DAY, NEXT, WAYS, act, arrive, paper, reach, receive

LANGUAGES = ("kk", "ru", "en")
LATIN = re.compile(r"[A-Za-z]{3,}")
#: What is written in Latin letters in every language: codes, rule ids, kinds of files.
CODES = re.compile(r"\b(PDF|PNG|JPEG|JSON|[A-Z]{3}(-[A-Z]{3})?|T-\d+|surprise|(?:[A-Z]+-)+\w+)\b")


def told(found: dict[str, Any]) -> Iterator[str]:
    """Everything in a refusal that people read."""
    yield found["title"]
    yield found["detail"]
    for fact in found["facts"]:
        yield from fact.values()
    yield from (error["message"] for error in found["errors"])
    yield from (step["title"] for step in found["possible"])


def leftovers(found: dict[str, Any]) -> list[str]:
    """What is left in English in a refusal in another language."""
    return [text for text in told(found) if LATIN.search(CODES.sub("", text))]


def handed_in_before(_court: Caller) -> dict[str, Any]:
    """A paper whose key is taken."""
    receive(paper(operative="Басқа мәтін."))
    return paper()


def returned_later(_court: Caller) -> dict[str, Any]:
    """A paper that comes again on a day before the one it was returned on."""
    act(arrive("defective"), "return_defective", on=NEXT)
    return paper(verdict="defective", ref="T-2")


BODIES: dict[str, Callable[[Caller], Any]] = {
    "ref_taken": handed_in_before,
    "date_before_last": returned_later,
    "invalid": lambda _court: paper(
        debtor={"iin": "850314300123", "birth_date": "1985"}, surprise=1, office="", ref="x" * 99
    ),
    "bad_request": lambda _court: b"{",
}


@pytest.mark.parametrize("code", BODIES)
def test_a_refused_paper_is_told_why_in_the_caller_s_language(
    offices: None, set_clock: Callable[[date], None], code: str
) -> None:
    body = BODIES[code](Caller())
    set_clock(DAY)
    for language in LANGUAGES:
        answer = Caller(language=language).send(body)
        found = problem(answer)
        assert (found["code"], answer["Content-Language"]) == (code, language)
        if language != "en":
            assert leftovers(found) == []


def test_a_wrong_role_and_an_absent_case_are_told_in_the_caller_s_language(offices: None) -> None:
    case = arrive().case_id
    for language in LANGUAGES:
        answers = {
            "wrong_role": Caller("auditor.ala", language=language).send(paper(2)),
            "not_found": Caller("head.trz", language=language).get(f"/cases/{case}"),
            "not_authenticated": Caller("", language=language).get(f"/cases/{case}"),
            "method_not_allowed": Caller(language=language).get("/executive-documents"),
        }
        for code, answer in answers.items():
            found = problem(answer)
            assert (found["code"], answer["Content-Language"]) == (code, language)
            if language != "en":
                assert (code, leftovers(found)) == (code, [])


@pytest.mark.parametrize("state", sorted(WAYS))
def test_a_refused_step_is_told_in_the_reader_s_language(offices: None, state: str) -> None:
    presentation = reach(state)
    for verb in ("return_defective", "refuse_late", "send_on"):
        with pytest.raises(Refusal) as raised:
            act(presentation, verb)
        for language in ("kk", "ru"):
            with translation.override(language):
                found = words.refusal(raised.value)
            assert leftovers(found) == [], (verb, language)
            assert found["article"]
            if state == "received":
                assert presentation.verdict["verdict"] == ACCEPT
                assert found["facts"][0]["value"] != "accept"


Taken = Callable[[], Any]


def _measured(**given: Any) -> Taken:
    proceeding = initiated()
    return lambda: do(proceeding, "secure", **given)


def _replacing(**given: Any) -> Taken:
    measure = do(initiated(), "secure")
    return lambda: do(measure, "replace", **given)


def _unanswered() -> Taken:
    measure = do(initiated(), "secure")
    return lambda: do(measure, "record_answer")


def _paid() -> Taken:
    proceeding = initiated()
    do(proceeding, "record_recovery", amount="1900659.00")
    return lambda: do(proceeding, "secure")


def _applied() -> Taken:
    proceeding = initiated()
    do(proceeding, "claim_securing")
    return lambda: do(proceeding, "skip_inventory")


def _left_out() -> Taken:
    proceeding = initiated()
    do(proceeding, "skip_inventory")
    return lambda: do(proceeding, "skip_inventory")


def _forcing(*, early: bool = False, **given: Any) -> Taken:
    proceeding = initiated()
    on = coerced(proceeding)
    day = on - timedelta(days=1) if early else on
    return lambda: do(proceeding, "foreclose", on=day, **given)


def _deferred() -> Taken:
    proceeding = initiated()
    do(proceeding, "record_deferral", on=coerced(proceeding))
    return lambda: do(proceeding, "foreclose", on=later(9))


def _postponed() -> Taken:
    proceeding = initiated()
    asked = do(proceeding, "postpone", on=coerced(proceeding))
    do(asked, "approve", on=later(9), by="senior.ala")
    return lambda: do(proceeding, "foreclose", on=later(9))


def _listing(**given: Any) -> Taken:
    proceeding = initiated()
    return lambda: do(proceeding, "inventory", **given)


#: How each refusal of securing, inventory and coercion comes about.
OF_PROPERTY: dict[str, tuple[str, Callable[[], Taken]]] = {
    "a bank's money": ("sanction_needed", lambda: _measured(target="bank_money")),
    "a wrong target": ("target_unfit", lambda: _measured(target="acts")),
    "no seal": ("invalid", lambda: _measured(details={})),
    "a detail too many": ("invalid", lambda: _measured(details={"seal": "1", "limit": "2"})),
    "an unknown kind": ("invalid", lambda: _measured(kind="SEC-99")),
    "an unknown will": ("invalid", lambda: _measured(initiator="")),
    "the same kind": ("same_kind", lambda: _replacing(kind="SEC-05")),
    "no reason": ("evidence_missing", lambda: _replacing(reason="")),
    "an answer of no bank": ("no_bank", _unanswered),
    "a paid debt": ("debt_paid", _paid),
    "an application": ("claimant_applied", _applied),
    "no task": ("no_inventory_due", _left_out),
    "one witness": ("invalid", lambda: _listing(witness_two="Айғақов Бірінші, Алматы")),
    "an unreadable line": ("invalid", lambda: _listing(items="Үстел")),
    "too early": ("voluntary_stage", lambda: _forcing(early=True)),
    "a deferral": ("execution_deferred", _deferred),
    "a postponement": ("acts_postponed", _postponed),
    "a wrong claim": ("claim_unfit", lambda: _forcing(way="other", details={})),
    "nothing frozen": ("nothing_secured", lambda: _forcing(way="collect", details={})),
    "no employer": ("invalid", lambda: _forcing(details={})),
    "an unknown way": ("invalid", lambda: _forcing(way="")),
}


@pytest.mark.parametrize("why", OF_PROPERTY)
def test_a_refusal_of_securing_and_coercion_is_told_in_the_reader_s_language(
    offices: None, why: str
) -> None:
    code, taken = OF_PROPERTY[why]
    attempt = taken()
    with pytest.raises(Refusal) as raised:
        attempt()
    assert raised.value.code == code
    known = {"law": statute("lecture"), "verb": raised.value.verb}
    for language in LANGUAGES:
        with translation.override(language):
            found = words.refusal(raised.value)
            labels = [words.field_label(error["field"], **known) for error in found["errors"]]
        assert found["title"] not in ("", code)
        assert all(fact["name"] and fact["value"] for fact in found["facts"])
        assert not any("." in label or "_" in label for label in labels), labels
        if language == "en":
            assert not any("\u0400" <= sign <= "\u04ff" for text in told(found) for sign in text)
        else:
            assert leftovers(found) == []


def test_the_words_are_the_reader_s_and_not_the_same_in_every_language(offices: None) -> None:
    titles = {}
    for language in LANGUAGES:
        with translation.override(language):
            titles[language] = refusal_titles.titles() | words.faults() | words.fact_names()
    codes = set(titles["en"])
    assert {code for code in codes if titles["kk"][code] == titles["en"][code]} == set()
    assert {code for code in codes if titles["ru"][code] == titles["en"][code]} == set()
    assert {code for code in codes if titles["kk"][code] == titles["ru"][code]} <= {
        "role",
        "file",
    }, "a word that is the same in Kazakh and Russian must be meant so"


def test_an_unknown_language_is_read_in_kazakh(offices: None) -> None:
    found = problem(Caller("", language="de").get("/nothing"))
    assert found["title"] == problem(Caller("", language="kk").get("/nothing"))["title"]


def test_dates_in_a_refusal_are_days_of_the_calendar(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    court = Caller(language="kk")
    act(arrive("defective"), "return_defective", on=NEXT)
    set_clock(NEXT - timedelta(days=1))
    found = problem(court.send(paper(verdict="defective", ref="T-2")))
    assert (found["code"], found["facts"][0]["value"]) == ("date_before_last", "2026-03-10")
