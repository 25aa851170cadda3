"""The next lawful step: of the verbs whose card says that they are due, the law's first."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from enforcement.core.card import VERBS, Verb
from enforcement.core.facts import Facts
from enforcement.facts.proceeding import Running
from enforcement.models import Presentation, Proceeding
from law.statute import Statute

Step = dict[str, str]


def due(
    machines: tuple[str, ...], now: Facts, *, among: Collection[str] = ()
) -> tuple[Verb, Mapping[str, str]] | None:
    """The first verb of these machines that is due, in the order of the law, and what its form
    holds; `among`: of these alone."""
    for name in now.law.steps:
        known = VERBS.get(name)
        if among and name not in among:
            continue
        if known and known.card.due and known.machine in machines:
            held = known.card.due(now)
            if held is not None:
                return known, held
    return None


def next_of(
    running: Running, *, law: Statute, on: date, case_id: Any, among: Collection[str] = ()
) -> Step | None:
    """{verb, url} of the next step of a proceeding; None where only time or others can help."""
    now = Facts(None, law, on, None, (), (), running)
    found = due(("proceeding", "measure"), now, among=among)
    if found is None:
        return None
    verb, held = found
    own = {} if verb.machine in held else {Proceeding.MACHINE: running.id}
    url = reverse("step", args=[case_id, verb.name])
    return {"verb": verb.name, "url": f"{url}?{urlencode(own | dict(held))}"}


def answering(case_id: Any, verdict: str, law: Statute, on: date) -> Step | None:
    """{verb, url} of the step that answers a waiting document's verdict."""
    arrival = Presentation(verdict={"verdict": verdict})
    found = due((Presentation.MACHINE,), Facts(arrival, law, on, None, (), ()))
    if found is None:
        return None
    return {"verb": found[0].name, "url": reverse("step", args=[case_id, found[0].name])}
