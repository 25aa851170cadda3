"""What can be done now with a case, its proceedings and its measures; for what cannot, why."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from accounts.models import User
from enforcement.actions import corrections
from enforcement.actions.course import CONSENTING
from enforcement.actions.intake import fitting
from enforcement.actions.verbs import VERBS, Verb
from enforcement.lifecycle.course import INITIATED
from enforcement.models import Measure, Proceeding
from enforcement.permissions import PERMISSIONS, may
from enforcement.queries import meant, steps
from enforcement.queries.case import CaseFile, annullable
from enforcement.serializers.words import reading, step_title
from enforcement.steps import possible_verbs, sources
from enforcement.verdict import TWO_MONTHS
from law.statute import Statute, statute

#: Ends of a case: they stand apart from every other step and ask for the password again.
ENDS: Final = frozenset({"terminate", "return_to_claimant", "send_to_liquidation", "transfer"})
KINDS: Final = (set(corrections.STATEFUL), set(corrections.PLAIN))
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
    "grant_sanction": "check",
    "refuse_sanction": "cross",
}
MONEY: Final = ("record_recovery", "request_freeze")
DECISIONS: Final = frozenset({"grant_sanction", "refuse_sanction"})
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
            found += [self._on_measure(verb, measure, proceeding) for verb in of_measures]
        if not told.secured:
            found += [self._not_yet(verb) for verb in of_measures]
        next_step = steps.step_of(self.file.case.pk, told.running)
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
        query = f"?measure={measure['id']}"
        return self._act(verb, closed, query=query, about=measure["bank"])

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
        if verb == "correct" and not annullable(self.file, proceeding, KINDS):
            return _("No line can be annulled now."), ""
        return OPEN

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
        if verb.machine == "measure" and self.file.running:
            return self._act(
                verb, (_("No freeze was requested yet."), step_title("request_freeze"))
            )
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


def ordered(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Possible ones first and the next step before all; ends after the others, corrections last."""

    def place(act: dict[str, Any]) -> tuple[bool, bool, bool, bool]:
        return not act["possible"], act["verb"] == "correct", act["ends"], not act["next"]

    return sorted(found, key=place)


def _left(proceeding: Proceeding) -> Decimal | None:
    told: Any = proceeding
    left = told.running["left"]
    return None if left is None else Decimal(left)
