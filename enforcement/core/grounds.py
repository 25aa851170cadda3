"""Grounds of suspension, termination and return: known, possible, proven."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from enforcement.core.act import Act
from enforcement.core.authority import AUTHOR, claimants, without_authority
from enforcement.core.each_claimant import others_owed
from enforcement.core.evidence import proven
from enforcement.core.facts import Facts
from enforcement.core.fields import Chosen, Given, Option
from enforcement.core.needs import lacking
from enforcement.core.parsing import BLANK
from enforcement.models import Proceeding
from law.evidence import Kept
from law.model import Ground
from law.refusal import Fact, FieldError, Refusal
from law.statute import Statute


def options(law: Statute, verb: str) -> Iterator[Option]:
    """The grounds of a verb as they are chosen from."""
    for each in law.grounds(verb):
        own = (each.rule.id, each.rule.id, each.rule.title, each.rule.text, "evidence")
        kinds = ((key, law.evidence_kind(key, each.rule.id)) for key in each.evidence)
        yield Option(
            *own,
            asks=each.evidence,
            signed=each.by_claimants,
            kind=each.kind,
            ends_on=each.ends_on,
            dated=each.dated,
            pieces={key: kind for key, kind in kinds if kind},
        )


def _closed(now: Facts, option: Option) -> Refusal | None:
    return lacking(now.law.ground(option.id, on=now.on), now)


def _signed(now: Facts, option: Option, found: Mapping[str, Any]) -> dict[str, str]:
    """What a claimant has to sign is, for an example, signed by every one of them."""
    names = "; ".join(person["kk"] for person in claimants(now))
    paths = (path for key in option.signed for path in (key, f"{key}.{AUTHOR}"))
    return {path: names for path in paths if str(found.get(path, "")).startswith(BLANK)}


#: The ground is chosen first; what proves it is asked then.
GROUND: Final = Chosen(
    "ground",
    label=_("Ground"),
    texts="evidence",
    among=options,
    closed=_closed,
    better=_signed,
)


def complete(act: Act[Proceeding], ground: str, evidence: Given) -> tuple[Ground, dict[str, Kept]]:
    """The ground in its wording of that day with its evidence, complete, or a Refusal naming it."""
    known = {each.rule.id: each for each in act.law.grounds(act.verb.name)}
    if ground not in known:
        fact = Fact("ground", ground or "-", ", ".join(sorted(known)))
        error = FieldError("ground", "unknown")
        rule = act.law.steps[act.verb.name].rule
        raise Refusal("ground_unknown", rule=rule, facts=(fact,), errors=(error,))
    named = act.law.ground(ground, on=act.on)
    proof = proven(act.law, named, evidence, on=act.on)
    if refused := (
        lacking(named, act.now)
        or without_authority(act.now, named, proof)
        or others_owed(act.now, named, proof)
    ):
        raise refused
    return named, proof
