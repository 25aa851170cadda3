"""Money in banks, under whatever name it is taken for: only with a sanction (SANCT-01). Pure."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from enforcement.models.measure import BANK_MONEY
from law.model import Words
from law.statute import Statute
from parties.spelling import visible

#: An account's number inside a text, however it is grouped.
ACCOUNT: Final = re.compile(r"KZ\d{2}[0-9A-Z]{16}", re.IGNORECASE)
_GROUPED: Final = re.compile(r"[\s-]")
MONEY: Final = "money"
#: What a bank can hold for the debtor as anybody does, without owing him money.
THINGS: Final = frozenset({"movable_property", "securities", "real_estate", "title_documents"})
#: In the words of these nothing but money itself means money.
NO_MONEY: Final = frozenset({"acts", "securities", "real_estate", "title_documents"})


def sanction_for(law: Statute, target: str, addressee: str, said: Iterable[str]) -> str:
    """The rule that asks a sanction for a measure, by its target, by who must obey it, and by
    each text that says what it is laid on; empty where none is needed."""
    means = _Told(law, addressee).bank and target not in THINGS
    means = means or any(_in_a_bank(law, target, text) for text in (addressee, *said))
    return law.sanction(BANK_MONEY if means else target)


class _Told:
    """What a text says, by the law's words for money in banks."""

    def __init__(self, law: Statute, text: str) -> None:
        self._words = law.list("bank_money_words")
        self._text = visible(text).casefold().replace("ё", "е")
        if "otherwise" in self._words:
            self._text = _pattern(self._words["otherwise"]).sub(" ", self._text)

    def says(self, name: str) -> bool:
        """Whether a word of this list stands in it."""
        return name in self._words and bool(_pattern(self._words[name]).search(self._text))

    @property
    def bank(self) -> bool:
        """Whether it names a bank or who does what banks do."""
        return self.says("bank")


def _in_a_bank(law: Statute, target: str, text: str) -> bool:
    """Whether a text speaks of money in a bank: of an account's number, of a deposit, of money on
    an account or with a bank; cash is none, nor is a sum for which a thing is pledged to a bank."""
    if ACCOUNT.search(_GROUPED.sub("", text)):
        return True
    told = _Told(law, text)
    account, bank = told.says("account"), told.bank
    if target in NO_MONEY:
        return told.says("money") and (account or (bank and not told.says("cash")))
    money = target == MONEY or told.says("money") or (told.says("sum") and not told.says("pledge"))
    held = bank and money and not told.says("cash")
    return held or (account and (money or bank)) or told.says("deposit")


@cache
def _pattern(words: Words) -> re.Pattern[str]:
    """Any form of a list of the law: a comma stands between two, `*` for any letters."""
    forms = ",".join((words.kk, words.ru, words.en)).split(",")
    told = ("".join(_part(sign) for sign in " ".join(form.split())) for form in forms)
    return re.compile(rf"\b(?:{'|'.join(told)})\b")


def _part(sign: str) -> str:
    return {"*": r"\w*", " ": r"\W+"}.get(sign, re.escape(sign))
