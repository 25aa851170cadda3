"""A paper has left when everybody it goes to was sent it, in time or late."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from importlib import import_module
from typing import Any, Final

import pytest
from django.db import connection
from django.test import Client

from documents.models import Paper
from enforcement.models import Dispatch, Outgoing, Proceeding
from enforcement.post.sending import dispatch, send_by
from enforcement.today.lists import SHOWN, day_of
from law.statute import statute
from tests.course import BANK, PROOF, do, evidence, for_verb, initiated, sound
from tests.desk import Desk
from tests.office import NEXT, act, arrive, refused, user

HOW: Final[dict[str, Any]] = {"channel": "registered_mail", "proof": PROOF}
ENDED: Final = {"ground": "TERMN-05", "evidence": evidence("TERMN-05")}


@pytest.fixture(autouse=True)
def today(offices: None, set_clock: Callable[[date], None]) -> None:
    """The offices, on the day the papers are issued."""
    set_clock(NEXT)


def issued(verb: str = "suspend", number: int | str = 1, **given: Any) -> Paper:
    """The paper of a step."""
    do(for_verb(verb, number), verb, **given)
    return Paper.objects.filter(kind=verb).latest("number")


def send(paper: Paper, *to: str, on: date = NEXT, by: str = "bailiff.ala", **told: Any) -> Dispatch:
    """Send a paper to those of its addressees."""
    entry = dispatch(paper, to=to, on=on, by=user(by), **{**HOW, **told})
    return entry.dispatch


def waits(paper: Paper) -> list[str]:
    """Who still waits for a paper, by key."""
    found = Outgoing.objects.filter(paper=paper)
    return [each["key"] for row in found for each in row.waiting]


def desk(login: str = "bailiff.ala", language: str = "kk") -> Client:
    """Somebody's screen."""
    client = Desk(headers={"accept-language": language})
    client.force_login(user(login))
    return client


def form(paper: Paper, *to: str, **told: Any) -> dict[str, Any]:
    """The form of a paper that leaves, as typed."""
    return {"paper": str(paper.pk), "to": to, "on": NEXT.isoformat(), **HOW, **told}


# --- Addressees -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "given", "keys"),
    [
        ("suspend", {}, ["claimants.0", "debtors.0"]),
        ("terminate", ENDED, ["issuer", "claimants.0", "debtors.0"]),
        ("send_to_liquidation", {}, ["commission", "claimants.0", "debtors.0"]),
        ("secure", {}, ["claimants.0", "debtors.0"]),
        (
            "secure",
            {
                "kind": "SEC-07",
                "target": "third_party_obligations",
                "addressee": "Қарыз алушы",
                "details": {},
            },
            ["addressee", "claimants.0", "debtors.0"],
        ),
    ],
)
def test_a_paper_goes_to_whom_its_text_names(
    verb: str, given: dict[str, Any], keys: list[str]
) -> None:
    paper = issued(verb, **given)
    assert [each["key"] for each in paper.addressees] == keys
    assert waits(paper) == keys
    names = {each["key"]: (each["kk"], each["ru"]) for each in paper.addressees}
    debtor = Proceeding.objects.get().debtor
    assert names["debtors.0"] == (debtor.name_kk, debtor.name_ru)


def test_a_document_returned_goes_back_to_the_court_and_is_told_to_the_claimant() -> None:
    act(arrive("defective"), "return_defective")
    paper = Paper.objects.get()
    assert [each["key"] for each in paper.addressees] == ["issuer", "claimants.0"]


@pytest.mark.rule("TERM-SEND-1D")
def test_a_paper_waits_until_everybody_was_sent_it() -> None:
    paper = issued()
    send(paper, "debtors.0")
    assert waits(paper) == ["claimants.0"]
    send(paper, "debtors.0")  # once more: another record, and no harm
    assert waits(paper) == ["claimants.0"]
    send(paper, "claimants.0")
    assert not Outgoing.objects.filter(paper=paper).exists()
    send(paper, "claimants.0")
    assert paper.dispatches.count() == 4
    sound()


def test_one_sending_may_go_to_several_and_its_line_names_nobody() -> None:
    paper = issued()
    sent = send(paper, "debtors.0", "claimants.0", addressee="Мұрагер")
    assert (sent.to, sent.addressee) == (["claimants.0", "debtors.0"], "Мұрагер")
    assert not Outgoing.objects.filter(paper=paper).exists()
    said = str(sent.entry.body)
    assert "debtors.0" in said
    assert not [n for each in paper.addressees for n in (each["kk"], each["ru"]) if n in said]
    assert "Мұрагер" not in said


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_an_addressee_typed_by_name_is_the_one_the_paper_names(language: str) -> None:
    paper = issued()
    send(paper, addressee=paper.addressees[0][language])
    assert waits(paper) == ["debtors.0"]
    send(paper, addressee=BANK)
    assert waits(paper) == ["debtors.0"]


