"""One way to read what is written in many: texts, names, identifiers, numbers, places. Pure.

What is stored and printed stays what was written; these are the keys by which it is compared.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from parties.search_keys import look, sound, words

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
_OF_CASES: Final = ("судебн", "гражданск", "уголовн", "административн")
#: Words and signs that only say that a number follows, as `_ALIKE` folds them.
_SAYS_NUMBER: Final = frozenset(
    word.translate(_ALIKE)
    for word in (
        *("n", "no", "nr", "num", "number", "case", "ном", "номер", "номера", "номером"),
        *("нөмір", "нөмірі", "нөмірлі", "нөмірімен", "нөмірінің"),
        *("іс", "ісі", "іске", "істе", "істі", "істің", "ісіне", "ісінде", "ісінің", "ісін"),
        *("сот", "соттың", "сотының", "бойынша", "азаматтық", "әкімшілік", "қылмыстық"),
        *("дело", "дела", "делу", "деле", "делом", "по", "суда"),
        *(f"{of}{end}" for of in _OF_CASES for end in ("ое", "ого", "ому", "ом")),
    )
)
_SIGN_BEFORE: Final = re.compile(r"\b(?:no|n)(?=[0-9])")
_NUMBER_SIGN: Final = str.maketrans(dict.fromkeys("№#＃ⁿ", " "))
_ZEROS: Final = re.compile(r"^0+(?=[0-9])")


def identifier_key(text: str) -> str:
    """An IIN, BIN or IBAN however it was grouped and pasted: digits, Latin capitals.

    The letter O stays a letter: it is no digit 0; digits of other scripts stay what they are.
    """
    plain = unicodedata.normalize("NFKC", visible(text)).upper()
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


# --- Parts of a decision ------------------------------------------------------------------------

#: A paper that is a part of a decision, and does not tell which one.
SOME_PART: Final = "yes"
#: Words that only say that a part follows, or end a number, as they sound.
_SAYS_PART: Final = frozenset(
    map(
        sound,
        (
            *("бөлік", "бөлігі", "бөлігін", "бөлігінің", "бөлігіне", "бөл"),
            *("бөлім", "бөлімі", "бөлімінің", "бойынша"),
            *("часть", "части", "частью", "част", "ч", "по", "part", "no", "n", SOME_PART),
            *("номер", "нөмір", "ші", "шы", "нші", "ншы", "інші", "ыншы", "ая", "я", "й", "ый"),
            *("ой", "ью", "st", "nd"),
        ),
    )
)
#: How a number is said, in Kazakh and in Russian.
_NUMBERS: Final = (
    ("бір", "бірінші", "первая", "первой", "первую", "первый", "один", "одна", "first", "one"),
    ("екі", "екінші", "вторая", "второй", "вторую", "два", "две", "second", "two"),
    ("үш", "үшінші", "третья", "третьей", "третью", "третий", "три", "third", "three"),
    ("төрт", "төртінші", "четвертая", "четвертой", "четвертый", "четыре", "fourth", "four"),
    ("бес", "бесінші", "пятая", "пятой", "пятый", "пять", "fifth", "five"),
    ("алты", "алтыншы", "шестая", "шестой", "шесть", "sixth", "six"),
    ("жеті", "жетінші", "седьмая", "седьмой", "семь", "seventh", "seven"),
    ("сегіз", "сегізінші", "восьмая", "восьмой", "восемь", "eighth", "eight"),
    ("тоғыз", "тоғызыншы", "девятая", "девятой", "девять", "ninth", "nine"),
    ("он", "оныншы", "десятая", "десятой", "десять", "tenth", "ten"),
)
_SAID: Final = {sound(word): str(n) for n, said in enumerate(_NUMBERS, 1) for word in said}
_ROMAN: Final = re.compile(r"(x{0,3})(ix|iv|v?i{0,3})")
_ONES: Final = {"ix": 9, "iv": 4}
_LETTERS_OR_DIGITS: Final = re.compile(r"[0-9]+|[^\W\d_]+")


def part_key(text: str) -> str:
    """Which part of a decision a paper is, however that was written: digits, Roman numbers and
    numbers said in words are one number; the word "part" and number signs say nothing. Empty for
    a paper on the whole decision."""
    if not text:
        return ""
    plain = unicodedata.normalize("NFKC", visible(text).translate(_NUMBER_SIGN))
    groups = _LETTERS_OR_DIGITS.findall(digits(plain).casefold())
    return "-".join(filter(None, map(_number_said, groups))) or SOME_PART


def _number_said(group: str) -> str:
    """A group as a number where it says one, else as it sounds; empty where it says nothing."""
    if group.isdecimal():
        return _ZEROS.sub("", group)
    roman = _ROMAN.fullmatch(group.translate(_ALIKE))
    if roman and roman[0]:
        ones = _ONES.get(roman[2], 5 * roman[2].count("v") + roman[2].count("i"))
        return str(10 * len(roman[1]) + ones)
    heard = sound(group)
    return "" if heard in _SAYS_PART else _SAID.get(heard, heard)


# --- Names --------------------------------------------------------------------------------------

#: Legal forms, as they sound: the same body is called by either.
_FORMS: Final = frozenset(
    map(sound, ("ақ", "ао", "жшс", "тоо", "жк", "ип", "мкк", "кгп", "мм", "гу", "ммк", "ргу"))
)


def name_key(text: str) -> str:
    """A name whatever the order of its words, its quotes, its script and its legal form."""
    heard = sorted(map(sound, words(visible(text))))
    return " ".join([each for each in heard if each not in _FORMS] or heard)


# --- Places -------------------------------------------------------------------------------------

#: What a word says a place is; the narrowest first.
_TYPES: Final[dict[str, str]] = {
    "village": "аул ауыл ауылы ауылының село села с поселок пос п кент кенті ст а",
    "district": "аудан ауданы ауданының ауд аудандық район района районы рн округ округі district",
    "city": "қала қаласы қаласының қаласында қалалық қ қсы город города городской гор г city",
    "region": "облыс облысы облысының облыстық обл область области region",
    "country": "қазақстан казахстан республика республикасы рк қр",
}
_TYPE_OF: Final = {sound(each): kind for kind, every in _TYPES.items() for each in every.split()}
_PARTS: Final = re.compile(r"[,;/()\n]+")
_PLACE_WORD: Final = re.compile(r"[^\W\d_]+(?:[-'’ʼ][^\W\d_]+)*")
#: How a Russian adjective made of a place's name sounds.
_ADJECTIVE: Final = re.compile(r"sk(?:i|aia|oe|ogo|oi)\Z")
#: Towns whose Russian name is not their Kazakh one in other letters.
_TWO_NAMES: Final = (
    *(("қарағанды", "караганда"), ("өскемен", "устькаменогорск"), ("орал", "уральск")),
    *(("петропавл", "петропавловск"), ("түркістан", "туркестан"), ("балқаш", "балхаш")),
    *(("сәтбаев", "сатпаев"), ("байқоңыр", "байконур")),
)
_OTHER_NAME: Final = {
    sound(one): sound(other) for pair in _TWO_NAMES for one, other in (pair, pair[::-1])
}

#: One place under all its spellings, as they sound.
Place = frozenset[str]


@lru_cache(maxsize=4096)
def city_keys(text: str) -> tuple[Place, ...]:
    """The places a city field names, the narrowest first: villages, districts, cities, regions.

    A district or a region is never the city of its name. Two places are one where their spellings
    meet.
    """
    plain = visible(text.replace("\n", ",")).lower()
    named = [
        place
        for part in _PARTS.split(plain)
        for place in _places([_BETWEEN.sub("", each) for each in _PLACE_WORD.findall(part)])
    ]
    return tuple(_place(kind, name) for order in _TYPES for kind, name in named if kind == order)


def same_place(one: Place, other: Place) -> bool:
    """Whether two places are one under some spelling."""
    return not one.isdisjoint(other)


def _place(kind: str, name: list[str]) -> Place:
    """A place's spellings; villages and cities share theirs, for a type is often left out."""
    heard = {"".join(map(sound, name)), "".join(sound(look(word)) for word in name)}
    if kind in ("village", "city"):
        return frozenset(heard | {_OTHER_NAME.get(each, each) for each in heard})
    return frozenset(f"{kind}:{_ADJECTIVE.sub('', each)}" for each in heard)


def _places(words: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Split words into places: a type takes the words before it, or else those after it."""
    kinds = [_TYPE_OF.get(sound(word), "") for word in words]
    waiting, before = "", []
    for n, (word, kind) in enumerate(zip(words, kinds, strict=True)):
        leads = n + 1 < len(kinds) and not kinds[n + 1]
        if not kind:
            before.append(word)
        elif kind == "country":
            continue
        elif before and not waiting:
            # «Тараз Жамбыл облысы»: a region is called by one word, and the country's.
            own = before[-1:] if kind == "region" else before
            if before[: -len(own)]:
                yield "city", before[: -len(own)]
            yield kind, own
            before = []
        elif before:
            # «г. Тараз Жамбылская обл.»: the last word is of a type that leads none of its own.
            split = len(before) if leads else max(len(before) - 1, 1)
            yield waiting, before[:split]
            if before[split:]:
                yield kind, before[split:]
            waiting, before = kind if leads else "", []
        else:
            waiting = kind
    if before:
        yield waiting or "city", before
