"""What the verbs of money share: a claim that is meant, a sum in words, the undoing of a line."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.formats import number_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from enforcement.core.act import Act
from enforcement.core.facts import Facts
from enforcement.core.fields import Option, Thing
from enforcement.core.words import reading
from enforcement.facts.balance import PERIODIC, SUM, Claim
from enforcement.models import Debt, Participant, Proceeding, Reversal
from journal.models import Entry


def grouped(amount: Decimal | None) -> str:
    """A sum as papers print it."""
    return number_format(amount or 0, 2, force_grouping=True)


def is_id(text: str) -> bool:
    """Whether it is the key of a row."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def payable(now: Facts) -> list[Claim]:
    """The debtor's claims that money can be for; where there is none, whatever he owes."""
    claims = now.running.claims
    return [each for each in claims if each.kind in (SUM, PERIODIC)] or list(claims)


def claim_asked(name: str, among: Callable[[Facts], list[Claim]]) -> Thing:
    """Which of the debtor's claims is meant, each with what is left of it."""

    def listed(now: Facts, option: Option | None) -> Iterator[tuple[Debt, str]]:
        claims = {claim.id: claim for claim in among(now)}
        debts = now.thing.debtor.debts.select_related("claimant").order_by("position", "share")
        for debt in debts:
            if claim := claims.get(str(debt.pk)):
                yield debt, _in_words(now, debt, claim)

    def named(now: Facts, text: str) -> Debt | None:
        return _debt_named(now, text, among=among(now))

    return Thing(name, label=_("Claim"), among=listed, named=named, belongs=_owed_here)


def _in_words(now: Facts, debt: Debt, claim: Claim) -> str:
    """A claim by its claimant, and what is left of it or what it is."""
    claimant = f"{debt.claimant.name(reading())} · " if debt.claimant else ""
    if claim.left is not None:
        return f"{claimant}{_now('left:')} {grouped(claim.left)}"
    words, key = ("acts", claim.act) if claim.act else ("periodic_kinds", claim.periodic)
    return claimant + now.law.word(words, key).in_(reading())


def _debt_named(now: Facts, text: str, *, among: list[Claim]) -> Debt | None:
    """A debt by its place in the document or its id; where none is named, the first of `among`
    of which something is owed."""
    debtor: Participant = now.thing.debtor
    debts = debtor.debts.order_by("position", "share")
    if not text:
        meant = next((each for each in among if each.owed), among[0] if among else None)
        return debts.get(pk=meant.id) if meant else None
    if text.isascii() and text.isdigit():
        return debts.filter(position=int(text[:9])).first()
    return debts.filter(pk=text).first() if is_id(text) else None


def _owed_here(now: Facts, debt: Debt) -> bool:
    """Whether a debt is one of this debtor's."""
    return str(debt.pk) in {claim.id for claim in now.running.claims}


def reversal_of(name: str, model: Any) -> Any:
    """Undo of a line that wrote a sum: a reversal, so that both stay to be seen."""

    def undo(act: Act[Proceeding], wrong: Entry, entry: Entry) -> None:
        Reversal.objects.create(entry=entry, **{name: model.objects.get(entry=wrong)})

    return undo
