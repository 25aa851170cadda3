"""A client of Oryndau's API, standard library alone: a court's and a prosecutor's day.

    python3 docs/examples/client.py court TOKEN http://127.0.0.1:8000
    python3 docs/examples/client.py prosecutor TOKEN http://127.0.0.1:8000

The court looks at a document, hands it in (twice, as if the line had been cut), finds it by its
debtor, follows what happens and reads the papers addressed to it. The prosecutor decides on every
request that waits. All data is invented.
"""

from __future__ import annotations

import json
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode


class Refused(Exception):
    """The office says no, and why: `problem` is its application/problem+json."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(f"{problem['status']} {problem['title']}: {problem['detail']}")
        self.problem = problem


class Office:
    """An office by its address and a token; asks again where the line was cut."""

    PATIENCE = 5

    def __init__(self, address: str, token: str, *, language: str = "kk") -> None:
        self.base = f"{address.rstrip('/')}/api/v1"
        self.headers = {"Authorization": f"Bearer {token}", "Accept-Language": language}

    def get(self, path: str, **asked: Any) -> Any:
        """Read JSON."""
        query = f"?{urlencode(asked)}" if asked else ""
        return json.loads(self._ask(path + query)[0])

    def pdf(self, path: str, language: str) -> bytes:
        """Read the bytes of a paper."""
        return self._ask(f"{path}?lang={language}")[0]

    def post(self, path: str, body: Any, *, head: str = "") -> tuple[int, Any]:
        """Send JSON; `head`: only if the case still is as it was read. The status and the answer.

        Sending again is safe: a document by its `ref`, a decision by being the same.
        """
        told = {"If-Match": f'"{head}"'} if head else {}
        content, status = self._ask(path, json.dumps(body).encode(), **told)
        return status, json.loads(content)

    def _ask(self, path: str, body: bytes | None = None, **headers: str) -> tuple[bytes, int]:
        kind = {"Content-Type": "application/json"} if body is not None else {}
        request = urllib.request.Request(
            self.base + path, data=body, headers={**self.headers, **kind, **headers}
        )
        for attempt in range(self.PATIENCE):
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:
                    return answer.read(), answer.status
            except urllib.error.HTTPError as error:
                if error.code != 503:
                    raise Refused(json.load(error)) from error
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                if attempt == self.PATIENCE - 1:
                    raise
            time.sleep(2**attempt)
        raise TimeoutError(path)


# --- A court's day ------------------------------------------------------------------------------


def document(ref: str, number: str) -> dict[str, Any]:
    """A writ on a debt of 612 400 tenge; nobody in it is real."""
    decided = date.today() - timedelta(days=60)
    return {
        "ref": ref,
        "office": "ALA",
        "type": "DOC-TYPE-01",
        "issuer": "ALA-BOS",
        "case_number": number,
        "decision_on": decided.isoformat(),
        "in_force_on": (decided + timedelta(days=30)).isoformat(),
        "issued_on": (decided + timedelta(days=31)).isoformat(),
        "sealed": True,
        "language": "kk",
        "operative": "Үлгібаев Е. С. «Мысал Несие» ЖШС пайдасына 612 400 теңге төлесін.",
        "claimants": [
            {
                "kind": "legal",
                "name_kk": "«Мысал Несие» ЖШС",
                "name_ru": "ТОО «Мысал Несие»",
                "bin": "170540001237",
                "city": "Алматы",
                "address_kk": "Назарбаев даңғ., 223-үй",
            }
        ],
        "debtors": [
            {
                "kind": "natural",
                "name": "Үлгібаев Ермек Сәкенұлы",
                "iin": "820407300519",
                "birth_date": "1982-04-07",
                "city": "Алматы",
                "address_kk": "Гагарин даңғ., 136-үй",
            }
        ],
        "debts": [{"claimant": 0, "debtors": [0], "amount": "612400.00"}],
    }


def hand_in(office: Office, paper: dict[str, Any]) -> dict[str, Any]:
    """Look at the paper, hand it in, and hand it in again as if no answer had come."""
    _status, looked_at = office.post("/executive-documents/check", paper)
    print("it would be:", looked_at["would"], looked_at["verdict"]["verdict"])
    first = office.post("/executive-documents", paper)
    again = office.post("/executive-documents", paper)
    assert first[1] == again[1]
    assert (first[0], again[0]) == (201, 200)
    print("case", first[1]["number"], "is", first[1]["verdict"]["verdict"])
    receipt: dict[str, Any] = first[1]
    return receipt


def changes(office: Office, after: str = "") -> Iterator[tuple[dict[str, Any], str]]:
    """What happened since a cursor, each with the cursor to keep; ends where nothing more is."""
    while True:
        page = office.get("/changes", **({"after": after} if after else {}))
        after = page["next"]
        yield from ((each, after) for each in page["changes"])
        if not page["more"]:
            return


def courts_day(office: Office, ref: str, number: str) -> dict[str, Any]:
    """Everything a court's system does with a document."""
    paper = document(ref, number)
    receipt = hand_in(office, paper)
    wrong = {**paper, "ref": f"{ref}-wrong", "debtors": [{**paper["debtors"][0], "iin": "1" * 12}]}
    try:
        office.post("/executive-documents/check", wrong)
    except Refused as refused:
        print("refused:", [(each["field"], each["code"]) for each in refused.problem["errors"]])
    iin = paper["debtors"][0]["iin"]
    found = office.post("/executive-documents/find", {"identifier": iin})[1]["results"]
    assert receipt["case"] in [each["case"] for each in found]
    mine = [each for each, _cursor in changes(office) if each["case"] == receipt["case"]]
    print("happened:", ", ".join(f"{each['seq']} {each['kind']}" for each in mine))
    for each in office.get("/papers")["results"]:
        pdf = office.pdf(f"/papers/{each['id']}.pdf", "kk")
        print("paper", each["number"], each["title"], len(pdf), "bytes")
    return receipt


# --- A prosecutor's day -------------------------------------------------------------------------


def waiting(office: Office) -> Iterator[dict[str, Any]]:
    """Every request that waits, page by page."""
    page = office.get("/sanctions", state="requested", limit=100)
    while True:
        yield from page["results"]
        if not page["next"]:
            return
        page = office.get(page["next"].partition("/api/v1")[2])


def prosecutors_day(office: Office) -> list[dict[str, Any]]:
    """Decide on what waits: grant what is within the debt, refuse what is above it."""
    decided = []
    for request in list(waiting(office)):
        at, within = f"/sanctions/{request['id']}", float(request["cap"]) <= float(request["left"])
        verb, body = ("grant", {}) if within else ("refuse", {"reason": "Сома қарыздан асады"})
        try:
            _status, answer = office.post(f"{at}/{verb}", body, head=request["head"])
        except Refused as refused:
            print("left for later:", refused)
            continue
        print(request["number"], answer["state"], answer["sanction_number"])
        decided.append(answer)
    return decided


def main(words: list[str]) -> int:
    """A day of the one or the other."""
    if len(words) != 3 or words[0] not in ("court", "prosecutor"):
        print(__doc__)
        return 2
    who, token, address = words
    office = Office(address, token)
    if who == "court":
        stamp = f"{time.time_ns()}"
        courts_day(office, stamp, f"7514-26-00-2/{stamp[-9:]}")
    else:
        prosecutors_day(office)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
