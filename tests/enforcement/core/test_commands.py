"""Steps by command: the same calls as the screens make, with the same answers and refusals."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import User
from deadlines.models import Deadline
from documents.models import Paper
from enforcement.core.sweep import sweep
from enforcement.models import Presentation
from journal.models import Entry
from tests.course import initiated
from tests.office import (
    DAY,
    NEXT,
    act,
    afresh,
    arrive,
    census,
    lines,
    open_offices,
    paper,
    receive,
    terms,
    user,
)
from tests.platform.database import FreshDatabase

DUE = date(2026, 3, 13)


def run(*arguments: str) -> tuple[int, Any]:
    """Run a command with --json: its exit code and what it printed."""
    said, code = io.StringIO(), 0
    try:
        call_command(*arguments, "--json", stdout=said)
    except SystemExit as ended:
        code = int(ended.code or 0)
    return code, json.loads(said.getvalue())


def step(case: str, verb: str, *values: str, by: str, on: date = NEXT) -> tuple[int, Any]:
    """`manage.py act`."""
    return run("act", case, verb, *values, "--by", by, "--on", on.isoformat())


def written(folder: Path, data: dict[str, Any]) -> str:
    """A document as an argument of the command."""
    file = folder / "document.json"
    file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return f"document={file}"


@pytest.mark.rule("TERM-DEFECT-3D", "DEFECT-03")
def test_a_paper_arrives_and_is_returned_by_command(offices: None, tmp_path: Path) -> None:
    code, received = step(
        "-", "receive", written(tmp_path, paper(verdict="defective")), by="clerk", on=DAY
    )
    assert code == 0
    assert set(received) >= {"case", "state", "entry", "papers", "deadlines"}
    assert (received["number"], received["state"]) == ("ALA-2026-00001", "received")
    assert (received["entry"]["kind"], received["papers"]) == ("received", [])
    assert [(d["rule"], d["due_on"], d["status"]) for d in received["deadlines"]] == [
        ("TERM-DEFECT-3D", DUE.isoformat(), "running")
    ]
    code, returned = step(received["number"], "return_defective", by="bailiff.ala")
    assert (code, returned["case"]) == (0, received["case"])
    assert (returned["state"], returned["entry"]["kind"]) == ("returned_defective",) * 2
    assert [(p["kind"], p["number"]) for p in returned["papers"]] == [
        ("return_defective", "1/2026")
    ]
    assert str(Paper.objects.get().pk) == returned["papers"][0]["id"]


@pytest.mark.rule("ELEM-STD-03", "TERM-DEFECT-3D")
@pytest.mark.parametrize("beside", [True, False], ids=["beside the file", "in the file"])
def test_the_day_a_paper_came_is_told_by_command_too(
    offices: None, tmp_path: Path, beside: bool
) -> None:
    told = {} if beside else {"received_on": DAY.isoformat()}
    file = written(tmp_path, paper(verdict="defective", **told))
    values = [file, f"received_on={DAY}"] if beside else [file]
    code, received = step("-", "receive", *values, by="registrar.ala", on=NEXT)
    arrived = Presentation.objects.get(case=received["case"])
    assert (code, arrived.received_on) == (0, DAY)
    assert [each["due_on"] for each in received["deadlines"]] == [DUE.isoformat()]
    code, refusal = step("-", "receive", *values, by="clerk", on=NEXT)
    assert (code, refusal["errors"]) == (3, [{"field": "received_on", "code": "office_only"}])
    code, refusal = step("-", "receive", file, "recieved_on=1", by="registrar.ala", on=NEXT)
    assert (code, refusal["errors"]) == (3, [{"field": "recieved_on", "code": "unknown"}])


@pytest.mark.parametrize("named", ["id", "number"])
def test_a_case_is_named_by_its_id_or_its_number(offices: None, named: str) -> None:
    presentation = arrive("late")
    name = str(presentation.case_id) if named == "id" else presentation.case.label
    code, answer = step(name, "refuse_late", by="head.ala")
    assert (code, answer["state"]) == (0, "refused_late")


@pytest.mark.parametrize(
    ("by", "verb", "on", "said"),
    [
        ("bailiff.trz", "refuse_late", NEXT, (404, "not_found")),
        ("auditor.ala", "refuse_late", NEXT, (403, "wrong_role")),
        ("bailiff.ala", "refuse_late", NEXT, (422, "verdict_differs")),
        ("bailiff.ala", "return_defective", date(2026, 3, 9), (422, "date_before_last")),
        ("bailiff.ala", "return_defective", date(2999, 1, 1), (422, "date_in_future")),
    ],
)
def test_a_refusal_is_told_in_keys_and_exits_3(
    offices: None, by: str, verb: str, on: date, said: tuple[int, str]
) -> None:
    presentation = arrive("defective")
    before = census()
    ended, refusal = step(presentation.case.label, verb, by=by, on=on)
    assert (ended, refusal["status"], refusal["code"]) == (3, *said)
    assert set(refusal) == {"code", "status", "rule", "facts", "errors", "possible"}
    assert census() == before


def test_an_unreadable_paper_is_refused_by_command(offices: None, tmp_path: Path) -> None:
    before = census()
    bad = written(tmp_path, paper(debtor={"iin": "850314300123"}))
    ended, refusal = step("-", "receive", bad, by="clerk", on=DAY)
    assert (ended, refusal["code"]) == (3, "invalid")
    assert refusal["errors"] == [{"field": "debtors[0].iin", "code": "check_digit"}]
    assert census() == before


@pytest.mark.parametrize("case", ["ALA-2026-99999", "ALA-2026-x", "nowhere", "-"])
def test_an_unknown_case_is_a_refusal_too(offices: None, case: str) -> None:
    ended, refusal = step(case, "refuse_late", by="bailiff.ala")
    assert (ended, refusal["status"]) == (3, 404)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ALA-2026-00001", "forgive", "--by", "bailiff.ala"], "no such verb: forgive"),
        (["ALA-2026-00001", "send_on", "--by", "nobody"], "no such user: nobody"),
        (["-", "receive", "--by", "clerk"], "document=FILE"),
        (["-", "receive", "document=/nowhere/at/all", "--by", "clerk"], "document=FILE"),
    ],
)
def test_a_command_that_cannot_be_meant_says_so(
    offices: None, arguments: list[str], words: str
) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("act", *arguments, "--on", NEXT.isoformat())


def test_of_several_arrivals_a_step_takes_the_one_it_answers(offices: None) -> None:
    first = arrive("defective")
    second = receive(paper(verdict="defective", ref="T-2"))
    assert second.verdict["verdict"] == "already_received"
    assert step(first.case.label, "return_defective", by="bailiff.ala")[0] == 0
    assert step(first.case.label, "record_already_received", by="registrar.ala")[0] == 0
    assert afresh(first).state == "returned_defective"
    assert afresh(second).state == "already_received"


@pytest.mark.rule("TERM-DEFECT-3D")
def test_a_sweep_tells_what_ran_out_once_and_dates_it_on_the_last_day(offices: None) -> None:
    late, waiting = arrive("defective", 1), arrive("defective", 2, on=DAY + timedelta(days=20))
    met = arrive("defective", 3)
    act(met, "return_defective", on=DUE)
    on = DUE + timedelta(days=3)
    expected = {"on": on.isoformat(), "due": 1, "expired": 1, "already": 0}
    assert run("sweep", "--on", on.isoformat()) == (0, expected)
    assert lines(late) == [("received", "2026-03-10"), ("expired", "2026-03-13")]
    assert terms(late)["TERM-DEFECT-3D"] == ("2026-03-13", "expired")
    assert terms(waiting)["TERM-DEFECT-3D"][1] == "running"
    assert terms(met)["TERM-DEFECT-3D"] == ("2026-03-13", "met")
    entry = Entry.objects.get(kind="expired")
    assert (entry.by, entry.state_after) == (None, "")
    scope = f"presentation:{late.pk}"
    assert entry.facts == {"rule": "TERM-DEFECT-3D", "scope": scope, "due_on": "2026-03-13"}
    before = census()
    assert run("sweep", "--on", on.isoformat()) == (
        0,
        {"on": on.isoformat(), "due": 0, "expired": 0, "already": 1},
    )
    assert census() == before


@pytest.mark.parametrize(("after", "expired"), [(0, 0), (1, 1)])
def test_a_term_runs_out_after_its_last_day_not_on_it(
    offices: None, after: int, expired: int
) -> None:
    arrive("defective")
    on = DUE + timedelta(days=after)
    assert run("sweep", "--on", on.isoformat())[1]["expired"] == expired


def test_a_sweep_without_a_day_asks_the_clock(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    arrive("defective")
    set_clock(DUE + timedelta(days=1))
    assert run("sweep") == (0, {"on": "2026-03-14", "due": 1, "expired": 1, "already": 0})


def test_a_sweep_holds_a_bounded_number_of_cases_at_once(fresh_database: FreshDatabase) -> None:
    open_offices()
    for number in range(3):
        arrive("defective", number)
    assert sweep(on=date(2026, 4, 1), batch=2).expired == 3
    batches = Counter(Entry.objects.filter(kind="expired").values_list("xid", flat=True))
    assert sorted(batches.values()) == [1, 2]


def test_a_step_dated_in_time_but_taken_after_the_sweep_still_meets_its_term(
    offices: None,
) -> None:
    presentation = arrive("defective")
    run("sweep", "--on", "2026-03-20")
    act(presentation, "return_defective", on=DUE)
    assert terms(presentation)["TERM-DEFECT-3D"] == ("2026-03-13", "met")


def test_a_step_taken_too_late_does_not_hide_that_the_term_ran_out(offices: None) -> None:
    presentation = arrive("defective")
    act(presentation, "return_defective", on=DUE + timedelta(days=1))
    assert terms(presentation)["TERM-DEFECT-3D"] == ("2026-03-13", "expired")


def check() -> tuple[int, Any]:
    """`manage.py recompute_deadlines --check`."""
    return run("recompute_deadlines", "--check")


def tamper(change: str) -> None:
    """Change the stored terms behind the fold's back."""
    with connection.cursor() as cursor:
        cursor.execute(change)


