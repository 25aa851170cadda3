"""A page asks the database as often for twenty cases as for five, and no oftener than measured.

`UPDATE_QUERY_COUNTS=1` writes the numbers of this run down as the new measure.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Office
from documents.models import Paper
from enforcement.core.card import VERBS
from enforcement.core.sweep import sweep
from enforcement.models import Case, Outgoing, Presentation, Transfer
from enforcement.post.sending import dispatch
from enforcement.today.context import NAMES
from tests.api.asking import Caller
from tests.course import (
    ASKS,
    BANK,
    PROOF,
    do,
    evidence,
    for_verb,
    frozen,
    hand_in,
    initiated,
    now,
)
from tests.desk import head_shown
from tests.enforcement.core.ways import ARRIVING, BEFORE, BORN, DECIDERS, FIRST, LODGED
from tests.office import DAY, NEXT, act, arrive, example, receive, user
from tests.office import paper as document

BASELINE: Final = Path(__file__).with_name("query_budgets.json")
#: What a page or a verb may never need, whoever measures it.
MOST: Final = {
    "today": 13,
    "case": 12,
    "a list": 6,
    "search": 8,
    "cases": 8,
    "a verb": 20,
    "a password": 3,
    "an arrival": 34,
}
#: What a verb may need beside for each thing more: a freeze lifted with a paper to the bank;
#: the offer made with the initiation, whose number the register counts by itself; a second debtor's
#: proceeding with its own resolution, offer and term; what moved is told in both offices' cases,
#: the office it came from sees its day, the debtor is found at his new address. An intake corrected
#: is judged anew: by the directory, the other arrivals and the names known, before the document and
#: the person are rewritten; its form lists the issuers, what waits in the post is looked for.
MORE: Final = {
    ", lifting a freeze": 12,
    "initiate": 1,
    ", a second debtor": 10,
    "accept_transfer": 6,
    **dict.fromkeys(("correct_intake", "add_restored_term"), 7),
}
FEW, MANY = 5, 20
#: A cursor before all there is.
AGES_AGO: Final = "1998-07-08_00000000-0000-4000-8000-000000000000_1"
PASSWORD: Final = "Үлгі-құпия-сөз-2026"
#: Statements that carry a transaction and fetch nothing.
CARRYING: Final = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


@pytest.fixture(autouse=True)
def today(offices: None, set_clock: Callable[[date], None]) -> None:
    """The offices, on the day after every arrival."""
    set_clock(NEXT)


def at(login: str) -> Client:
    """Somebody at his screen."""
    client = Client()
    client.force_login(user(login))
    return client


def asked(call: Callable[[], Any]) -> int:
    """How many queries a request takes."""
    with CaptureQueriesContext(connection) as queries:
        answer = call()
    assert answer.status_code in (200, 201, 302), answer.content.decode()[:2000]
    return sum(not each["sql"].startswith(CARRYING) for each in queries.captured_queries)


def within(measured: dict[str, int], *, of: str, most: Callable[[str], int]) -> None:
    """No number above its measure in the file, no measure above what is allowed at all."""
    kept = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}
    if os.environ.get("UPDATE_QUERY_COUNTS"):
        kept[of] = measured
        text = json.dumps(kept, indent=2, sort_keys=True)
        BASELINE.write_text(f"{text}\n", encoding="utf-8")
    known = kept[of]
    assert set(measured) == set(known), "measure them: UPDATE_QUERY_COUNTS=1"
    more = {name: (n, known[name]) for name, n in measured.items() if n > known[name]}
    assert more == {}, "needs more queries than measured before"
    beyond = {name: (n, most(name)) for name, n in known.items() if n > most(name)}
    assert beyond == {}, "needs more queries than it may"


# --- Pages ----------------------------------------------------------------------------------------


def fill(first: int, last: int) -> None:
    """Cases of every kind: waiting, returned, proceedings at work, secured, stopped, ended."""
    verdicts = ("accept", "defective", "late", "wrong_territory")
    for number in range(first, last):
        if number % 3:
            presentation = arrive(verdicts[number % 4], number)
            if number % 4 == 1:
                act(presentation, "return_defective")
            continue
        proceeding = initiated(number)
        do(proceeding, "request_freeze")
        for verb in ("deliver_offer", "suspend", "terminate")[: number // 3 % 4]:
            do(now(proceeding), verb)


def lived() -> Case:
    """A case with all that a page of a case can show."""
    proceeding = initiated("lived")
    do(proceeding, "deliver_offer")
    frozen(now(proceeding))
    do(now(proceeding), "record_recovery")
    do(now(proceeding), "suspend")
    paper = Paper.objects.filter(entry__stream=proceeding.case.stream).first()
    bailiff = at("bailiff.ala")
    bailiff.post("/post", with_head(bailiff, "/post", posted(paper)))
    return proceeding.case


def with_head(client: Client, address: str, form: dict[str, Any]) -> dict[str, Any]:
    """A form with the state of the case its page shows."""
    return {**form, "head": head_shown(client, address, form)}


def posted(paper: Paper | None) -> dict[str, Any]:
    """The form of a paper that leaves the office."""
    sent = {"addressee": BANK, "channel": "registered_mail", "proof": PROOF}
    to = [each["key"] for each in paper.addressees] if paper else []
    return {"paper": paper and paper.pk, "on": NEXT.isoformat(), "to": to, **sent}


def pages(case: Case) -> dict[str, int]:
    """What each page takes once it is warm."""
    bailiff, senior, prosecutor = map(at, ("bailiff.ala", "senior.ala", "prosecutor.ala"))
    clerk = at("clerk")
    debtor = case.presentations.get().participants.get(role="debtor")
    court = case.presentations.get().document.case_number
    address = f"/cases/{case.pk}"
    term = case.stream.deadlines.filter(rule="TERM-EXEC-2M").get()
    ways: dict[str, Callable[[], Any]] = {
        "today": lambda: bailiff.get("/today"),
        **{
            f"all {name}": lambda name=name: bailiff.get(f"/today/{name}?after={AGES_AGO}")
            for name in NAMES
        },
        "case": lambda: bailiff.get(address),
        "case of a senior bailiff": lambda: senior.get(address),
        "ledger of a date": lambda: bailiff.get(f"{address}/deadlines/{term.pk}"),
        "inbox": lambda: bailiff.get("/inbox"),
        "inbox, all": lambda: bailiff.get("/inbox?show=all"),
        "inbox of a clerk": lambda: clerk.get("/inbox"),
        "outgoing post": lambda: bailiff.get("/post"),
        "outgoing post, further": lambda: bailiff.get(f"/post?after={AGES_AGO}"),
        "sanctions": lambda: prosecutor.get("/sanctions"),
        "supervision": lambda: prosecutor.get("/supervision"),
        "approvals": lambda: senior.get("/approvals"),
        "cases": lambda: bailiff.get("/cases"),
        "search by name": lambda: bailiff.post("/search", {"q": debtor.name_kk[:6]}, follow=True),
        "search by IIN": lambda: bailiff.post("/search", {"q": debtor.identifier}, follow=True),
        "search by number": lambda: bailiff.post("/search", {"q": case.label}, follow=True),
        "search by court case": lambda: bailiff.post("/search", {"q": court}, follow=True),
    }
    found = {}
    for name, way in ways.items():
        way()
        found[name] = asked(way)
    return found


def most_of_a_page(name: str) -> int:
    """A case's own pages are allowed what the page of a case is."""
    kind = name.split(maxsplit=1)[0]
    return MOST["case"] if kind in ("case", "ledger") else MOST.get(kind, MOST["a list"])


