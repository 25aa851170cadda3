"""Every page opens for a case of any rule set; what a set lacks is neither offered nor done."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from documents.models import Paper
from enforcement.core.card import VERBS
from enforcement.core.sweep import sweep
from enforcement.intake.receiving import receive
from enforcement.models import Case, Presentation
from law.statute import RULE_SETS, statute
from tests.api.asking import Caller, problem
from tests.breadth import at_leisure
from tests.office import DAY, NEXT, act, afresh, paper, refused, user

LISTS = ("today", "sanctions", "supervision", "inbox", "post", "approvals", "search", "intake")
OF_THE_DAY = ("overdue", "due", "arrivals", "waiting", "silent")
PEOPLE: Final = (
    *("clerk", "registrar.ala", "bailiff.ala", "senior.ala", "head.ala", "prosecutor.ala"),
    *("auditor.ala", "administrator", "bailiff.trz"),
)
#: Who sees a case of ALA that a court handed in.
READERS: Final = tuple(each for each in PEOPLE if each not in ("administrator", "bailiff.trz"))
#: Whose pages are walked by every run.
OFTEN: Final = ("bailiff.ala", "prosecutor.ala")
#: What gives a paper another verdict where the set asks no content of it.
FAULTS: Final[dict[str, dict[str, Any]]] = {
    "accept": {},
    "late": {"issued_on": "2021-02-12", "in_force_on": "2021-02-11", "decision_on": "2021-01-11"},
    "wrong_territory": {"debtor": {"city": "Тараз"}},
}
LATER: Final = date(2026, 6, 1)
_LINK: Final = re.compile(r'(?:href|action|data-url)="([^"]+)"')


@pytest.fixture(autouse=True)
def today(offices: None, set_clock: Callable[[date], None]) -> None:
    """The offices, on the day after the arrival."""
    set_clock(NEXT)


@pytest.fixture
def in_force(settings: LazySettings) -> None:
    """Receive what arrives from here on under the law in force."""
    settings.ORYNDAU_RULE_SET = "in_force"


def received_under(rule_set: str, number: int = 1, **changes: Any) -> Presentation:
    """An arrival of the first kind of document that the rule set knows."""
    law = statute(rule_set)
    kind = next(iter(law.kinds())).rule.id
    data = paper(number, **{"type": kind, **changes})
    return receive(data, law=law, on=DAY, by=user("court.system")).presentation


def as_(login: str, language: str = "en") -> Client:
    """The browser of somebody who is signed in and reads in a language."""
    client = Client()
    client.force_login(user(login))
    client.post("/language", {"language": language, "next": "/inbox"})
    return client


def links(page: str, at: str) -> set[str]:
    """Where a page leads to inside the office, forms that change something aside."""
    page = re.sub(r'(?s)<form[^>]*method="post".*?>', "", page)
    found = {urljoin(at, each.replace("&amp;", "&")) for each in _LINK.findall(page)}
    own = (urlsplit(each) for each in found)
    known = {each._replace(fragment="").geturl() for each in own if not each.netloc}
    return {each for each in known if not each.startswith(("/static/", "/sign-out", "mailto:"))}


def walked(login: str, *starts: str) -> dict[str, int]:
    """What every page answers that is reached from these, each opened once."""
    client, found, ahead = as_(login), {}, list(starts)
    while ahead:
        address = ahead.pop()
        answer: Any = client.get(address, follow=True)
        found[address] = answer.status_code
        kind = answer.headers.get("Content-Type", "")
        if answer.status_code < 300 and kind.startswith("text/html"):
            new = links(answer.content.decode(), address) - set(found) - set(ahead)
            ahead += sorted(new)
    return found


# --- Pages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("login", ["bailiff.ala", "senior.ala", "prosecutor.ala", "auditor.ala"])
@pytest.mark.parametrize("rule_set", RULE_SETS)
def test_a_case_opens_with_the_ledger_of_each_of_its_terms(rule_set: str, login: str) -> None:
    case = received_under(rule_set).case
    client = Client()
    client.force_login(user(login))
    terms = case.stream.deadlines.values_list("pk", flat=True)
    addresses = [reverse("case", args=[case.pk])]
    addresses += [reverse("ledger", args=[case.pk, term]) for term in terms]
    for address in addresses:
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("rule_set", RULE_SETS)
def test_the_lists_hold_a_case_of_each_rule_set(rule_set: str) -> None:
    received_under(rule_set)
    client = Client()
    client.force_login(user("senior.ala"))
    addresses = [reverse(name) for name in LISTS]
    addresses += [reverse("today_list", args=[name]) for name in OF_THE_DAY]
    for address in addresses:
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("login", at_leisure(READERS, but=OFTEN))
def test_every_page_that_the_case_leads_to_opens_for_who_reads_it(
    in_force: None, login: str
) -> None:
    arrivals = [
        received_under("in_force", n, **fault) for n, fault in enumerate(FAULTS.values(), start=1)
    ]
    arrivals.append(received_under("in_force", 1, ref="T-again"))
    cases = {each.case for each in arrivals}
    starts = [reverse("case", args=[each.pk]) for each in cases]
    starts += [reverse("what_if", args=[each.pk]) for each in cases]
    found = walked(login, *starts, "/inbox?show=all", "/search?q=7514-26-00-2%2F1")
    assert len(cases) == len(FAULTS)
    assert {where: status for where, status in found.items() if status != 200} == {}
    assert any(where.count("/deadlines/") for where in found)


@pytest.mark.parametrize("login", at_leisure(PEOPLE, but=OFTEN))
def test_no_list_of_the_office_breaks_over_cases_of_both_laws(in_force: None, login: str) -> None:
    law, by = statute("lecture"), user("court.system")
    old = receive(paper("old", verdict="defective"), law=law, on=DAY, by=by).presentation
    act(old, "return_defective")
    for number, fault in enumerate(FAULTS.values(), start=1):
        received_under("in_force", number, **fault)
    client = as_(login)
    addresses = [reverse(name) for name in LISTS]
    addresses += [reverse("today_list", args=[name]) for name in OF_THE_DAY]
    opened = {address for address in addresses if client.get(address).status_code == 200}
    assert set(walked(login, *opened).values()) == {200}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_page_says_all_in_words(language: str) -> None:
    arrival = received_under("in_force")
    sweep(on=LATER)
    page = (
        as_("bailiff.ala", language).get(reverse("case", args=[arrival.case_id])).content.decode()
    )
    law = statute("in_force")
    said = (law.past("received"), law.word("verdicts", "accept"), law.rule("INF-DOC-9-02").title)
    assert all(words.in_(language) in page for words in said)
    text = re.sub(r"(?s)<(script|style).*?</\1>|<[^>]*>", " ", page)
    codes = r"INF-[A-Z0-9-]+|PRES-3Y" + ("" if language == "en" else "|received|expired|accept")
    assert not re.search(rf"\b({codes})\b", text)


@pytest.mark.parametrize("verdict", FAULTS)
def test_what_runs_out_by_itself_leaves_a_page_that_opens(
    verdict: str, set_clock: Callable[[date], None]
) -> None:
    arrival = received_under("in_force", **FAULTS[verdict])
    set_clock(LATER)
    sweep(on=LATER)
    assert set(walked("bailiff.ala", reverse("case", args=[arrival.case_id])).values()) == {200}


# --- What the rule set has no step for -----------------------------------------------------------

TAKEN: Final = sorted(set(VERBS) - {"receive"})


def test_no_step_is_offered_that_the_law_of_the_case_lacks() -> None:
    arrival = received_under("in_force")
    assert not statute("in_force").steps
    for login in READERS:
        page = as_(login).get(reverse("case", args=[arrival.case_id])).content.decode()
        assert "data-verb" not in page
        assert reverse("keep_file", args=[arrival.case_id]) not in page


def test_the_address_of_such_a_step_is_no_page() -> None:
    arrival = received_under("in_force")
    client = as_("head.ala")
    for verb in TAKEN:
        address = f"/cases/{arrival.case_id}/{verb}"
        if verb != "attach":
            assert client.get(address).status_code == 404
            assert client.post(address, {"on": str(NEXT)}).status_code == 404
        assert client.get(f"{address}/preview.kk.pdf").status_code == 404


@pytest.mark.parametrize("verb", [each for each in TAKEN if VERBS[each].machine == "presentation"])
def test_such_a_step_on_the_document_is_refused_whoever_takes_it(verb: str) -> None:
    arrival = afresh(received_under("in_force"))
    asked = {"attach": {"name": "a.pdf", "content": b"%PDF-1.7"}}.get(verb, {})
    for login in ("bailiff.ala", "auditor.ala"):
        with refused("not_in_law", status=409) as found:
            VERBS[verb](arrival, on=NEXT, by=user(login), **asked)
        assert (found.value.verb, found.value.rule_set) == (verb, "in_force")


def test_a_file_that_is_sent_all_the_same_is_refused_on_a_page() -> None:
    arrival = received_under("in_force")
    file = io.BytesIO(b"%PDF-1.7 invented")
    file.name = "a.pdf"
    client = as_("bailiff.ala")
    answer = client.post(reverse("keep_file", args=[arrival.case_id]), {"file": file})
    assert answer.status_code == 409
    assert b'data-refusal="409"' in answer.content


def acted(case: Case, verb: str) -> tuple[int, dict[str, Any]]:
    """`manage.py act` on a case: its exit code and what it printed."""
    said, code = io.StringIO(), 0
    arguments = (case.label, verb, "--by", "head.ala", "--on", str(NEXT), "--json")
    try:
        call_command("act", *arguments, stdout=said)
    except SystemExit as ended:
        code = int(ended.code or 0)
    return code, json.loads(said.getvalue())


def test_the_command_refuses_each_of_them(in_force: None) -> None:
    arrival = received_under("in_force")
    unlisted = {"attach", "dispatch"}
    for verb in sorted(set(TAKEN) - unlisted):
        code, told = acted(arrival.case, verb)
        assert (verb, code, told["code"]) == (verb, 3, "not_in_law")


# --- By the API, and at the door -----------------------------------------------------------------


@pytest.mark.parametrize("view", ["", "/journal", "/deadlines", "/deadlines?explain=1"])
def test_the_api_reads_a_case_of_the_law_in_force(view: str) -> None:
    arrival = received_under("in_force")
    answer = Caller().get(f"/cases/{arrival.case_id}{view}")
    assert answer.status_code == 200
    assert "SEC-" not in answer.content.decode()


def test_a_document_handed_in_under_the_law_in_force_gets_its_verdict(in_force: None) -> None:
    data = paper(type="INF-DOC-9-02")
    answer = Caller().send(data)
    verdict = answer.json()["verdict"]
    assert (answer.status_code, verdict["verdict"]) == (201, "accept")
    assert verdict["rules"] == ["PRES-3Y", "INF-START-11-5", "TERM-EXEC-2M"]
    assert (verdict["voluntary_term"], verdict["completion_months"]) == (False, 2)
    assert Caller().send(data).status_code == 200, "the same again is the same"
    assert Case.objects.get().stream.rule_set == "in_force"


@pytest.mark.parametrize(
    ("login", "changes", "told"),
    [
        ("auditor.ala", {}, (403, "wrong_role")),
        ("court.system", {"type": "DOC-TYPE-01"}, (422, "invalid")),
        ("court.system", {"debtor": {"iin": "850314300123"}}, (422, "invalid")),
    ],
)
def test_what_cannot_be_received_under_it_is_refused_in_words(
    in_force: None, login: str, changes: dict[str, Any], told: tuple[int, str]
) -> None:
    answer = Caller(login).send(paper(**{"type": "INF-DOC-9-02", **changes}))
    assert (answer.status_code, problem(answer)["code"]) == told


def test_the_form_checks_and_registers_under_the_law_in_force(in_force: None) -> None:
    client = as_("registrar.ala")
    page = client.get("/intake").content.decode()
    assert 'value="INF-DOC-9-02"' in page
    assert 'value="DOC-TYPE-01"' not in page
    for asked in ('name="restored.court"', 'name="other_execution.act"', 'value="interruptions"'):
        assert asked in page
    typed = {"type": "INF-DOC-9-02", "case_number": "7514-26-00-2/1", "office": "ALA"}
    assert client.post("/intake/check", typed).status_code == 200
    answer: Any = client.post("/intake", typed, follow=True)
    case = Case.objects.get()
    assert (answer.status_code, answer.redirect_chain) == (200, [(f"/cases/{case.pk}", 302)])
    assert case.stream.rule_set == "in_force"


@pytest.mark.parametrize("first", RULE_SETS)
def test_a_paper_that_comes_again_under_the_other_law_joins_its_case(first: str) -> None:
    second = next(each for each in RULE_SETS if each != first)
    before = received_under(first)
    again = received_under(second, ref="T-again")
    assert (again.case_id, again.verdict["verdict"]) == (before.case_id, "already_received")
    opened = walked("bailiff.ala", reverse("case", args=[before.case_id]))
    assert set(opened.values()) == {200}
    assert set(walked("bailiff.ala", "/inbox?show=all").values()) == {200}


def test_papers_of_another_law_are_sent_under_their_own(in_force: None) -> None:
    law, by = statute("lecture"), user("court.system")
    arrival = receive(paper(verdict="defective"), law=law, on=DAY, by=by).presentation
    act(arrival, "return_defective")
    page = as_("bailiff.ala").get("/post").content.decode()
    assert str(Paper.objects.get().pk) in page
    assert page.count(law.steps["dispatch"].title.en) >= 2
