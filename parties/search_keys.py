"""Keys by which a search finds a name however it was typed.

A word has a look (case, Kazakh letters as their kin, Latin look-alikes, no marks) and a sound (its
Latin spelling, so that both alphabets and their ways of writing meet). A key holds both of every
word; a word with one letter hidden is what it shares with every word that differs in that letter.
"""

import re
import unicodedata
from typing import Final

#: Latin look-alikes (and the lecture's Latin schwa) first, then Kazakh letters to their kin.
LOOK_ALIKES: Final = ("abcehikmoptxyə", "авсенікмортхуә")
KIN: Final = ("әғқңөұүһіё", "агкноуухие")
_TO_CYRILLIC: Final = str.maketrans(*LOOK_ALIKES)
_TO_KIN: Final = str.maketrans(*KIN)
#: Signs inside a name that are no border of words.
APOSTROPHES: Final = frozenset("'`´ʹʻʼʽʾʿˈ‘’‛′＇")
#: How letters sound, as one Latin letter where they can; `ş`, `ç` and `j` are sh, ch and zh.
CYRILLIC: Final = {
    **dict(zip("абвгдежзийклмнопрстуфхцчшщъыьэ", "abvgdejziiklmnoprstufh", strict=False)),
    "ц": "ts",
    "ч": "ç",
    "ш": "ş",
    "щ": "ş",
    "ъ": "",
    "ы": "i",
    "ь": "",
    "э": "e",
    "ё": "e",
    "ю": "iu",
    "я": "ia",
    "ә": "a",
    "ғ": "g",
    "қ": "k",
    "ң": "n",
    "ө": "o",
    "ұ": "u",
    "ү": "u",
    "һ": "h",
    "і": "i",
}
LATIN: Final = {"ı": "i", "q": "k", "w": "u", "x": "h", "y": "i", "c": "k", "ý": "u", "ə": "a"}
MARKED: Final = {"š": "ş", "č": "ç", "ž": "j", "ş": "ş", "ç": "ç"}
#: Several Latin letters that are one sound, the longest first.
TOGETHER: Final = (
    *(("shch", "ş"), ("sch", "ş"), ("sh", "ş"), ("ch", "ç"), ("zh", "j"), ("kh", "h")),
    *(("gh", "g"), ("ph", "f"), ("tz", "ts"), ("yo", "e"), ("ye", "e")),
)
#: Stands for a letter that may be another.
HIDDEN: Final = "*"
#: From how many letters on one may be wrong, and up to how many a word is looked at so.
SHORTEST, LONGEST = 4, 40
#: How many words of a name are looked at.
MOST_WORDS: Final = 20


def fold(text: str) -> str:
    """A text in lower case, look-alikes and Kazakh letters folded."""
    return " ".join(text.lower().translate(_TO_CYRILLIC).translate(_TO_KIN).split())


def words(text: str) -> list[str]:
    """The words of a name, in lower case and without signs nobody sees."""
    told = unicodedata.normalize("NFKC", text.replace("№", " "))
    plain = unicodedata.normalize("NFKC", told.lower())
    signs = (s for s in plain if s not in APOSTROPHES and unicodedata.category(s) != "Cf")
    spaced = "".join(s if unicodedata.category(s)[0] in "LNM" else " " for s in signs)
    return spaced.split()[:MOST_WORDS]


def look(word: str) -> str:
    """How a word looks to who knows one alphabet only."""
    return fold(_unmarked(word))


def sound(word: str) -> str:
    """How a word sounds, in Latin letters; a letter doubled is one."""
    if any(s in CYRILLIC for s in word):
        word = word.translate(_TO_CYRILLIC)
    for letters, one in TOGETHER:
        word = word.replace(letters, one)
    heard = "".join(MARKED.get(s) or CYRILLIC.get(s, LATIN.get(s, s)) for s in word)
    plain = "".join(s if s in MARKED else _unmarked(s) for s in heard)
    return re.sub(r"([^0-9])\1+", r"\1", plain)


def _unmarked(text: str) -> str:
    return "".join(s for s in unicodedata.normalize("NFKD", text) if not unicodedata.combining(s))


def readings(word: str) -> set[str]:
    """All that a typed word can be in a key."""
    spelled = (word, word.replace("x", "ks"))
    return {found for found in (look(word), *map(sound, spelled)) if found}


def key(*texts: str) -> str:
    """The key of names and numbers: each word as it looks and as it sounds, between spaces."""
    every = [found for text in texts for word in words(text) for found in (look(word), sound(word))]
    return f" {' '.join(dict.fromkeys(filter(None, every)))} "


def masked(heard: str) -> set[str]:
    """A word as it sounds, and with each of its letters hidden."""
    return {heard, *(f"{heard[:n]}{HIDDEN}{heard[n + 1 :]}" for n in range(len(heard)))}


def once_wrong(heard: str) -> set[str]:
    """What `masked` holds of every word that differs in one letter: another one, one missing, one
    too many, two that changed places."""
    places = range(len(heard))
    missing = {f"{heard[:n]}{HIDDEN}{heard[n:]}" for n in (*places, len(heard))}
    over = {heard[:n] + heard[n + 1 :] for n in places}
    swapped = {heard[:n] + heard[n : n + 2][::-1] + heard[n + 2 :] for n in places}
    return masked(heard) | missing | over | swapped


def may_be_wrong(heard: str) -> bool:
    """Whether a word is long enough to be known with one wrong letter; a number never is."""
    return SHORTEST <= len(heard) <= LONGEST and not any(s.isdigit() for s in heard)


def near(*texts: str) -> list[str]:
    """The words of names, each with one letter hidden: so `once_wrong` meets them."""
    heard = {sound(word) for text in texts for word in words(text)}
    return sorted({part for each in filter(may_be_wrong, heard) for part in masked(each)})