def test_a_page_takes_as_many_queries_for_twenty_cases_as_for_five() -> None:
    case = lived()
    fill(0, FEW)
    few = pages(case)
    fill(FEW, MANY)
    assert Case.objects.count() == MANY + 1
    assert pages(case) == few
    within(few, of="pages", most=most_of_a_page)


def test_the_page_of_a_case_with_many_arrivals_parties_and_papers() -> None:
    reader = at("bailiff.ala")
    first = arrive("defective", "page")
    alone = asked(lambda: reader.get(f"/cases/{first.case_id}"))
    act(first, "return_defective", on=DAY)
    people = document()["debtors"][0]
    named = [
        {**people, "name": f"Мысалов {n}", "iin": "", "iin_missing_reason": "—"} for n in range(9)
    ]
    debts = [{"claimant": 0, "debtors": [n], "amount": "10.00"} for n in range(9)]
    for n in range(3):
        again = receive(
            document("page", verdict="defective", ref=f"again {n}", debtors=named, debts=debts)
        )
        act(again, "return_defective", on=DAY)
    many = asked(lambda: reader.get(f"/cases/{first.case_id}"))
    assert max(alone, many) <= MOST["case"]
    assert many - alone <= 1, "a page may ask for papers only where there are any"


@pytest.mark.parametrize("view", ["", "/journal", "/deadlines?explain=1"])
def test_a_case_by_the_api(view: str) -> None:
    case = arrive("defective", "page").case_id
    caller = Caller("bailiff.ala")
    address = f"/cases/{case}{view}"
    caller.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert caller.get(address).status_code == 200
    assert len(queries) <= MOST["case"]


