"""Pages are as fast with fifty thousand cases as with fifty: no query reads a table through."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Office
from documents.models import Paper
from embedded.postgres import SUPERUSER
from enforcement.core.sweep import sweep
from enforcement.models import Case, Presentation, Proceeding, Transfer
from enforcement.post.sending import dispatch
from enforcement.today.context import NAMES
from enforcement.transfer import accept_transfer
from tests import arriving as intake
from tests.course import (
    BANK,
    PROOF,
    WITH_ALIMONY,
    begun,
    do,
    for_verb,
    frozen,
    hand_in,
    initiated,
    now,
)
from tests.enforcement.core.crowd import GROWING, copy
from tests.office import DAY, NEXT, act, arrive, open_offices, user
from tests.platform.database import FreshDatabase
from tests.platform.stage import Stage, connected

#: Histories that have ended, and those that are being lived: in an office most cases are old.
ENDED, LIVED = 3_850, 20
PDF: Final = b"%PDF-1.7 invented"
#: Verbs of intake that end a case, and the verdict each answers.
ANSWERS: Final = (
    ("return_defective", "defective"),
    ("refuse_late", "late"),
    ("send_on", "wrong_territory"),
    ("record_already_received", "already_received"),
)
#: The day the pages are read: two months ran out for some, a silence is long enough for others.
TODAY: Final = DAY + timedelta(days=40)
#: A cursor in the midst of all there is.
SINCE: Final = f"{DAY}_00000000-0000-4000-8000-000000000000_1"
#: How many rows a page of fifty may cost, whatever lies in the tables.
ROWS: Final = 4_000


def ended(number: int, *verbs: str) -> Proceeding:
    """A proceeding that came to its end."""
    proceeding = for_verb(verbs[-1] if verbs else "", number)
    for verb in verbs:
        if verb == "freeze":
            frozen(now(proceeding))
        else:
            do(now(proceeding), verb)
    return now(proceeding)


def histories() -> None:
    """A dozen cases that have ended, each in its way."""
    ended(1, "deliver_offer", "freeze", "suspend", "resume", "terminate")
    paid = ended(2, "deliver_offer", "record_recovery")
    line = paid.case.stream.entries.order_by("-seq")[0].seq
    do(paid, "correct", line=line, authority="own", reason=PROOF)
    do(now(paid), "return_to_claimant")
    ended(3, "send_to_liquidation")
    ended(4, "freeze", "set_four_months", "terminate")
    ended(5, "deliver_offer", "request_freeze", "return_to_claimant")
    office = Office.objects.get(code="TRZ")
    do(ended(6), "transfer", office=office, address="Тараз", act_text=PROOF)
    moved = accept_transfer(Transfer.objects.get(), on=NEXT, by=user("bailiff.trz"))
    finish(moved, by="bailiff.trz")
    sent = Paper.objects.order_by("number")[0]
    proof = {"addressee": BANK, "channel": "registered_mail", "proof": PROOF}
    dispatch(sent, on=NEXT, by=user("bailiff.ala"), **proof)
    coerced(initiated(11))
    maintained(joined(initiated(12, debts=WITH_ALIMONY)))
    for number, (verb, verdict) in enumerate(ANSWERS, start=7):
        arrival = arrive(verdict, number)
        intake.attach(arrival, name="a", content=PDF, on=DAY, by=user("registrar.ala"))
        act(arrival, verb)
        if first := arrival.case.presentations.filter(state="received").first():
            finish(first)


def maintained(proceeding: Proceeding) -> None:
    """A proceeding with payments that come again, and a surplus given back."""
    do(now(proceeding), "set_monthly_sum")
    do(now(proceeding), "record_arrears", amount=Decimal("1.00"))
    do(now(proceeding), "record_recovery", amount="9999999.00")
    do(now(proceeding), "return_surplus")
    do(now(proceeding), "terminate")


def joined(proceeding: Proceeding) -> Proceeding:
    """A proceeding in which others were asked, took part, and one came in another's place."""
    [letter] = do(proceeding, "send_letter")
    do(now(letter), "record_reply")
    do(now(proceeding).presentation, "engage")
    do(now(proceeding), "replace_party")
    return now(proceeding)


def coerced(proceeding: Proceeding) -> None:
    """A proceeding with property, costs, a step put off and a court's respite."""
    for verb in ("secure", "inventory"):
        do(now(proceeding), verb)
    do(do(now(proceeding), "postpone"), "decline", by="senior.ala")
    do(hand_in(now(proceeding), "petition_other"), "answer_submission")
    do(do(now(proceeding).presentation, "supervise"), "return_file")
    do(now(proceeding), "record_deferral", ruled_on=NEXT)
    do(now(proceeding), "end_deferral")
    do(now(proceeding), "record_cost")
    do(now(proceeding), "reimburse_cost", cost=proceeding.costs.get())
    # A return would keep what is secured: it would be live in every copy.
    do(now(proceeding), "terminate")


def finish(arrival: Presentation, *, by: str = "bailiff.ala") -> None:
    """Admit a document and end what began on it."""
    for proceeding in begun(arrival, on=NEXT, by=by):
        do(proceeding, "terminate", by=by)


def at_work() -> Proceeding:
    """Cases on which somebody works; the richest of them."""
    rich = initiated(20)
    do(rich, "deliver_offer")
    frozen(now(rich))
    do(now(rich), "record_recovery")
    initiated(21)
    do(initiated(22), "request_freeze")
    do(initiated(23), "suspend")
    freed = initiated(26)
    frozen(now(freed))
    do(now(freed), "record_recovery", amount="9999999.00")
    arrive("accept", 24)
    arrive("defective", 25)
    return now(rich)