@pytest.mark.parametrize(
    ("to", "told", "code"),
    [
        ((), {}, "evidence_missing"),
        ((), {"addressee": "  "}, "evidence_missing"),
        (("claimants.0",), {"proof": " "}, "evidence_missing"),
        (("issuer",), {}, "invalid"),
        (("claimants.0", "claimants.9"), {}, "invalid"),
        (("claimants.0",), {"channel": "pigeon"}, "invalid"),
        (("claimants.0",), {"addressee": "а" * 301}, "invalid"),
    ],
)
def test_a_sending_that_says_too_little_is_refused(
    to: tuple[str, ...], told: dict[str, str], code: str
) -> None:
    paper = issued()
    with refused(code, status=422):
        send(paper, *to, **told)
    assert waits(paper) == ["claimants.0", "debtors.0"]


def test_papers_sent_before_wait_for_the_rest() -> None:
    two, one, none, other = (issued(number=n) for n in ("two", "one", "none", "other"))
    for key in ("kk", "ru"):
        send(two, addressee=two.addressees[key == "ru"][key])
    send(one, addressee=one.addressees[1]["kk"])
    send(other, addressee="Бөтен")
    before = sorted(Outgoing.objects.values_list("paper", "office", "kind", "issued_on"))
    fill = import_module("enforcement.migrations.0007_every_addressee").FILL
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM enforcement_outgoing")
        cursor.execute(fill)
    assert sorted(Outgoing.objects.values_list("paper", "office", "kind", "issued_on")) == before
    assert (waits(two), waits(one)) == ([], ["claimants.0"])
    assert len(waits(none)) == len(waits(other)) == 2


# --- The last day ---------------------------------------------------------------------------------


@pytest.mark.rule("TERM-SEND-1D")
@pytest.mark.parametrize(
    ("kind", "on", "by"),
    [
        ("suspend", "2026-03-11", "2026-03-12"),
        ("terminate", "2026-03-13", "2026-03-16"),  # a Friday: over the weekend
        ("transfer", "2026-03-20", "2026-03-26"),  # Nauryz, and the days moved after it
        ("return_to_claimant", "2026-03-14", "2026-03-16"),
        ("resume", "2026-03-11", "2026-03-12"),
        ("initiate", "2026-03-11", None),  # no such term is known for other papers
        ("return_defective", "2026-03-11", None),
    ],
)
def test_a_paper_leaves_on_its_day_or_the_next_working_day(
    kind: str, on: str, by: str | None
) -> None:
    assert send_by(statute("lecture"), kind, date.fromisoformat(on)) == (
        by and date.fromisoformat(by)
    )


@pytest.mark.rule("TERM-SEND-1D")
@pytest.mark.parametrize(("days", "late"), [(0, 0), (1, 0), (2, 1), (30, 1)])
def test_today_tells_how_many_papers_are_late(
    set_clock: Callable[[date], None], days: int, late: int
) -> None:
    paper = issued()
    on = NEXT + timedelta(days=days)
    set_clock(on)
    day = day_of(user("bailiff.ala"), today=on, language="kk")
    # The initiation and its offer wait too, and have no such term.
    assert (day.unsent, day.late) == (3, late)
    page = desk().get("/today").content.decode()
    assert ("оның ішінде кешіккені: 1" in page) is bool(late)
    shown = desk().get("/post").content.decode()
    assert shown.count('data-deadline="TERM-SEND-1D" data-due="2026-03-12"') == 1
    assert ('data-tone="bad"' in shown.partition("data-paper")[2]) is bool(late)
    send(paper, "claimants.0", "debtors.0", on=on)
    assert day_of(user("bailiff.ala"), today=on, language="kk").late == 0


# --- The page -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "words"), [("kk", "Басқа алушы"), ("ru", "Другой адресат")])
def test_the_page_offers_those_who_wait_all_ticked(language: str, words: str) -> None:
    paper = issued()
    send(paper, "claimants.0")
    page = desk(language=language).get("/post").content.decode()
    row = page.partition(f'data-paper="{paper.pk}"')[2].partition("</li>")[0]
    assert row.count('name="to"') == row.count(" checked") == 1
    assert 'value="debtors.0" checked' in row
    assert paper.addressees[1][language] in row
    assert words in row


def test_the_form_sends_to_all_that_are_ticked_and_the_register_names_them() -> None:
    paper = issued()
    answer = desk().post("/post", form(paper, "claimants.0", "debtors.0", addressee=BANK))
    assert answer.status_code == 302
    assert waits(paper) == []
    for language in ("kk", "ru"):
        page = desk(language=language).get("/post").content.decode()
        named = page.partition('id="register-title"')[2]
        assert [each[language] in named for each in paper.addressees] == [True, True]
        assert "Үлгі Банкі" in named