# --- Verbs ----------------------------------------------------------------------------------------

#: How long before the rest a proceeding began whose voluntary term is over.
EARLIER: Final = timedelta(days=14)
ELSEWHERE: Final = {"office": "TRZ", "address": "Тараз", "act_text": PROOF}


def thing_for(verb: str, number: str, *, secured: bool = False) -> Any:
    """What the verb is taken on, brought to where it is possible."""
    if verb in ARRIVING:
        arrival = arrive(ARRIVING[verb], number)
        return now(do(arrival, FIRST[verb]) and arrival) if verb in FIRST else arrival
    if verb == "put_right":
        proceeding = initiated(number)
        paper = Paper.objects.filter(entry__stream=proceeding.case.stream).order_by("number")[0]
        dispatch(
            paper, on=NEXT, by=user("bailiff.ala"), addressee=BANK, channel="courier", proof=PROOF
        )
        return proceeding.presentation
    if verb == "foreclose":
        thing = initiated(number, received_on=DAY - EARLIER)
        do(thing, "deliver_offer", on=NEXT - EARLIER)
        sweep(on=NEXT)
        return now(thing)
    thing = for_verb(verb, number)
    if secured:
        frozen(thing)
    if birth := BORN.get(VERBS[verb].machine):
        made = do(thing, birth)
        thing = made[0] if isinstance(made, list) else made
    if VERBS[verb].machine == LODGED:
        checked = verb == "return_file"
        way = do(thing.presentation, "supervise") if checked else hand_in(thing, "petition_other")
        thing = way
    for each in BEFORE.get(verb, ()):
        if each == "overpay":
            do(thing, "record_recovery", amount="9999999.00")
            continue
        do(now(thing), each, by=DECIDERS.get(each, "bailiff.ala"))
    return now(thing)


def form_of(verb: str, thing: Any) -> dict[str, str]:
    """The form of the verb as a person fills it in."""
    given = {"on": NEXT, thing.MACHINE: thing.pk, **ASKS.get(verb, {})}
    for name in ("details", "evidence"):
        given |= {f"{name}.{key}": text for key, text in given.pop(name, {}).items()}
    if verb == "record_recovery":
        given |= {"debt": thing.debtor.debts.get().pk, "amount": "1000.00"}
    if verb in ("set_monthly_sum", "record_arrears"):
        given["debt"] = thing.debtor.debts.get(amount=None).pk
    if verb == "record_performance":
        given["claim"] = thing.debtor.debts.get(amount=None).pk
    if verb in ("record_indexation", "record_new_method"):
        given["debt" if verb == "record_indexation" else "claim"] = thing.debtor.debts.get().pk
    if verb in ("record_deferral", "record_indexation", "record_new_method"):
        given["ruled_on"] = NEXT
    if verb == "record_knowledge":
        begun = thing.case.stream.entries.get(kind="initiated")
        given |= {"line": begun.seq, "known_on": NEXT}
    if verb == "grant_sanction":
        given["number"] = f"С-{thing.pk}"
    if verb == "reimburse_cost":
        given["cost"] = thing.costs.get().pk
    if verb in ("correct", "correct_record"):
        last = thing.case.stream.entries.order_by("-seq")[0]
        given |= {"line": last.seq, "authority": "own", "reason": PROOF}
    if verb == "record_submission":
        given["author"] = "debtors[0]"
    if verb in ("show_file", "take_statement"):
        given["party"] = "debtors[0]"
    if verb == "assign_bailiff":
        given["bailiff"] = user("bailiff.ala").pk
    if verb == "record_objection":
        given["author"] = "claimants[0]"
    if verb == "transfer":
        given |= ELSEWHERE
    if verb == "end_engagement":
        given["engagement"] = thing.engagements.get().pk
    if "ground" in given and "evidence" in VERBS[verb].asks:
        given |= {f"evidence.{key}": text for key, text in evidence(given["ground"]).items()}
    if verb in VERBS and VERBS[verb].card.ends:
        given["password"] = PASSWORD
    many = (list, tuple)
    return {k: ",".join(v) if isinstance(v, many) else str(v) for k, v in given.items()}


