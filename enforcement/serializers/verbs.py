"""What can be done now with a case, its proceedings and its measures; for what cannot, why."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from enforcement.actions import corrections
from enforcement.actions.course import CONSENTING
from enforcement.actions.intake import fitting
from enforcement.actions.verbs import VERBS, Verb
from enforcement.lifecycle.course import INITIATED, RETURNED
from enforcement.lifecycle.postponements import APPROVED, REQUESTED
from enforcement.models import Measure, Postponement, Proceeding
from enforcement.models.measures import known_by
from enforcement.permissions import PERMISSIONS, may
from enforcement.queries import meant, steps
from enforcement.queries.case import CaseFile
from enforcement.serializers.words import reading, step_title
from enforcement.steps import possible_verbs, sources
from enforcement.verdict import TWO_MONTHS
from law.statute import Statute, statute

#: Ends of a case: they stand apart from every other step and ask for the password again.
ENDS: Final = frozenset({"terminate", "return_to_claimant", "send_to_liquidation", "transfer"})
ICONS: Final = {
    "initiate": "play",
    "deliver_offer": "paper",
    "suspend": "pause",
    "resume": "play",
    "terminate": "stop",
    "return_to_claimant": "back",
    "transfer": "forward",
    "send_to_liquidation": "forward",
    "request_freeze": "lock",
    "record_recovery": "plus",
    "correct": "pen",
    "set_four_months": "calendar",
    "serve_freeze": "forward",
    "record_answer": "tray",
    "lift": "cross",
    "secure": "lock",
    "replace": "copy",
    "claim_securing": "tray",
    "inventory": "pen",
    "skip_inventory": "cross",
    "foreclose": "alert",
    "postpone": "clock",
    "approve": "check",
    "decline": "cross",
    "record_deferral": "pause",
    "end_deferral": "play",
    "record_performance": "check",
    "record_cost": "plus",
    "reimburse_cost": "plus",
    "grant_sanction": "check",
    "refuse_sanction": "cross",
}
MONEY: Final = ("record_recovery", "request_freeze")
OF_PROPERTY: Final = frozenset({"secure", "inventory", "skip_inventory", "foreclose"})
DECISIONS: Final = frozenset({"grant_sanction", "refuse_sanction"})
#: What opens a verb on a thing that is not there yet.
BORN_BY: Final = {"measure": "request_freeze", "postponement": "postpone"}
Closed = tuple[str, str]
OPEN: Final[Closed] = ("", "")


class Acts:
    """The acts of one case for one reader."""

    def __init__(self, file: CaseFile, user: User, roles: set[str], *, today: date) -> None:
        self.file = file
        self.user = user
        self.today = today
        self.law: Statute = statute(file.case.stream.rule_set)
        self.roles = roles

    def of_case(self) -> list[dict[str, Any]]:
        """Acts on the document; with one proceeding, or none, also those on it and its measures."""
        running = self.file.running
        found = [
            self._on_arrival(verb) for verb in VERBS.values() if verb.machine == "presentation"
        ]
        if len(running) == 1:
            found += self.of_proceeding(running[0])
        elif not running:
            found += [
                self._not_yet(verb) for verb in VERBS.values() if verb.machine != "presentation"
            ]
        return ordered(found)

    def of_proceeding(self, proceeding: Proceeding) -> list[dict[str, Any]]:
        """Acts on a proceeding and on each of its measures."""
        told: Any = proceeding
        verbs = [verb for verb in VERBS.values() if verb.machine == "proceeding"]
        found = [self._on_proceeding(verb, proceeding) for verb in verbs]
        of_measures = [verb for verb in VERBS.values() if verb.machine == "measure"]
        for measure in told.secured:
            fitting = of_measures if measure["bank"] else _without_bank(of_measures)
            found += [self._on_measure(verb, measure, proceeding) for verb in fitting]
        if not told.secured:
            found += [self._not_yet(verb) for verb in of_measures]
        found += self._on_postponements(proceeding)
        next_step = steps.step_of(self.file.case.pk, told.running, on=self.today)
        for act in found:
            act["next"] = bool(next_step and act["verb"] == next_step["verb"])
        return ordered(found)

    def _on_arrival(self, verb: Verb) -> dict[str, Any]:
        arrival = meant(self.file.arrivals, fitting(verb.name))
        needed = fitting(verb.name)
        closed = self._by_state(arrival, verb.name)
        if closed == OPEN and arrival.verdict["verdict"] != needed:
            words = {
                key: self.law.word("verdicts", key).in_(reading())
                for key in (arrival.verdict["verdict"], needed)
            }
            closed = (
                _("The verdict on the document is: %(verdict)s.")
                % {"verdict": words[arrival.verdict["verdict"]]},
                _("the verdict «%(verdict)s»") % {"verdict": words[needed]},
            )
        found = self._act(verb, closed)
        found["next"] = found["possible"]
        return found

    def _on_proceeding(self, verb: Verb, proceeding: Proceeding) -> dict[str, Any]:
        closed = self._by_state(proceeding, verb.name)
        if closed == OPEN:
            told: Any = proceeding
            if verb.name in OF_PROPERTY:
                closed = self._property(verb.name, told.running)
            else:
                closed = self._by_facts(verb.name, proceeding)
        return self._act(verb, closed, query=f"?proceeding={proceeding.pk}")

    def _on_measure(
        self, verb: Verb, measure: dict[str, Any], proceeding: Proceeding
    ) -> dict[str, Any]:
        closed = self._by_state(Measure(state=measure["state"]), verb.name)
        own = measure["by"] == str(self.user.pk)
        if closed == OPEN and own and verb.name in DECISIONS:
            closed = (_("Nobody decides on his own request."), "")
        if closed == OPEN and verb.name == "serve_freeze":
            closed = self._serving(measure, proceeding)
        if closed == OPEN and verb.name == "replace" and proceeding.state != INITIATED:
            closed = self._now(proceeding), self._states([INITIATED])
        query = f"?measure={measure['id']}"
        return self._act(verb, closed, query=query, about=known_by(measure))

    def _on_postponements(self, proceeding: Proceeding) -> list[dict[str, Any]]:
        """The decision on a postponement that waits; decided ones are not acted on."""
        told: Any = proceeding
        verbs = [verb for verb in VERBS.values() if verb.machine == "postponement"]
        waiting = [each for each in told.put_off if each["state"] == REQUESTED]
        if not waiting:
            return [self._not_yet(verb) for verb in verbs]
        return [
            self._act(
                verb,
                self._deciding(verb.name, asked, proceeding),
                query=f"?postponement={asked['id']}",
                about=self.law.steps["postpone"].title.in_(reading()),
            )
            for asked in waiting
            for verb in verbs
        ]

    def _deciding(self, verb: str, asked: dict[str, Any], proceeding: Proceeding) -> Closed:
        closed = self._by_state(Postponement(state=asked["state"]), verb)
        if closed == OPEN and asked["by"] == str(self.user.pk):
            return _("Nobody decides on his own request."), ""
        if verb == "approve" and proceeding.state != INITIATED:
            return self._now(proceeding), self._states([INITIATED])
        if verb == "approve" and asked["until"] <= self.today.isoformat():
            return _("The day has come already."), ""
        return closed

    def _serving(self, measure: dict[str, Any], proceeding: Proceeding) -> Closed:
        if proceeding.state != INITIATED:
            return self._now(proceeding), self._states([INITIATED])
        left = _left(proceeding)
        if left is None or Decimal(measure["cap"]) > left:
            return _("The sum is above what is left of the debt."), ""
        return OPEN

    def _by_state(self, thing: Any, verb: str) -> Closed:
        if verb in possible_verbs(thing):
            return OPEN
        return self._now(thing), self._states(sources(thing, verb))

    def _now(self, thing: Any) -> str:
        """How things stand, in words."""
        told = {"state": self.law.word("states", thing.state).in_(reading())}
        if thing.MACHINE == "presentation":
            return _("The document is already: %(state)s.") % told
        if thing.MACHINE == "measure":
            return _("The measure is: %(state)s.") % told
        if thing.MACHINE == "postponement":
            return _("The postponement is: %(state)s.") % told
        return _("The proceedings are: %(state)s.") % told

    def _states(self, states: Collection[str]) -> str:
        return ", ".join(self.law.word("states", each).in_(reading()) for each in states)

    def _by_facts(self, verb: str, proceeding: Proceeding) -> Closed:
        """What closes a verb that the state allows."""
        told: Any = proceeding
        left = _left(proceeding)
        if verb == "deliver_offer":
            return self._offering(proceeding, delivered=told.running["delivered"])
        if verb == "set_four_months":
            return self._prolonging(proceeding)
        if verb in MONEY and left is None:
            return _("No sum of money is claimed."), ""
        if verb in (*MONEY, "return_to_claimant") and left is not None and not left:
            return _("Nothing is left of the debt."), step_title("terminate")
        if verb == "correct" and not annullable(self.file, proceeding):
            return _("No line can be annulled now."), ""
        return self._by_court(verb, told)

    def _by_court(self, verb: str, told: Any) -> Closed:
        """What closes postponing, deferring, and what stands beside the debt."""
        deferred = any(each["ended_on"] is None for each in told.deferred)
        if verb == "postpone" and any(self._put_off(each) for each in told.put_off):
            return _("The acts are postponed already, or the request waits."), ""
        if verb == "record_deferral" and deferred:
            return _("The court's deferral goes on already."), step_title("end_deferral")
        if verb == "end_deferral" and not deferred:
            return _("The court has not deferred the execution."), step_title("record_deferral")
        if verb == "record_performance" and not told.running["beside"]:
            return _("Every claim is a sum of money, or performed already."), ""
        if verb == "reimburse_cost" and not any(map(_unpaid, told.spent)):
            return _("No cost waits to be paid back."), step_title("record_cost")
        return OPEN

    def _put_off(self, asked: dict[str, Any]) -> bool:
        """Whether a postponement waits or has force."""
        lasts = asked["until"] > self.today.isoformat()
        return asked["state"] == REQUESTED or (asked["state"] == APPROVED and lasts)

    def _property(self, verb: str, running: dict[str, Any]) -> Closed:
        if verb == "skip_inventory":
            if not steps.inventory_due(running):
                return _("No inventory waits to be made here."), ""
            if running["applied"]:
                return _("The claimant applied for securing."), step_title("inventory")
            return OPEN
        if not steps.owed(running):
            return _("Nothing is left of the debt."), step_title("terminate")
        return self._forcing(running) if verb == "foreclose" else OPEN

    def _forcing(self, running: dict[str, Any]) -> Closed:
        """What a coercive act waits for: a court's or a postponement's day, the voluntary term."""
        if steps.only_secures(running):
            return _("The document only secures a claim."), step_title("secure")
        if held := steps.held_up(running, self.today):
            rule, until = held
            why, over = _held_up()[rule]
            return why, f"{over}: {date_format(until, 'SHORT_DATE_FORMAT')}"
        if steps.stage(running, self.today) == steps.COERCIVE:
            return OPEN
        last = steps.voluntary_until(running)
        over = _("the end of the voluntary term")
        day = date_format(last, "SHORT_DATE_FORMAT") if last else ""
        return _("The debtor may still comply by himself."), f"{over}: {day}" if day else over

    def _offering(self, proceeding: Proceeding, *, delivered: bool) -> Closed:
        if not proceeding.voluntary:
            return _("The document is executed at once: there is no offer."), ""
        return (_("The offer was delivered already."), "") if delivered else OPEN

    def _prolonging(self, proceeding: Proceeding) -> Closed:
        if proceeding.completion_months != 2:
            return _("The term of execution is not two months."), ""
        scope = f"{proceeding.MACHINE}:{proceeding.pk}"
        over = any(
            (term.rule, term.scope) == (TWO_MONTHS, scope)
            and term.due_on
            and term.due_on < self.today
            for term in self.file.terms
        )
        if over and not self.roles & CONSENTING:
            return _("The two months are over."), self._names(CONSENTING)
        return OPEN

    def _names(self, roles: Collection[str]) -> str:
        return ", ".join(self.law.word("roles", role).in_(reading()) for role in sorted(roles))

    def _not_yet(self, verb: Verb) -> dict[str, Any]:
        """A verb on what is not there yet."""
        if verb.machine in BORN_BY and self.file.running:
            said = {
                "measure": _("No freeze was requested yet."),
                "postponement": _("No postponement waits for approval."),
            }
            return self._act(verb, (said[verb.machine], step_title(BORN_BY[verb.machine])))
        return self._act(verb, (_("No proceedings are open yet."), step_title("initiate")))

    def _act(
        self, verb: Verb, closed: Closed, *, query: str = "", about: str = ""
    ) -> dict[str, Any]:
        words = self.law.steps[verb.name]
        if closed == OPEN and not may(verb.name, self.roles):
            closed = (_("This step is not yours to take."), self._names(PERMISSIONS[verb.name]))
        why, opens = closed
        return {
            "verb": verb.name,
            "title": step_title(verb.name),
            "about": about,
            "icon": ICONS.get(verb.name, ""),
            "ends": verb.name in ENDS,
            "possible": not why,
            "next": False,
            "url": f"/cases/{self.file.case.pk}/{verb.name}{query}",
            "rule": words.rule,
            "why": why or words.effect.in_(reading()),
            "opens": opens,
        }


def _without_bank(verbs: list[Verb]) -> list[Verb]:
    """What is done with a measure that no bank carries out and no prosecutor sanctions."""
    return [verb for verb in verbs if verb.name in ("replace", "lift")]


def ordered(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Possible ones first and the next step before all; ends after the others, corrections last."""

    def place(act: dict[str, Any]) -> tuple[bool, bool, bool, bool]:
        return not act["possible"], act["verb"] == "correct", act["ends"], not act["next"]

    return sorted(found, key=place)


def annullable(file: CaseFile, proceeding: Proceeding) -> set[int]:
    """The lines of a proceeding that can be annulled now."""
    told: Any = proceeding
    here = proceeding.presentation_id != file.current.pk
    again = proceeding.state == RETURNED and (here or told.again)
    held = {each["ground"] for each in told.held if each["until"] is None}
    return set(corrections.open_lines(proceeding, file.entries, again=again, held=held))


def _held_up() -> dict[str, tuple[str, str]]:
    """Why coercive acts wait, by rule, and what opens them."""
    return {
        "COURT-DEFER-01": (
            _("The court has deferred the execution."),
            _("the end of the court's deferral"),
        ),
        "POSTP-01": (_("The enforcement acts are postponed."), _("the end of the postponement")),
    }


def _unpaid(cost: dict[str, Any]) -> bool:
    return not cost["reversed"] and Decimal(cost["paid"]) < Decimal(cost["amount"])


def _left(proceeding: Proceeding) -> Decimal | None:
    told: Any = proceeding
    left = told.running["left"]
    return None if left is None else Decimal(left)
