"""Words of the law and of a case in the reader's language; used by screens and API alike."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import get_language

from law.statute import Statute


def reading() -> str:
    """The language the answer is read in."""
    return (get_language() or "kk")[:2]


def tenge(amount: Decimal | None) -> str:
    """A sum of money: 1 900 659,00 ₸."""
    if amount is None:
        return ""
    whole, _, cents = f"{amount:,.2f}".partition(".")
    return f"{whole.replace(',', chr(0xA0))},{cents}\u00a0₸"


def step_title(law: Statute, verb: str) -> str:
    """What the button of a verb says."""
    step = law.steps.get(verb)
    return step.title.in_(reading()) if step else verb


def names_of(law: Statute, words: str, keys: Iterable[str]) -> str:
    """Keys of a word list in words, one after another."""
    return ", ".join(law.word(words, key).in_(reading()) for key in keys)