def test_a_refused_form_keeps_what_was_typed() -> None:
    paper = issued()
    typed = form(paper, "debtors.0", addressee="Мұрагер", on="2099-01-01")
    answer = desk().post("/post", typed)
    page = answer.content.decode()
    row = page.partition(f'data-paper="{paper.pk}"')[2].partition("</li>")[0]
    assert answer.status_code == 422
    assert 'value="debtors.0" checked' in row
    assert 'value="claimants.0" checked' not in row
    assert 'value="Мұрагер"' in row


def test_papers_that_wait_are_shown_to_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("enforcement.facts.pagination.PAGE", 2)
    papers = {str(issued(number=n).pk) for n in range(3)}
    papers |= set(map(str, Paper.objects.exclude(pk__in=papers).values_list("pk", flat=True)))
    seen, pages = walked("/post", "data-paper")
    assert sorted(seen) == sorted(papers)
    assert pages == 5


# --- Lists to their end ---------------------------------------------------------------------------


def walked(address: str, mark: str) -> tuple[list[str], int]:
    """What is marked so on all pages from this one on, and how many pages there are."""
    seen: list[str] = []
    pages, after = 0, ""
    while pages == 0 or after:
        page = desk().get(f"{address}?after={after}").content.decode()
        shown = page.partition('id="register-title"')[0]
        seen += [each.partition('"')[0] for each in shown.split(f'{mark}="')[1:]]
        link = re.search(r'class="button" href="\?after=([^"]+)"', page)
        after = link[1] if link else ""
        pages += 1
        assert pages < 20, "it never ends"
    return seen, pages


def crowd(count: int) -> None:
    """Cases with something in every list."""
    for number in range(count):
        do(initiated(f"proceeding {number}"), "request_freeze")
        arrive("accept", f"arrival {number}")


@pytest.mark.parametrize(
    ("name", "days", "count"),
    [
        ("overdue", 30, 3),
        ("due", 0, 3),
        ("arrivals", 0, 3),
        ("waiting", 0, 3),
        ("silent", 30, 3),
    ],
)
def test_a_list_of_the_day_is_shown_to_its_end(
    monkeypatch: pytest.MonkeyPatch,
    set_clock: Callable[[date], None],
    name: str,
    days: int,
    count: int,
) -> None:
    monkeypatch.setattr("enforcement.facts.pagination.PAGE", 2)
    crowd(3)
    set_clock(NEXT + timedelta(days=days))
    seen, pages = walked(f"/today/{name}", "data-case")
    assert (len(seen), len(set(seen))) == (count, count)
    assert pages == (count + 1) // 2


def test_a_full_list_leads_to_the_whole_one(monkeypatch: pytest.MonkeyPatch) -> None:
    crowd(2)
    assert "/today/waiting" not in desk().get("/today").content.decode()
    for module in ("lists", "context"):
        monkeypatch.setattr(f"enforcement.today.{module}.SHOWN", 2)
    page = desk().get("/today").content.decode()
    assert 'href="/today/waiting"' in page
    # Both arrivals stand among the duties: the list is told there, and is whole all the same.
    assert desk().get("/today/arrivals").content.decode().count("data-case") == 2
    assert SHOWN == 20


@pytest.mark.parametrize(
    "after", ["x", "_", "2026-03-11", "2026-13-40_x", "2026-03-11_x_1", "2026-03-11__9e9", "\0"]
)
@pytest.mark.parametrize("name", ["overdue", "arrivals", "waiting", "silent"])
def test_a_cursor_that_is_none_begins_anew(name: str, after: str) -> None:
    answer = desk().get(f"/today/{name}", {"after": after})
    assert answer.status_code == 200
    assert desk().get("/post", {"after": after, "before": after}).status_code == 200


@pytest.mark.parametrize(
    ("login", "name", "status"),
    [
        ("bailiff.ala", "nothing", 404),
        ("clerk", "waiting", 404),
        ("prosecutor.ala", "waiting", 404),
        ("head.ala", "waiting", 200),
    ],
)
def test_whose_the_lists_are(login: str, name: str, status: int) -> None:
    assert desk(login).get(f"/today/{name}").status_code == status


def test_another_office_s_lists_are_not_shown() -> None:
    crowd(1)
    for name in ("due", "arrivals", "waiting"):
        assert "data-case" not in desk("bailiff.trz").get(f"/today/{name}").content.decode()
    assert "data-paper" not in desk("bailiff.trz").get("/post").content.decode()
