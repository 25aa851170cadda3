"""The day as its page shows it: eleven lists of one shape, and the demo's five minutes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enforcement.core.card import writing
from enforcement.core.law_in_templates import Spoken
from enforcement.core.words import reading, tenge
from enforcement.models import Measure
from enforcement.today.lists import SHOWN, SILENT, Day

#: The lists, the most urgent first, those shown only while they hold something, and those that
#: leave out the cases the duties tell of.
NAMES: Final = (
    *("overdue", "needless", "surplus", "unanswered", "due"),
    *("asked", "arrivals", "waiting", "letters", "authorities", "silent"),
)
RARE: Final = frozenset({"needless", "surplus", "unanswered", "letters", "authorities"})
BESIDE: Final = frozenset({"arrivals", "silent"})
#: For how many days the guide supposes that a case stands still.
SUPPOSED: Final = 30


@dataclass(frozen=True, slots=True)
class DayList:
    """One list of the day: its name, how it looks, its rows."""

    name: str
    title: str
    tone: str
    icon: str
    rows: Sequence[dict[str, Any]]
    #: Whether there may be more than is shown.
    full: bool = False

    @property
    def rare(self) -> bool:
        """Whether it is left out while it holds nothing."""
        return self.name in RARE


def lists(day: Day, *, today: date) -> list[DayList]:
    """The lists of a day, the most urgent first; what stands in one is not told in another."""
    told = {row["case_id"] for row in (*day.overdue, *day.needless, *day.surplus, *day.due)}
    found = []
    for name in NAMES:
        rows = getattr(day, name)
        full = len(rows) >= SHOWN
        if name in BESIDE:
            rows = [row for row in rows if row["case_id"] not in told]
        found.append(replace(whole(name, rows, today=today), full=full))
    return [replace(each, title=_beside(each)) for each in found]


def whole(name: str, rows: Sequence[Any], *, today: date) -> DayList:
    """One list of a day by itself, with the rows it is given."""
    n = SILENT
    quiet = ngettext("No act for %(n)s day", "No act for %(n)s days", n) % {"n": n}
    return {
        "overdue": lambda: DayList(name, _("Overdue"), "bad", "late", rows),
        "needless": lambda: DayList(
            name,
            _("Nothing is owed: release"),
            "bad",
            "lock",
            [_needless(row, today) for row in rows],
        ),
        "surplus": lambda: DayList(
            name,
            _("Surplus to give back"),
            "warn",
            "back",
            [_surplus(row, today) for row in rows],
        ),
        "due": lambda: DayList(name, _("Due within three days"), "warn", "clock", rows),
        "arrivals": lambda: DayList(
            name, _("Awaiting a decision"), "info", "tray", [_arrival(row, today) for row in rows]
        ),
        "asked": lambda: DayList(
            name,
            _("Petitions, complaints, challenges to answer"),
            "info",
            "tray",
            [_asked(row, today) for row in rows],
        ),
        "waiting": lambda: DayList(
            name, _("Waits on others"), "still", "pause", [_waiting(row, today) for row in rows]
        ),
        "authorities": lambda: _authorities(name, rows, today),
        **dict.fromkeys(("unanswered", "letters"), lambda: _letters(name, rows, today)),
        "silent": lambda: DayList(
            name, quiet, "calm", "info", [silence(row, today) for row in rows]
        ),
    }[name]()


def _beside(listed: DayList) -> str:
    """The title on Today, where documents with a term of the day are told among the duties."""
    return _("Other documents to decide") if listed.name == "arrivals" else listed.title


def _arrival(row: dict[str, Any], today: date) -> dict[str, Any]:
    on = row["received_on"]
    law: Spoken = row["law"]
    verdict = law.law.word("verdicts", row["verdict"]["verdict"]).in_(reading())
    told = {"on": on, "days": (today - on).days, "what": _("received:"), "about": verdict}
    return {**row, **told}


def _asked(row: dict[str, Any], today: date) -> dict[str, Any]:
    """What waits for an answer: about what, and whose move it is."""
    on, law, kind = row["received_on"], row["law"].law, row["kind"]
    whose = law.word("deciders", kind.decides).in_(reading())
    told = {"on": on, "days": (today - on).days, "what": _("handed in:")}
    about = [kind.title.in_(reading()), whose]
    if last := row["answer_by"]:
        about.append(f"{_('last day:')} {date_format(last, 'SHORT_DATE_FORMAT')}")
    return {**row, **told, "about": " · ".join(about)}


def _needless(row: dict[str, Any], today: date) -> dict[str, Any]:
    """What is live though nothing is owed: in which bank or on what, and for how many days."""
    on, law = row["since"], row["law"].law
    named = [each.bank or law.word("targets", each.target).in_(reading()) for each in row["live"]]
    told = {"on": on, "days": (today - on).days, "what": _("nothing owed since:")}
    return {**row, **told, "about": ", ".join(dict.fromkeys(named))}


def _authorities(name: str, rows: Sequence[Any], today: date) -> DayList:
    """Whose authority ends: its last day, and how many days there are to it or since it."""
    what = _("last day of the authority:")
    told = [{**row, "days": abs((row["on"] - today).days), "what": what} for row in rows]
    return DayList(name, _("Authority ends or is over"), "warn", "clock", told)


def _surplus(row: dict[str, Any], today: date) -> dict[str, Any]:
    """What came above what is claimed: how much, and for how many days it waits."""
    on = row["since"]
    told = {"on": on, "days": (today - on).days, "what": _("came above the claim on:")}
    return {**row, **told, "about": tenge(row["surplus"]), "amount": str(row["surplus"])}


def silence(row: dict[str, Any], today: date) -> dict[str, Any]:
    """A proceeding nobody acted in: for how many days."""
    on = row["since"]
    return {**row, "on": on, "days": (today - on).days, "what": _("last act:")}


def _waiting(row: dict[str, Any], today: date) -> dict[str, Any]:
    measure: Measure = row["measure"]
    on, what = measure.requested_on, _("with the prosecutor since:")
    if measure.state != "requested" and measure.decided_on:
        on, what = measure.decided_on, _("sanctioned:")
    return {
        **row,
        "on": on,
        "days": (today - on).days,
        "what": what if measure.state != "served" else _("the bank's answer is awaited since:"),
        "about": f"{measure.bank}, {tenge(measure.cap)}",
    }


def _letters(name: str, rows: Sequence[Any], today: date) -> DayList:
    """Letters whose reply is late, or is awaited."""
    told = [_letter(row, today) for row in rows]
    if name == "unanswered":
        return DayList(name, _("Not answered in time"), "bad", "alert", told)
    return DayList(name, _("A reply is awaited"), "still", "clock", told)


def _letter(row: dict[str, Any], today: date) -> dict[str, Any]:
    """A letter that waits: since when, or for how many days its last day is over."""
    late = row["late"]
    on = row["due"] if late else row["sent_on"]
    what = _("reply was due:") if late else _("sent:")
    return {**row, "on": on, "days": (today - on).days, "what": what}


def guide(day: Day, *, today: date, prosecutor: str) -> list[dict[str, str]]:
    """Five steps through the demo, each with an address that this day's cases give."""
    terms = [*day.overdue, *day.due]
    told = {row["case_id"] for row in terms}
    calm = [row for row in day.silent if row["case_id"] not in told]
    deciding = [*day.arrivals, *day.due, *day.overdue]
    begin = [row["step"]["url"] for row in deciding if _next(row) == writing("initiated").name]
    freezing = _to_freeze([*calm, *terms])
    until = date.fromordinal(today.toordinal() + SUPPOSED)
    ask = _("Ask for a freeze; then sign in as %(login)s and give the sanction.")
    steps = [
        (
            _("Open what is overdue: the case says what can be done and why not the rest."),
            [reverse("case", args=[row["case_id"]]) for row in day.overdue],
        ),
        (
            _("See why a date is that date, day by day."),
            [row["ledger_url"] for row in terms],
        ),
        (_("Initiate proceedings on a document that waits: see the terms before you sign."), begin),
        (ask % {"login": prosecutor}, [_freezing(row) for row in freezing]),
        (
            _("Ask what if: stand still for 30 days, and see every last day move."),
            [f"{_what_if(row)}?from={today}&until={until}" for row in freezing],
        ),
    ]
    return [{"text": text, "url": found[0]} for text, found in steps if found]


def _next(row: dict[str, Any]) -> str:
    return row["step"]["verb"] if row["step"] else ""


def _to_freeze(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows in which money could be frozen: where that comes next, and where the inventory does,
    since a freeze is open all the same."""
    wanted = [writing(event).name for event in ("freeze_requested", "inventoried")]
    return [row for verb in wanted for row in rows if _next(row) == verb]


def _freezing(row: dict[str, Any]) -> str:
    _way, _mark, query = row["step"]["url"].partition("?")
    address = reverse("step", args=[row["case_id"], writing("freeze_requested").name])
    return f"{address}?{query}"


def _what_if(row: dict[str, Any]) -> str:
    return reverse("what_if", args=[row["case_id"]])
