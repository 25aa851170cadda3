"""A running office is asked over the wire, CSRF and all: no fault once found has come back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import count
from typing import Any, Final
from uuid import uuid4

import pytest
from pytest_django.plugin import DjangoDbBlocker

from accounts.models import ApiToken
from enforcement.models import Measure
from journal.models import Reading
from tests.api.door import BASE, Answer, Door
from tests.course import do, initiated, now
from tests.office import paper, user
from tests.platform.database import point_django_at
from tests.platform.live import LiveOffice
from tests.platform.stage import Stage

_numbers: Final = count(9_000)
#: A number of the prosecutor's that nobody had.
_acts: Final = count(70_000)


@pytest.fixture(scope="module")
def door(
    live_office: LiveOffice, django_db_blocker: DjangoDbBlocker, stage: Stage
) -> Iterator[Door]:
    """Give the door of the running office, whose database the tests look into."""
    with django_db_blocker.unblock():
        point_django_at(live_office.environ["DATABASE_URL"])
        try:
            yield Door(live_office)
        finally:
            point_django_at(stage.app_dsn(stage.test_database))


def asked(**given: Any) -> Measure:
    """A freeze that waits for its sanction."""
    measure: Measure = do(initiated(next(_numbers)), "request_freeze", **given)
    return measure


def document(**changes: Any) -> dict[str, Any]:
    """A sound paper of its own."""
    return paper(next(_numbers), application=None, **changes)


def act() -> dict[str, str]:
    """A sanction's number of its own."""
    return {"number": f"P-{next(_acts)}"}


def decision_with_a_strange_field(door: Door) -> None:
    measure = asked()
    at = f"/sanctions/{measure.pk}/grant"
    for body in ({"decision": "refuse"}, {**act(), "reason": "x"}):
        assert door.post(at, body).says() == (422, "invalid")
    assert now(measure).state == "requested"


def body_in_pieces(door: Door) -> None:
    measure = asked()
    body = json.dumps({"number": "CHUNKED"}).encode()
    headers = {"Transfer_Encoding": "chunked", "Content_Type": "application/json"}
    pieces = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    for path in (f"/sanctions/{measure.pk}/grant", "/executive-documents"):
        who = "prosecutor" if "grant" in path else "court"
        assert door.post(path, pieces, who=who, **headers).says() == (411, "bad_request")
    assert now(measure).state == "requested"


def list_that_goes_on(door: Door) -> None:
    wanted = {str(asked().pk) for _ in range(3)}
    path, seen = "/sanctions?limit=2", []
    while path:
        page = door.get(path).json()
        assert len(page["results"]) <= 2
        seen += [row["id"] for row in page["results"]]
        path = (page["next"] or "").partition(BASE)[2]
    assert wanted <= set(seen)
    assert len(seen) == len(set(seen))
    assert door.get(f"/sanctions/{seen[0]}").json()["id"] == seen[0]


def parameter_nobody_knows(door: Door) -> None:
    known = f"/cases/{asked().case_id}"
    for path in (
        "/sanctions?state=banana",
        "/sanctions?stat=requested",
        "/sanctions?limit=0",
        "/sanctions?limit=x",
        "/sanctions?after=x",
        "/sanctions?format=json",
        f"{known}?x=1",
        f"{known}/journal?after=x",
        f"{known}/deadlines?explain=banana",
        f"/sanctions/{uuid4()}?x=1",
    ):
        assert (path, *door.get(path).says()) == (path, 422, "invalid")
    assert door.post("/executive-documents?x=1", document(), who="court").status == 422


def address_that_is_not_there(door: Door) -> None:
    for base, path in (
        *(("/api", ""), ("/api", "/"), ("/api", "/v2/sanctions"), ("/api/v1", "")),
        *((BASE, each) for each in ("/", "/nothing", "/sanctions/", "/executive-documents/")),
        *((BASE, each) for each in ("/sanctions/1", "/sanctions/x/grant", "/papers/1.pdf")),
        *((BASE, each) for each in ("/%00", "/..%2f..%2fetc/passwd")),
    ):
        for method in ("GET", "POST", "PUT", "DELETE"):
            found = door.ask(method, path, {} if method != "GET" else None, base=base)
            assert (method, base + path, *found.says()) == (method, base + path, 404, "not_found")
            stranger = door.ask(method, path, base=base, who="")
            assert stranger.says() == (401, "not_authenticated"), (method, path)


def nothing_where_the_schema_says_text(door: Door) -> None:
    do(initiated(next(_numbers)), "secure")
    asked()
    rows = [row for state in ("requested", "served") for row in _all(door, state)]
    assert rows
    assert all(row["cap"] for row in rows)