@pytest.mark.parametrize(
    ("change", "stored", "folded"),
    [
        ("UPDATE deadlines_deadline SET due_on = due_on + 1", "2026-03-14", "2026-03-13"),
        ("UPDATE deadlines_deadline SET status = 'met'", "2026-03-13", "2026-03-13"),
        ("UPDATE deadlines_deadline SET starts_on = starts_on - 1", "2026-03-13", "2026-03-13"),
        ("UPDATE deadlines_deadline SET calendar = 'x'", "2026-03-13", "2026-03-13"),
        ("DELETE FROM deadlines_deadline", None, "2026-03-13"),
    ],
    ids=["day", "status", "start", "calendar", "gone"],
)
def test_a_row_that_is_not_the_fold_is_found_and_mended(
    offices: None, change: str, stored: str | None, folded: str
) -> None:
    presentation = arrive("defective")
    assert check() == (0, {"cases": 1, "deadlines": 1, "differences": []})
    sound = list(Deadline.objects.values())
    tamper(change)
    code, found = check()
    assert code == 1
    assert found["differences"] == [
        {
            "case": str(presentation.case_id),
            "rule": "TERM-DEFECT-3D",
            "scope": f"presentation:{presentation.pk}",
            "stored": stored,
            "folded": folded,
        }
    ]
    assert check()[0] == 1, "a check mends nothing"
    assert run("recompute_deadlines")[0] == 0
    assert check()[1]["differences"] == []
    kept = [{**row, "id": None} for row in Deadline.objects.values()]
    assert kept == [{**row, "id": None} for row in sound]


