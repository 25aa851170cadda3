"""One way to read what is written in many: texts, names, identifiers, numbers, places. Pure.

What is stored and printed stays what was written; these are the keys by which it is compared.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from parties.search_keys import fold

#: Signs of no shape that Unicode does not call format signs: joiners, fillers, variants.
_FILLERS: Final = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
_VARIANTS: Final = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
_UNSEEN: Final = dict.fromkeys((*map(ord, _FILLERS), *_VARIANTS))
#: Small Cyrillic letters that nobody can tell from Latin ones, at least as capitals.
_ALIKE: Final = str.maketrans("авсенікмортхујѕһү", "abcehikmoptxyjshy")


def visible(text: str) -> str:
    """The text without signs nobody sees, each run of spaces one space."""
    plain = unicodedata.normalize("NFC", text).translate(_UNSEEN)
    seen = (sign for sign in plain if sign.isspace() or unicodedata.category(sign)[0] != "C")
    return " ".join("".join(seen).split())


def says_something(text: str) -> bool:
    """Whether a letter or a digit stands in the text: dots and dashes fill a line, they say
    nothing."""
    return any(sign.isalnum() for sign in text)


def is_name(text: str) -> bool:
    """Whether a person or place can be called so: a letter of any script stands in it."""
    return any(sign.isalpha() for sign in visible(text))


def digits(text: str) -> str:
    """The text with the digits of every script as 0-9."""
    return "".join(
        sign if (value := unicodedata.decimal(sign, None)) is None else str(value) for sign in text
    )


# --- Numbers ------------------------------------------------------------------------------------

#: What stands between the groups of an identifier; what is written before it.
_BETWEEN: Final = re.compile(r"[\s\-.]+")
_CALLED: Final = re.compile(r"(?:ИИН|ЖСН|IIN|БИН|БСН|BIN|IBAN|ЖСК|ИИК)[\s:№]*(?=[A-ZА-Я0-9])")
#: A group of a number: letters and digits that stand together.
_GROUP: Final = re.compile(r"[^\W_]+")
#: Words and signs that only say that a number follows, as `_ALIKE` folds them.
_SAYS_NUMBER: Final = frozenset(
    word.translate(_ALIKE)
    for word in (
        *("n", "no", "nr", "num", "number", "case", "ном", "номер", "номера", "номером"),
        *("нөмір", "нөмірі", "нөмірлі", "нөмірімен", "іс", "ісі", "істің", "ісінің"),
        *("дело", "дела", "делу", "по", "бойынша"),
        *("гражданское", "гражданскому", "гражданского", "азаматтық"),
    )
)
_SIGN_BEFORE: Final = re.compile(r"\b(?:no|n)(?=[0-9])")
_NUMBER_SIGN: Final = str.maketrans(dict.fromkeys("№#＃ⁿ", " "))
_ZEROS: Final = re.compile(r"^0+(?=[0-9])")


def identifier_key(text: str) -> str:
    """An IIN, BIN or IBAN however it was grouped and pasted: digits, Latin capitals.

    The letter O stays a letter: it is no digit 0.
    """
    plain = digits(unicodedata.normalize("NFKC", visible(text))).upper()
    joined = _BETWEEN.sub("", _dashed(_CALLED.sub("", plain)))
    return joined.casefold().translate(_ALIKE).upper()


def _dashed(text: str) -> str:
    """Every dash as the one of the keyboard."""
    return "".join(
        "-" if unicodedata.category(sign) == "Pd" or sign == "−" else sign for sign in text
    )


def number_key(text: str) -> str:
    """A number of a case or paper however it was typed: its groups, and nothing of what only
    spelling makes of them.

    Number signs and words, full stops, slashes, dashes, spaces, case, invisible signs, leading
    zeros and letters that look alike make no other number; the letter O and the digit 0 do.
    """
    plain = unicodedata.normalize("NFKC", visible(text).translate(_NUMBER_SIGN))
    folded = digits(plain).casefold().translate(_ALIKE)
    groups = _GROUP.findall(_SIGN_BEFORE.sub("", folded))
    return "-".join(_ZEROS.sub("", each) for each in groups if each not in _SAYS_NUMBER)


# --- Names --------------------------------------------------------------------------------------

_WORD: Final = re.compile(r"[^\W\d_]+")
#: Legal forms, as `fold` leaves them: the same body is called by either.
_FORMS: Final = frozenset(
    map(fold, ("АҚ", "АО", "ЖШС", "ТОО", "ЖК", "ИП", "МКК", "КГП", "ММ", "ГУ"))
)


def name_key(text: str) -> str:
    """A name whatever the order of its words, its quotes, its script and its legal form."""
    words = sorted(_WORD.findall(_in_cyrillic(visible(text))))
    return " ".join([each for each in words if each not in _FORMS] or words)


# --- Places -------------------------------------------------------------------------------------

#: What a word says a place is, as `fold` leaves it; the narrowest first.
_TYPES: Final[dict[str, tuple[str, ...]]] = {
    "village": (
        *("аул", "ауыл", "ауылы", "ауылынын", "село", "села", "с", "поселок", "пос", "п"),
        *("кент", "кенти", "станция", "станциясы", "ст", "а"),
    ),
    "district": (
        *("аудан", "ауданы", "ауданынын", "ауд", "аудандык", "район", "района", "районы", "р-н"),
        *("округ", "округи", "дистрикт"),
    ),
    "city": (
        *(
            "кала",
            "каласы",
            "каласынын",
            "каласында",
            "к",
            "к-сы",
            "калалык",
            "город",
            "города",
            "гор",
            "г",
        ),
        *("городской", "киты"),
    ),
    "region": (
        "облыс",
        "облысы",
        "облысынын",
        "обл",
        "область",
        "области",
        "облыстык",
        "област",
        "регион",
    ),
    "country": ("казакстан", "казахстан", "республика", "республикасы", "рк", "кр"),
}
_TYPE_OF: Final = {fold(word): kind for kind, words in _TYPES.items() for word in words}
_PARTS: Final = re.compile(r"[,;/()\n]+")
_PLACE_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ADJECTIVE: Final = re.compile(r"(?:ский|ская|ское|ского|ской|цкий|цкая|цкого)\Z")
#: Towns whose Russian name is not their Kazakh one in other letters.
_TWO_NAMES: Final = (
    *(("Қарағанды", "Караганда"), ("Өскемен", "Усть-Каменогорск"), ("Орал", "Уральск")),
    *(("Петропавл", "Петропавловск"), ("Түркістан", "Туркестан"), ("Балқаш", "Балхаш")),
    *(("Сәтбаев", "Сатпаев"), ("Байқоңыр", "Байконур"), ("Арқалық", "Аркалык")),
)
#: Latin letters as Kazakh names are written with them, longer ones first.
_LATIN: Final = (
    *(("shch", "щ"), ("sh", "ш"), ("ch", "ч"), ("zh", "ж"), ("kh", "х"), ("gh", "г"), ("ts", "ц")),
    *(("ya", "я"), ("yu", "ю"), ("yo", "е"), ("ye", "е")),
)
_LETTERS: Final = str.maketrans("abcdefghijklmnopqrstuvwxyzıə", "абкдефгхижклмнопкрстувухызыа")
_Y_AFTER_VOWEL: Final = re.compile(r"(?<=[aeiou])y")
_MARKS: Final = re.compile(r"[\u0300-\u036f]")
_CYRILLIC: Final = re.compile(r"[\u0400-\u04ff]")
#: Letters in which two spellings of a place differ and no two places do.
_PLAIN: Final = str.maketrans("йэ", "ие", "ьъ'’ʼ-")

#: One place under all its spellings.
Place = frozenset[str]


@lru_cache(maxsize=4096)
def city_keys(text: str) -> tuple[Place, ...]:
    """The places a city field names, the narrowest first: villages, districts, cities, regions.

    A district or a region is never the city of its name. Two places are one where their spellings
    meet.
    """
    named: dict[str, dict[str, set[str]]] = {}
    plain = visible(text.replace("\n", ",").replace(".", ". "))
    for reading in dict.fromkeys((_in_cyrillic(plain), fold(plain))):
        for n, part in enumerate(_PARTS.split(reading)):
            for m, (kind, name) in enumerate(_places(_PLACE_WORD.findall(part))):
                named.setdefault(kind, {}).setdefault(f"{n}.{m}", set()).update(_keys(kind, name))
    order = ("village", "district", "city", "region")
    return tuple(frozenset(keys) for kind in order for keys in named.get(kind, {}).values())


def same_place(one: Place, other: Place) -> bool:
    """Whether two places are one under some spelling."""
    return not one.isdisjoint(other)


def _keys(kind: str, name: list[str]) -> Iterator[str]:
    """A place's spellings; villages and cities share theirs, for a type is often left out."""
    wide = "" if kind in ("village", "city") else f"{kind}:"
    joined = "".join(name)
    joined = (_ADJECTIVE.sub("", joined) if wide else joined).translate(_PLAIN)
    yield wide + joined
    if not wide:
        yield from _OTHER_NAME.get(joined, ())