@pytest.fixture
def crowd(
    fresh_database: FreshDatabase, stage: Stage, set_clock: Callable[[date], None]
) -> Proceeding:
    """Fifty thousand cases of one office, some of them open; the one that is looked at."""
    open_offices()
    histories()
    sweep(on=DAY + timedelta(days=3_000))
    dsn = fresh_database.owner_dsn
    if stage.cluster is not None:
        dsn = stage.cluster.dsn(SUPERUSER, fresh_database.name)
    with connected(dsn) as cursor:
        copy(cursor, ENDED, days=1_000)
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        [[mark]] = cursor.fetchall()
        rich = at_work()
        copy(cursor, LIVED, days=30, since=mark)
        sweep(on=TODAY)
        cursor.execute("VACUUM ANALYZE")
    set_clock(TODAY)
    return rich


def pages(rich: Proceeding) -> dict[str, Callable[[], Any]]:
    """What people look at all day."""
    desks = {login: Client() for login in ("bailiff.ala", "senior.ala", "prosecutor.ala", "clerk")}
    for login, desk in desks.items():
        desk.force_login(user(login))
    bailiff, senior, prosecutor, clerk = desks.values()
    copied = Proceeding.objects.filter(case__number__gt=350_000).order_by("case__number")[0].case
    arrival = copied.presentations.get()
    party, document = arrival.participants.get(role="debtor").party, arrival.document
    wrong = party.name_kk.replace("м", "н", 1)
    paper = Paper.objects.filter(entry__stream=copied.stream).order_by("number")[0]
    return {
        "today": lambda: bailiff.get("/today"),
        "case": lambda: bailiff.get(f"/cases/{rich.case_id}"),
        "inbox": lambda: bailiff.get("/inbox"),
        "inbox, all": lambda: bailiff.get("/inbox?show=all"),
        "inbox of a clerk": lambda: clerk.get("/inbox"),
        "outgoing post": lambda: bailiff.get("/post"),
        "outgoing post, further": lambda: bailiff.get(f"/post?after={SINCE}"),
        **{
            f"all {name}": lambda name=name: bailiff.get(f"/today/{name}?after={SINCE}")
            for name in NAMES
        },
        "approvals": lambda: senior.get("/approvals"),
        "sanctions": lambda: prosecutor.get("/sanctions"),
        "supervision": lambda: prosecutor.get("/supervision"),
        "cases": lambda: bailiff.get("/cases"),
        "search by name": lambda: found(bailiff, party.name_kk),
        "search by IIN": lambda: found(bailiff, party.iin),
        "search by name, one letter wrong": lambda: found(bailiff, wrong),
        "search by the beginning of an IIN": lambda: found(bailiff, party.iin[:7]),
        "search by number": lambda: found(bailiff, copied.label),
        "search by number alone": lambda: found(bailiff, str(copied.number)),
        "search by a paper's number": lambda: found(bailiff, f"{paper.number}/{paper.year}"),
        "search by court case": lambda: found(bailiff, document.case_number),
        "search by the end of a court's number": lambda: found(bailiff, document.case_number[-9:]),
        "search by the last group of it": lambda: found(bailiff, document.case_key.split("-")[-1]),
    }


def found(desk: Client, typed: str) -> Any:
    """The page of what a search finds."""
    return desk.get(desk.post("/search", {"q": typed}).url)


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for inner in plan.get("Plans", ()):
        yield from nodes(inner)


def plans(call: Callable[[], Any]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Every SELECT of a page with the nodes of its plan, as it was carried out."""
    call()
    with CaptureQueriesContext(connection) as asked:
        answer = call()
    assert answer.status_code == 200
    with connection.cursor() as cursor:
        for sql in (each["sql"] for each in asked.captured_queries):
            if sql.lstrip("(").startswith("SELECT"):
                cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + sql.replace("%", "%%"), [])
                [[found]] = cursor.fetchall()
                found = json.loads(found) if isinstance(found, str) else found
                yield sql, list(nodes(found[0]["Plan"]))


def read(node: dict[str, Any]) -> float:
    """How many rows a scan touched."""
    dropped = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    scans = node["Node Type"].endswith("Scan") and "Relation Name" in node
    return (node["Actual Rows"] + dropped) * node["Actual Loops"] if scans else 0


def slow(ways: dict[str, Callable[[], Any]]) -> list[tuple[Any, ...]]:
    """Tables read through, and pages that read more rows than they show things."""
    found: list[tuple[Any, ...]] = []
    for name, way in ways.items():
        total = 0.0
        for sql, steps in plans(way):
            through = {
                step["Relation Name"]
                for step in steps
                if step["Node Type"] == "Seq Scan" and step["Relation Name"] in GROWING
            }
            total += sum(map(read, steps))
            found += [(name, "reads through", table, sql[:1500]) for table in sorted(through)]
        if total > ROWS:
            found.append((name, "reads rows", total))
    return found


@pytest.mark.prove
def test_no_page_reads_a_table_through_among_fifty_thousand_cases(
    crowd: Proceeding, owner_cursor: Any
) -> None:
    assert 50_000 <= Case.objects.count() <= 51_000
    ways = pages(crowd)
    assert slow(ways) == []
    # Without its index a search would read every party.
    owner_cursor.execute("DROP INDEX wording_trigram")
    assert ("search by name", "parties_wording") in [
        (name, *rest[1:2]) for name, *rest in slow({"search by name": ways["search by name"]})
    ]
