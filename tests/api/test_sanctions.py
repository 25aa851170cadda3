"""The prosecutor's side of a freeze, over REST: the list, the decision, and every refusal."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from django.http import HttpResponse
from django.utils import timezone

import clock
from enforcement.models import Measure
from journal.models import Reading
from tests.api.asking import BASE, JSON, Caller, problem
from tests.course import BANK, do, frozen, initiated, now, outgoing
from tests.office import census, user

PROSECUTOR = "prosecutor.system"


def asked(number: int = 1, **given: Any) -> Measure:
    measure: Measure = do(initiated(number), "request_freeze", **given)
    return measure


def decide(
    measure: Measure,
    verb: str,
    body: Any = None,
    *,
    login: str = PROSECUTOR,
    language: str = "en",
    **headers: str,
) -> HttpResponse:
    """Post a decision; a grant has its number and a refusal its reason unless told."""
    told = {"grant": {"number": "С-1"}, "refuse": {"reason": "Негізі жоқ"}}[verb]
    caller = Caller(login, language=language)
    sent: HttpResponse = caller.client.post(
        f"{BASE}/sanctions/{measure.pk}/{verb}",
        data=json.dumps(told if body is None else body),
        content_type=JSON,
        headers=caller._headers(headers),
    )
    return sent


def listed(login: str = PROSECUTOR, state: str = "") -> list[dict[str, Any]]:
    query = f"?state={state}" if state else ""
    answer = Caller(login).get(f"/sanctions{query}")
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


@pytest.mark.rule("PROS-PWR-03")
def test_a_request_waits_in_the_list_of_its_prosecutor_until_it_is_decided(offices: None) -> None:
    measure = asked(amount=Decimal("1000.00"))
    [row] = listed()
    assert row == {
        "id": str(measure.pk),
        "case": str(measure.case_id),
        "number": measure.case.label,
        "office": "ALA",
        "state": "requested",
        "kind": "SEC-01",
        "target": "bank_money",
        "bank": BANK,
        "account": "",
        "cap": "1000.00",
        "left": "1900659.00",
        "frozen": "0.00",
        "frozen_of_others": "0.00",
        "above_because": "",
        "debtor": "Ахметов Серік Болатұлы",
        "requested_on": "2026-03-11",
        "requested_by": user("bailiff.ala").full_name,
        "decided_on": None,
        "decided_by": None,
        "sanction_number": "",
        "refusal_reason": "",
        "head": now(measure).case.stream.head_hash,
    }
    assert [each["id"] for each in listed("prosecutor.ala")] == [str(measure.pk)]
    assert listed("prosecutor.trz") == []
    decide(measure, "grant")
    assert listed() == []
    assert [each["state"] for each in listed(state="sanctioned")] == ["sanctioned"]


def test_the_list_is_in_the_order_asked_and_names_no_state_it_does_not_know(offices: None) -> None:
    measures = [asked(n) for n in range(3)]
    assert [row["id"] for row in listed()] == [str(each.pk) for each in _ordered(measures)]
    for query in ("?state=invented", "?stat=requested", "?state=requested&state=served"):
        refused(Caller(PROSECUTOR).get(f"/sanctions{query}"), "invalid", 422)


def _ordered(measures: list[Measure]) -> list[Measure]:
    return sorted(measures, key=lambda each: (each.requested_on, each.pk))


@pytest.mark.parametrize(
    ("verb", "state", "kept"),
    [("grant", "sanctioned", "sanction_number"), ("refuse", "sanction_refused", "refusal_reason")],
)
@pytest.mark.rule("PROS-PWR-03", "SANCT-01")
def test_a_decision_is_recorded_with_its_day_its_person_and_what_it_says(
    offices: None, verb: str, state: str, kept: str
) -> None:
    measure = asked()
    answer = decide(measure, verb)
    assert answer.status_code == 200
    told = answer.json()
    assert (told["state"], told[kept]) == (state, "С-1" if verb == "grant" else "Негізі жоқ")
    stored = now(measure)
    assert (stored.state, stored.decided_by) == (state, user(PROSECUTOR))
    assert told["decided_on"] == stored.decided_on.isoformat()
    assert outgoing(measure.case) == []


def refused(answer: HttpResponse, code: str, status: int) -> dict[str, Any]:
    found = problem(answer)
    assert (found["code"], found["status"]) == (code, status)
    return found


STRANGERS: dict[str, tuple[str, int]] = {
    "": ("not_authenticated", 401),
    "prosecutor.trz": ("not_found", 404),
    "bailiff.trz": ("not_found", 404),
    "bailiff.ala": ("wrong_role", 403),
    "senior.ala": ("wrong_role", 403),
    "auditor.ala": ("wrong_role", 403),
    # A court knows of no freeze before the debtor does.
    "court.system": ("not_found", 404),
}


@pytest.mark.parametrize("verb", ["grant", "refuse"])
def test_nobody_else_decides(offices: None, verb: str) -> None:
    measure = asked()
    before = census()
    for login, (code, status) in STRANGERS.items():
        refused(decide(measure, verb, login=login), code, status)
        # A token made for the asking is the only thing new.
        after = census()
        changed = {name for name in before if before[name] != after[name]}
        assert changed <= {"accounts_apitoken"}, login


@pytest.mark.parametrize("verb", ["grant", "refuse"])
def test_a_second_decision_is_told_what_the_first_was(offices: None, verb: str) -> None:
    measure = asked()
    decide(measure, "grant")
    other = {"number": "С-2"} if verb == "grant" else None
    found = refused(decide(measure, verb, other), "wrong_state", 409)
    assert found["rule"] == "PROS-PWR-03"
    assert found["facts"][0]["value"] != "sanctioned"  # in words


WORDLESS: list[tuple[str, Any, str]] = [
    ("grant", {"number": None}, "number"),
    ("grant", {"number": 7}, "number"),
    ("grant", {"decision": "refuse"}, "decision"),
    ("grant", {"number": "A\nB"}, "number"),
    ("grant", {"number": "..."}, "number"),
    ("refuse", {"reason": "Негізі жоқ", "number": "1"}, "number"),
    ("refuse", {}, "reason"),
    ("refuse", {"reason": " "}, "reason"),
    ("refuse", {"reason": None}, "reason"),
]


def test_a_decision_without_its_words_is_refused(offices: None) -> None:
    measure = asked()
    for verb, body, field in WORDLESS:
        found = refused(decide(measure, verb, body), "invalid", 422)
        assert [error["field"] for error in found["errors"]] == [field], (verb, body)
        assert now(measure).state == "requested", (verb, body)


def test_a_body_that_says_two_things_or_none_decides_nothing(offices: None) -> None:
    measure, caller = asked(), Caller(PROSECUTOR)
    bodies = {'{"number": "1", "number": "2"}': 422, "[]": 400, '["number"]': 400, "{": 400}
    for body, status in bodies.items():
        answer = caller.client.post(
            f"{BASE}/sanctions/{measure.pk}/grant",
            data=body,
            content_type=JSON,
            headers=caller._headers({}),
        )
        assert answer.status_code == status, body
        assert problem(answer)["detail"]
        assert now(measure).state == "requested", body


def test_a_body_of_untold_length_is_not_taken_for_none(offices: None) -> None:
    measure, caller = asked(), Caller(PROSECUTOR)
    headers = caller._headers({"Transfer-Encoding": "chunked"})
    address = f"{BASE}/sanctions/{measure.pk}/grant"
    answer = caller.client.generic("POST", address, content_type=JSON, headers=headers)
    refused(answer, "bad_request", 411)
    assert now(measure).state == "requested"


def test_who_may_not_decide_hears_that_before_his_words_are_read(offices: None) -> None:
    measure = asked()
    refused(decide(measure, "refuse", {}, login="bailiff.ala"), "wrong_role", 403)
    refused(decide(measure, "refuse", {}, login="prosecutor.trz"), "not_found", 404)
    decide(measure, "grant")
    refused(decide(measure, "refuse", {}), "wrong_state", 409)


@pytest.mark.parametrize("body", ["", "{}", '{"number": " "}'])
@pytest.mark.rule("PROS-PWR-03")
def test_without_a_number_the_prosecutor_s_register_gives_the_next(
    offices: None, body: str
) -> None:
    caller, numbers = Caller(PROSECUTOR), []
    for measure in (asked(1), asked(2)):
        answer = caller.client.post(
            f"{BASE}/sanctions/{measure.pk}/grant",
            data=body,
            content_type=JSON,
            headers=caller._headers({}),
        )
        assert answer.status_code == 200, answer.content
        numbers.append(answer.json()["sanction_number"])
    year = now(measure).decided_on.year
    assert numbers == [f"1/{year}", f"2/{year}"]


def test_a_decision_posted_without_any_body_needs_no_type_either(offices: None) -> None:
    caller = Caller(PROSECUTOR)
    for number, media in enumerate(("", "application/x-www-form-urlencoded")):
        measure = asked(number)
        answer = caller.client.generic(
            "POST",
            f"{BASE}/sanctions/{measure.pk}/grant",
            content_type=media,
            headers=caller._headers({}),
        )
        assert (answer.status_code, now(measure).state) == (200, "sanctioned")


def test_what_was_read_before_the_case_changed_is_stale(offices: None) -> None:
    measure = asked()
    head = listed()[0]["head"]
    do(measure.proceeding, "record_recovery", amount="1.00")
    old = {"If-Match": f'"{head}"'}
    refused(decide(measure, "grant", **old), "stale", 412)
    # Who may not decide at all, or too late, is told that before.
    refused(decide(measure, "grant", login="bailiff.ala", **old), "wrong_role", 403)
    for none in ("", " ", '"', "x", "W/"):
        refused(decide(measure, "grant", **{"If-Match": none}), "stale", 412)
    head = listed()[0]["head"]
    several = {"If-Match": f'"{"0" * 64}", W/"{head}"'}
    answer = decide(measure, "grant", **several)
    assert answer.status_code == 200
    assert answer["ETag"].startswith(f'"{answer.json()["head"]}.')


@pytest.mark.parametrize("verb", ["grant", "refuse"])
def test_a_decision_that_comes_after_the_end_finds_nothing_to_decide(
    offices: None, verb: str
) -> None:
    measure = asked()
    do(measure.proceeding, "terminate")
    refused(decide(measure, verb), "wrong_state", 409)
    assert outgoing(measure.case) == []


def test_a_refusal_speaks_the_caller_s_language(offices: None) -> None:
    measure = asked()
    for language in ("kk", "ru", "en"):
        found = refused(decide(measure, "refuse", {}, language=language), "invalid", 422)
        latin = sum(sign.isascii() and sign.isalpha() for sign in found["title"])
        assert (latin > 0) == (language == "en"), language


def test_a_token_taken_away_decides_nothing(offices: None) -> None:
    measure = asked()
    caller = Caller(PROSECUTOR)
    user(PROSECUTOR).tokens.update(revoked_at=timezone.now())
    answer = caller.get("/sanctions")
    refused(answer, "not_authenticated", 401)
    assert now(measure).state == "requested"


# --- To the end of the list, one by one, twice ----------------------------------------------------


def test_a_list_is_read_to_its_end(offices: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("enforcement.facts.pagination.PAGE", 2)
    wanted = [str(each.pk) for each in _ordered([asked(n) for n in range(5)])]
    caller, address, seen = Caller(PROSECUTOR), "http://testserver/api/v1/sanctions", []
    for left in (3, 1, 0):
        page = caller.get(address.partition(BASE)[2]).json()
        seen += [row["id"] for row in page["results"]]
        assert set(page) == {"results", "next"}
        assert (page["next"] is None) is (left == 0)
        address = page["next"] or ""
    assert seen == wanted


def test_a_cursor_that_is_none_is_refused(offices: None) -> None:
    asked()
    for after in ("x", "2026-03-11_x", "_", "%00"):
        refused(Caller(PROSECUTOR).get(f"/sanctions?after={after}"), "invalid", 422)


def test_a_list_is_asked_for_by_office_and_day(offices: None) -> None:
    measure = asked()
    day = measure.requested_on.isoformat()
    fits = {"": 1, "office=ALA": 1, f"since={day}&until={day}": 1}
    fits |= {"office=TRZ": 0, "until=2026-03-10": 0, "since=2026-03-12": 0}
    refused(Caller(PROSECUTOR).get("/sanctions?office=%00"), "invalid", 422)
    for query, wanted in fits.items():
        found = Caller(PROSECUTOR).get(f"/sanctions?{query}").json()["results"]
        assert (query, len(found)) == (query, wanted)


def test_one_freeze_is_read_by_who_sees_it(offices: None) -> None:
    measure = asked()
    [row] = listed()
    answer = Caller(PROSECUTOR).get(f"/sanctions/{measure.pk}")
    assert (answer.status_code, answer.json()) == (200, row)
    refused(Caller("prosecutor.trz").get(f"/sanctions/{measure.pk}"), "not_found", 404)
    refused(Caller("court.system").get(f"/sanctions/{measure.pk}"), "not_found", 404)
    refused(Caller(PROSECUTOR).get(f"/sanctions/{measure.case_id}"), "not_found", 404)


def test_who_reads_of_a_freeze_leaves_a_reading(offices: None) -> None:
    measures = [asked(n) for n in range(2)]
    streams = [each.case.stream_id for each in measures]
    noted = Reading.objects.filter(what="sanctions", user=user(PROSECUTOR))
    Caller(PROSECUTOR).get(f"/sanctions/{measures[0].pk}")
    assert {each.stream_id for each in noted} == {streams[0]}
    listed()
    assert {each.stream_id for each in noted.all()} == set(streams)


def test_only_what_needs_a_sanction_is_in_the_list(offices: None) -> None:
    """Measures without a sanction are born served, and have no cap."""
    do(initiated(1), "secure")
    kept = frozen(initiated(2))
    assert [row["id"] for row in listed(state="served")] == [str(kept.pk)]


@pytest.mark.parametrize("verb", ["grant", "refuse"])
@pytest.mark.parametrize("read", [True, False])
def test_the_same_decision_again_gets_the_first_answer(
    offices: None, verb: str, read: bool
) -> None:
    measure = asked()
    head = {"If-Match": f'"{listed()[0]["head"]}"'} if read else {}
    first = decide(measure, verb, **head)
    before = census()
    again = decide(measure, verb, **head)
    assert (again.status_code, again.json()) == (200, first.json())
    after = census()
    assert {name for name in before if before[name] != after[name]} <= {"accounts_apitoken"}


def test_a_sanction_repeated_after_it_was_served_still_says_what_was_decided(
    offices: None,
) -> None:
    measure = asked()
    first = decide(measure, "grant", {}).json()
    do(measure, "serve_freeze", on=clock.today())
    again = decide(measure, "grant", {})
    assert (again.status_code, now(measure).state) == (200, "served")
    assert {**again.json(), "head": ""} == {**first, "head": ""}


@pytest.mark.parametrize(
    ("first", "verb", "body", "login"),
    [
        ("grant", "grant", {"number": "С-2"}, PROSECUTOR),
        ("grant", "grant", {"number": "С-1"}, "prosecutor.ala"),
        ("grant", "refuse", {"reason": "С-1"}, PROSECUTOR),
        ("refuse", "refuse", {"reason": "Басқа себеп"}, PROSECUTOR),
        ("refuse", "grant", {}, PROSECUTOR),
    ],
)
def test_another_decision_on_what_is_decided_is_refused(
    offices: None, first: str, verb: str, body: dict[str, str], login: str
) -> None:
    measure = asked()
    decide(measure, first)
    refused(decide(measure, verb, body, login=login), "wrong_state", 409)