def test_a_row_too_many_is_found(offices: None) -> None:
    arrive("defective")
    extra = Deadline.objects.get()
    extra.pk, extra.rule = None, "TERM-OFFER-3D"
    Deadline(
        **{f.name: getattr(extra, f.name) for f in Deadline._meta.fields if f.name != "id"}
    ).save()
    code, found = check()
    assert (code, [each["folded"] for each in found["differences"]]) == (1, [None])


@pytest.mark.parametrize(
    ("amount", "told"),
    [
        ("-5", "out_of_range"),
        ("0", "out_of_range"),
        ("250,000", "format"),
        ("1e3", "format"),
        ("٣٠٠", "format"),
        ("", "required"),
        ("9" * 400, "out_of_range"),
        ("x" * 4000, "format"),
    ],
)
def test_a_sum_that_can_be_none_is_refused_by_its_field(
    offices: None, amount: str, told: str
) -> None:
    case = initiated().case
    code, answer = step(case.label, "record_recovery", f"amount={amount}", by="bailiff.ala")
    assert (code, answer["code"]) in ((3, "invalid"), (3, "above_balance"))
    assert [each["code"] for each in answer["errors"] if each["field"] == "amount"] == [told]


def test_only_a_demo_gets_an_invented_office(
    fresh_database: FreshDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "DEMO", False)
    with pytest.raises(CommandError, match="not a demo"):
        call_command("demo_office")
    assert not User.objects.exists()


def test_logins_are_found_however_they_are_written(offices: None) -> None:
    presentation = arrive("late")
    code, _answer = step(presentation.case.label, "refuse_late", by="Bailiff.ALA")
    assert code == 0
    assert Entry.objects.get(kind="refused_late").by == user("bailiff.ala")


@pytest.mark.parametrize(
    ("given", "unknown"),
    [
        (["recieved_on=2026-03-10"], ["recieved_on"]),
        (["outcme=delivered", "proceeding=1"], ["outcme"]),
        (["evidence.proof=1"], ["evidence.proof"]),
    ],
)
def test_a_key_that_nothing_asks_is_refused(
    offices: None, given: list[str], unknown: list[str]
) -> None:
    proceeding = initiated()
    told = ["channel=in_person", "outcome=delivered", "proof=№ 1"]
    code, said = step(proceeding.case.label, "deliver_offer", *told, *given, by="bailiff.ala")
    assert (code, said["code"]) == (3, "invalid")
    errors = [(each["field"], each["code"]) for each in said["errors"]]
    assert errors == [(name, "unknown_field") for name in unknown]
