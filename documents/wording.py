"""How a paper writes values: dates, sums, articles, and names with every sign seen."""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

# Migration 0005 asks for it here.
from documents.addressees import PEOPLE, addressees  # noqa: F401
from law.model import Rule

LAYOUTS: Final = Path(__file__).resolve().parent.parent / "templates" / "papers"
_ARTICLE: Final = re.compile(r"(?P<article>[\d-]+)(?:\((?P<part>[\d-]+)\))?\Z")
#: What joins or parts the letters of a name and is drawn by none: of use in Persian and Hindi.
_JOINERS: Final = frozenset("\u200c\u200d")


@lru_cache
def layout_words(language: str) -> dict[str, Any]:
    """The layout's own words."""
    table = tomllib.loads((LAYOUTS / "words.toml").read_text(encoding="utf-8"))
    return dict(table[language])


def plain(text: str) -> str:
    """One line of text; signs that nobody sees are shown by their code points, since one that
    turns the direction of writing would make a name another one."""
    line = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(pointed(sign) if _unseen(sign) else sign for sign in line)


def _unseen(sign: str) -> bool:
    return unicodedata.category(sign).startswith("C") and sign not in _JOINERS


def pointed(signs: str) -> str:
    """Signs by their code points."""
    return "".join(f"[U+{ord(sign):04X}]" for sign in signs)


def written(on: date, language: str) -> str:
    """A date in words, never parted at the end of a line."""
    words = layout_words(language)
    text = words["date"].format(day=on.day, month=words["months"][on.month - 1], year=on.year)
    return str(text).replace(" ", "\u00a0")


def tenge(amount: str | None) -> str:
    """A sum of money as people write it; empty where there is none."""
    if amount is None:
        return ""
    whole, _point, cents = f"{Decimal(amount):,.2f}".partition(".")
    return f"{whole.replace(',', chr(0xA0))},{cents}\u00a0₸"


def citation(rule: Rule, language: str) -> str:
    """The rule's place in its act, never parted; empty where the act has no articles."""
    words = layout_words(language)
    if not rule.article:
        return ""
    found = _ARTICLE.match(rule.article)
    if not found or not found["part"]:
        text = words["article"].format(article=rule.article)
    else:
        # A code divides its articles into parts, a law into paragraphs.
        part = "part_of_code" if rule.act.startswith("K") else "part_of_law"
        text = words[part].format(**found.groupdict())
    return str(text).replace("-бап", "\u2011бап").replace(". ", ".\u00a0")


def described(person: Mapping[str, Any], language: str) -> str:
    """By what else than his name a person is known: number, birth date, address."""
    words, told = layout_words(language)["person"], []
    if number := person.get("identifier"):
        told.append(words[person.get("kind", "natural")].format(number=plain(number)))
    if born := person.get("birth_date"):
        told.append(words["born"].format(on=written(date.fromisoformat(born), language)))
    addresses = person.get("address") or {}
    if address := plain(addresses.get(language) or next(filter(None, addresses.values()), "")):
        told.append(words["address"].format(address=address))
    return "; ".join(told)


def sent_through(
    facts: Mapping[str, Any], names: Callable[[Any], list[str]], language: str
) -> dict[str, str]:
    """Those whose representatives get what is sent to them, with them and where they are found
    (REP-01); `names` tells a person's name."""
    people = (each for role in sorted(PEOPLE) for each in facts.get(role) or ())
    served = ((each, each["through"]) for each in people if "through" in each)
    named = ((name, agents) for each, agents in served for name in names([each]))
    words = layout_words(language)["person"]["through"]
    return {name: words.format(name=name, agents=_found(agents)) for name, agents in named}


def _found(agents: Sequence[Mapping[str, str]]) -> str:
    told = ((plain(each["name"]), plain(each["address"])) for each in agents)
    return "; ".join(", ".join(filter(None, each)) for each in told)


def letterhead(details: Mapping[str, str], language: str) -> list[str]:
    """Where an office is found and by which numbers it is known, as far as they are entered."""
    words = layout_words(language)["office"]
    told = {**details, "address": details.get(f"address_{language}", "")}
    lines = (("address", "phone"), ("bin", "iban", "bank", "bic"))
    rows = [[words[n].format(plain(told[n])) for n in names if told.get(n)] for names in lines]
    return [" · ".join(row) for row in rows if row]


def listed(item: Mapping[str, Any], language: str) -> str:
    """A thing of an inventory: what, its value, the place the debtor wants it in."""
    said = f"{plain(item['what'])} – {tenge(item['value'])}"
    wanted = layout_words(language)["preference"]
    return said + (wanted.format(place=item["place"]) if item["place"] else "")


def title_lines(title: str) -> Iterator[dict[str, Any]]:
    """The title's lines: the word in capitals (the kind of paper) stands alone, before or after."""
    words = title.split()
    if words[0].isupper():
        yield {"text": words[0], "strong": True}
        yield {"text": " ".join(words[1:]), "strong": False}
    elif words[-1].isupper():
        yield {"text": " ".join(words[:-1]), "strong": False}
        yield {"text": words[-1], "strong": True}
    else:
        yield {"text": title, "strong": False}