def _places(words: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Split words into places: a type takes the words before it, or else those after it."""
    waiting, before = "", []
    for n, word in enumerate(words):
        kind = _TYPE_OF.get(word, "")
        if kind == "country":
            continue
        if not kind:
            before.append(word)
            continue
        if before and not waiting:
            yield kind, before
        elif before:
            behind = words[n + 1 : n + 2]
            # «г. Тараз Жамбылская обл.»: the last word is of the type behind it.
            split = len(before) - (not behind or behind[0] in _TYPE_OF) or len(before)
            yield waiting, before[:split]
            if before[split:]:
                yield kind, before[split:]
        waiting = kind if not before or (waiting and words[n + 1 : n + 2]) else ""
        before = []
    if before:
        yield waiting or "city", before


def _in_cyrillic(text: str) -> str:
    """A text of Latin letters alone as it sounds; any other as it looks."""
    if _CYRILLIC.search(text):
        return fold(text)
    plain = text.lower().replace("ş", "sh")
    latin = _MARKS.sub("", unicodedata.normalize("NFKD", plain))
    for sounds, letter in _LATIN:
        latin = latin.replace(sounds, letter)
    return fold(_Y_AFTER_VOWEL.sub("й", latin).replace("y", "ы").translate(_LETTERS))


def _town(name: str) -> str:
    return fold(name).translate(_PLAIN)


_OTHER_NAME: Final = {
    _town(one): (_town(other),) for pair in _TWO_NAMES for one, other in (pair, pair[::-1])
}
