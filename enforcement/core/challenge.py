"""Whoever is challenged takes only what cannot wait, and says why; whoever was recused nothing."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from enforcement.core.card import Verb
from enforcement.core.facts import Facts
from enforcement.core.fields import Option, Text
from enforcement.core.roles import BAILIFFS
from enforcement.core.waiting import recusals, waiting_submissions
from journal.models import Entry
from law.refusal import Fact, Kind, Refusal

#: The argument under which it is told why an act could not wait.
URGENCY: Final = "urgency"
#: The verbs that are taken at once, of those the law leaves to a challenged bailiff.
URGENT: Final = "urgent"


def challenge_of(now: Facts) -> Entry | None:
    """The line by which the person who would act was challenged; None where nothing waits."""
    lines = waiting_submissions(now)
    return next((line for line in lines if line.facts.get("concerned") == str(now.by)), None)


def gone(verb: Verb, now: Facts) -> Refusal | None:
    """Whoever was recused from the case does nothing on it as a bailiff any more."""
    kind = None if _otherwise(verb, now) else recusals(now).get(str(now.by))
    if kind is None:
        return None
    rule = now.law.submissions[kind].rule.id
    return Refusal("recused", kind=Kind.NOT_YOURS, rule=rule)


def challenged(verb: Verb, now: Facts) -> Refusal | None:
    """A bailiff whose challenge waits takes only what the law names as what cannot wait, and
    writes down what came in."""
    free = {name for names in now.law.while_challenged.values() for name in names}
    line = None if verb.name in free or _otherwise(verb, now) else challenge_of(now)
    if line is None:
        return None
    rule = now.law.submissions[line.facts["kind"]].rule.id
    fact = Fact("line", str(line.seq), "-")
    return Refusal("challenged", kind=Kind.NOT_YOURS, rule=rule, facts=(fact,))


def _otherwise(verb: Verb, now: Facts) -> bool:
    """Whether he may take it by another role than a bailiff's."""
    return bool(verb.card.by & set(now.roles) - BAILIFFS)


def why_at_once(verb: str) -> Text:
    """What a challenged bailiff is asked for a verb that cannot wait."""

    def asked(now: Facts, option: Option | None) -> bool:
        return verb in now.law.while_challenged.get(URGENT, ()) and bool(challenge_of(now))

    return Text(
        URGENCY,
        label=_("Why it cannot wait until the challenge is decided"),
        when=asked,
        many_lines=True,
    )
