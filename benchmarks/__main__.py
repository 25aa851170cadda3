"""`make bench`: each figure is a ratio between two ways on this machine, never a bare time."""

import json
import time
from collections.abc import Callable
from datetime import date, timedelta

from benchmarks import office
from deadlines.calculator import add_months, reckon
from documents.rendering import compose, render, typeset
from law.statute import statute
from law.workdays import calendar

FACTS = {
    "number": "1/2026",
    "issued_on": "2026-03-20",
    "office": {"kk": "Үлгі бөлім", "ru": "Отдел-пример"},
    "place": {"kk": "Үлгі қаласы", "ru": "город Үлгі"},
    "bailiff": "Үлгібаев Ермек",
    "bailiff_role": "bailiff",
    "received_on": "2026-03-18",
    "document_kind": "DOC-TYPE-01",
    "issuer": None,
    "case_number": "1/1",
    "decision_on": "2026-01-20",
    "document_issued_on": "2026-03-02",
    "claimants": [{"kk": "«Үлгі» ЖШС", "ru": "ТОО «Үлгі»"}],
    "debtors": [{"kk": "«Мысал» ЖШС", "ru": "ТОО «Мысал»"}],
    "missing": ["WRIT-CONT-04", "WRIT-CONT-06"],
    "uncured": False,
    "last_day": None,
    "presentation_term": None,
    "start_rule": None,
    "start_on": None,
    "right_office": None,
    "due_on": "2026-03-30",
    "addressees": [],
}


def seconds(work: Callable[[], object], *, times: int) -> float:
    """The best of five runs of `times` calls, per call."""
    best = float("inf")
    for _ in range(5):
        started = time.perf_counter()
        for _ in range(times):
            work()
        best = min(best, (time.perf_counter() - started) / times)
    return best


def by_hand(on: date) -> date:
    """Two months on by a loop through the days: the way people count."""
    day = add_months(on, 2)
    while not calendar().is_working(day):
        day += timedelta(days=1)
    return day


def main() -> None:
    """Print the ratios as JSON."""
    law, known = statute("lecture"), calendar()
    term, on = law.term("TERM-EXEC-2M"), date(2026, 3, 10)
    plain = seconds(lambda: reckon(term, starts_on=on, calendar=known, explain=False), times=2000)
    explained = seconds(lambda: reckon(term, starts_on=on, calendar=known), times=2000)
    loop = seconds(lambda: by_hand(on), times=2000)
    day = date(2026, 3, 20)
    made = compose("return_defective", facts=FACTS, language="kk", law=law, on=day)
    bare = seconds(lambda: typeset(made, on=day), times=5)
    whole = seconds(
        lambda: render("return_defective", facts=FACTS, language="kk", law=law, on=day), times=5
    )
    ratios = {
        "a date explained / a date alone": explained / plain,
        "a date alone / a loop through its days": plain / loop,
        "a paper / its bare typesetting": whole / bare,
        **office.ratios(),
    }
    print(json.dumps({name: round(ratio, 2) for name, ratio in ratios.items()}, indent=1))


if __name__ == "__main__":
    main()