def taken(verb: str, number: str, *, secured: bool = False) -> int:
    """What it takes to send the form of a verb."""
    thing = thing_for(verb, number, secured=secured)
    by, address = at(DECIDERS.get(verb, "bailiff.ala")), f"/cases/{thing.case_id}/{verb}"
    form = with_head(by, address, form_of(verb, thing))
    return asked(lambda: by.post(address, form))


def jointly(number: str) -> Presentation:
    """A paper against two debtors."""
    [debt] = document()["debts"]
    debts = [debt | {"debtors": [0, 1], "joint": True}]
    return receive(document(f"{number} two", debtors=example("12")["debtors"], debts=debts))


def passed_on(number: str) -> Transfer:
    """A document on its way to another office."""
    proceeding = initiated(number)
    do(proceeding, "transfer", **ELSEWHERE | {"office": Office.objects.get(code="TRZ")})
    return proceeding.transfer_out


def verbs(number: str) -> dict[str, int]:
    """What every verb takes by its form, and what comes in and goes out beside."""
    signed = [name for name, verb in VERBS.items() if verb.machine and verb.card.listed]
    found = {verb: taken(verb, f"{number} {verb}") for verb in signed}
    for verb in ("terminate", "return_to_claimant"):
        kind = f"{verb}, lifting a freeze"
        found[kind] = taken(verb, f"{number} {kind}", secured=True)
    bailiff, two = at("bailiff.ala"), jointly(number)
    address = f"/cases/{two.case_id}/initiate"
    form = with_head(bailiff, address, form_of("initiate", two))
    found["initiate, a second debtor"] = asked(lambda: bailiff.post(address, form))
    there = at("bailiff.trz")
    for sent in (passed_on(f"{number} first"), passed_on(f"{number} next")):  # a year begins once
        address = f"/transfers/{sent.pk}/accept"
        found["accept_transfer"] = asked(lambda where=address: there.post(where))
    court = Caller()
    found["receive"] = asked(lambda: court.send(document(f"{number} court")))
    case = arrive("accept", f"{number} attach").case
    # The first one on the page: many wait since the same day.
    waits = Outgoing.objects.filter(office__code="ALA").order_by("issued_on", "paper")
    paper = waits.select_related("paper")[0].paper
    leaves = with_head(bailiff, "/post", posted(paper))
    found["dispatch"] = asked(lambda: bailiff.post("/post", leaves))
    scan, where = SimpleUploadedFile("scan.pdf", b"%PDF-1.7 invented"), f"/cases/{case.pk}/attach"
    handed_in = with_head(bailiff, where, {"file": scan})
    found["attach"] = asked(lambda: bailiff.post(where, handed_in))
    return found


def test_a_verb_takes_as_many_queries_among_twenty_cases_as_among_five() -> None:
    person = user("bailiff.ala")
    person.set_password(PASSWORD)
    person.save()
    fill(0, FEW)
    few = verbs("few")
    fill(FEW, MANY)
    assert verbs("many") == few
    within(few, of="verbs", most=most_of_a_verb)


def most_of_a_verb(name: str) -> int:
    """Twenty, and what each thing more may need."""
    if name == "receive":  # a case, its parties and debts, none of which was there before
        return MOST["an arrival"]
    # Who signs an end is asked for his password before, and the attempt is kept whatever follows.
    verb = VERBS.get(name.partition(",")[0])
    signed = MOST["a password"] if verb and verb.card.ends else 0
    return MOST["a verb"] + signed + sum(n for what, n in MORE.items() if name.endswith(what))