def _all(door: Door, state: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = door.get(f"/sanctions?state={state}").json()["results"]
    return found


def freeze_told_to_a_court(door: Door) -> None:
    secrets = ("«Жасырын Банк» АҚ", "KZ76999KZT0000000101", "1234.56")
    measure = asked(bank=secrets[0], account=secrets[1], amount=Decimal(secrets[2]))
    for who in ("court",):
        assert door.get("/sanctions", who=who).json()["results"] == []
        assert door.get(f"/sanctions/{measure.pk}", who=who).says() == (404, "not_found")
    told = [door.get(f"/cases/{measure.case_id}{view}", who="court") for view in _VIEWS]
    told.append(door.get("/changes?limit=500", who="court"))
    for each in told:
        assert each.status == 200
        for secret in (*secrets, "freeze_requested", "bank_money"):
            assert secret.encode() not in each.content, (secret, each.content[:2000])
    noted = Reading.objects.filter(user=user("prosecutor.system"), stream=measure.case.stream_id)
    before = noted.count()
    _all(door, "requested")
    door.get(f"/sanctions/{measure.pk}")
    assert noted.count() >= before + 1


_VIEWS: Final = ("", "/journal", "/deadlines", "/papers")


def key_of_the_sender(door: Door) -> None:
    first = document()
    assert door.post("/executive-documents", first, who="court").status == 201
    other = {**first, "issuer": "TRZ-CIV"}
    assert door.post("/executive-documents", other, who="court").says() == (409, "ref_taken")


def number_given_twice(door: Door) -> None:
    one, other = asked(), asked()
    told = act()
    assert door.post(f"/sanctions/{one.pk}/grant", told).status == 200
    for number in (told["number"], told["number"].lower(), f" {told['number']} "):
        answer = door.post(f"/sanctions/{other.pk}/grant", {"number": number})
        assert answer.says() == (409, "sanction_number_taken"), number
        assert [e["field"] for e in answer.json()["errors"]] == ["number"]
    for number in ("A\nB", "A\x00B", "A\u2028B", "x" * 65):
        answer = door.post(f"/sanctions/{other.pk}/grant", {"number": number})
        assert answer.says() == (422, "invalid"), number
    assert now(other).state == "requested"


def words_before_the_right_to_say_them(door: Door) -> None:
    measure = asked()
    at = f"/sanctions/{measure.pk}/refuse"
    assert door.post(f"/sanctions/{uuid4()}/refuse", {}).says() == (404, "not_found")
    assert door.post(at, {}, who="court").says() == (404, "not_found")
    assert door.post(at, {}, who=_secret("bailiff.ala")).says() == (403, "wrong_role")
    assert door.post(at, {}, If_Match='"x"').says() == (412, "stale")
    assert door.post(at, {}).says() == (422, "invalid")
    assert door.post("/executive-documents", {}).says() == (403, "wrong_role")


def _secret(login: str) -> str:
    return ApiToken.issue(user(login), name="door")[1]


def decision_said_again(door: Door) -> None:
    granted, refused = asked(), asked()
    for measure, verb, body in (
        (granted, "grant", act()),
        (refused, "refuse", {"reason": "Негізі жоқ"}),
    ):
        at = f"/sanctions/{measure.pk}/{verb}"
        first, again = door.post(at, body), door.post(at, body)
        assert (first.status, again.status) == (200, 200)
        assert first.content == again.content
        assert first.json()["decided_by"] == user("prosecutor.system").full_name
        assert first.json()["requested_by"] == user("bailiff.ala").full_name
        other = {"number": "another"} if verb == "grant" else {"reason": "another"}
        assert door.post(at, other).says() == (409, "wrong_state")


def condition(door: Door) -> None:
    measure = asked()
    at = f"/sanctions/{measure.pk}"
    one = door.get(at)
    tag = one.headers["etag"]
    for none in ("", " ", '"', "x", '"x", "y"'):
        answer = door.post(f"{at}/grant", act(), If_Match=none)
        assert answer.says() == (412, "stale"), none
    paths = (at, "/sanctions", *(f"/cases/{measure.case_id}{view}" for view in _VIEWS))
    for path in paths:
        first = door.get(path)
        same = door.get(path, If_None_Match=first.headers["etag"])
        assert (path, same.status, same.content) == (path, 304, b"")
        assert same.headers["etag"] == first.headers["etag"]
        assert door.get(path, If_None_Match='"other"').status == 200
    kk, en = (door.get(f"/cases/{measure.case_id}", Accept_Language=each) for each in ("kk", "en"))
    assert (kk.content == en.content) == (kk.headers["etag"] == en.headers["etag"])
    answer = door.post(f"{at}/grant", act(), If_Match=f'"{"0" * 64}", {tag}')
    assert (answer.status, answer.headers["etag"]) == (200, door.get(at).headers["etag"])
    assert door.get(at, If_None_Match=tag).status == 200


IMPOSSIBLE: Final[tuple[dict[str, Any], ...]] = (
    {"debtor": {"iin": "850314300123"}},
    {"debtor": {"birth_date": "1990-01-01"}},
    {"claimants": [], "debts": [{"claimant": 7, "debtors": [0], "amount": "1.00"}]},
    {"debts": [{"claimant": 0, "debtors": [0]}]},
    {"decision_on": "2026-02-30"},
    {"decision_on": "9999-12-31"},
)


def impossible_document(door: Door) -> None:
    for changes in IMPOSSIBLE:
        answer = door.post("/executive-documents", document(**changes), who="court")
        assert (answer.says(), bool(answer.json()["errors"])) == ((422, "invalid"), True), changes


def key_twice(door: Door) -> None:
    measure = asked()
    json_ = {"Content_Type": "application/json"}
    for path, body, who in (
        (f"/sanctions/{measure.pk}/grant", b'{"number": "1", "number": "2"}', "prosecutor"),
        (f"/sanctions/{measure.pk}/refuse", b'{"reason": "1", "reason": "2"}', "prosecutor"),
        ("/executive-documents", b'{"ref": "1", "ref": "2"}', "court"),
        ("/executive-documents/check", b'{"ref": "1", "ref": "2"}', "court"),
        ("/executive-documents/find", b'{"ref": "1", "ref": "2"}', "court"),
    ):
        answer = door.post(path, body, who=who, **json_)
        assert (path, *answer.says()) == (path, 422, "invalid")
        assert answer.json()["errors"][0]["code"] == "repeated"
    assert now(measure).state == "requested"


def two_tokens(door: Door) -> None:
    issued = [door.office.manage("api_token", "court.system", "--issue", "b15") for _ in range(2)]
    assert [each.returncode for each in issued] == [0, 0], issued[0].stderr
    first, second = (each.stdout.split()[-1] for each in issued)
    path = "/executive-documents"
    assert [door.post(path, document(), who=each).status for each in (first, second)] == [201, 201]
    done = door.office.manage("api_token", "court.system", "--revoke", first[:12])
    assert done.returncode == 0, done.stderr
    answers = [door.post(path, document(), who=each).status for each in (first, second)]
    assert answers == [401, 201]


def refusal_at_the_door(door: Door) -> None:
    path, json_ = "/executive-documents", {"Content_Type": "application/json"}
    answers = {
        400: door.post(path, b"{", who="court", **json_),
        401: door.post(path, {}, who="unknown"),
        404: door.get("/nothing"),
        405: door.get(path),
        406: door.get("/sanctions", Accept="text/html"),
        415: door.post(path, b"x", who="court", Content_Type="text/plain"),
    }
    for status, answer in answers.items():
        assert answer.problem()["status"] == status, (status, answer.status)
    for size in (3_000_000, 22_020_097):
        answer = _large(door, path, size)
        assert answer.says() == (413, "bad_request"), size
    assert "2.5 MB" in answer.json()["detail"]


def _large(door: Door, path: str, size: int) -> Answer:
    """The answer to a body that is told to be so large; what is too large is not even read."""
    sent = b" " * min(size, 3_000_000)
    headers = {"Content_Type": "application/json", "Content_Length": str(size)}
    return door.post(path, sent, who="court", **headers)


def small_things(door: Door) -> None:
    measure = asked()
    upper = str(measure.pk).upper()
    assert door.get(f"/sanctions/{upper}").status == 200
    data = document()
    first = door.post("/executive-documents", data, who="court")
    added = {**data, "immediate": False, "duplicate": "", "interruptions": [], "restored": None}
    again = door.post("/executive-documents", added, who="court")
    assert (again.status, again.content) == (200, first.content)
    do(measure, "grant_sanction", by="prosecutor.ala", number=act()["number"])
    at = f"/cases/{measure.case_id}/papers"
    [row, *_] = door.get(at).json()["results"]
    for language, told in (("", "kk"), ("?lang=ru", "ru")):
        pdf = door.get(f"/papers/{row['id']}.pdf{language}")
        assert (pdf.status, pdf.headers["content-language"]) == (200, told)
        assert pdf.content.startswith(b"%PDF")
    assert door.get(f"/papers/{row['id']}.pdf?format=json").says() == (422, "invalid")


FAULTS: Final[dict[str, Callable[[Door], None]]] = {
    "B1 a decision with a field nobody knows": decision_with_a_strange_field,
    "B2 a body in pieces": body_in_pieces,
    "B3 a list that stops": list_that_goes_on,
    "B4 a parameter nobody knows": parameter_nobody_knows,
    "B5 an address that is not there": address_that_is_not_there,
    "B6 nothing where the schema says text": nothing_where_the_schema_says_text,
    "B7 a freeze told to a court": freeze_told_to_a_court,
    "B8 the sender's own key": key_of_the_sender,
    "B9 a number given twice": number_given_twice,
    "B10 words before the right to say them": words_before_the_right_to_say_them,
    "B11 a decision said again": decision_said_again,
    "B12 what was read before": condition,
    "B13 an impossible document": impossible_document,
    "B14 a key twice": key_twice,
    "B15 two tokens of one system": two_tokens,
    "B16 a refusal at the door": refusal_at_the_door,
    "small things": small_things,
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_once_found_has_not_come_back(door: Door, fault: str) -> None:
    FAULTS[fault](door)
