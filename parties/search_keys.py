"""Fold names so that a search finds them however they were typed: case, Kazakh letters written
as Russian ones, Latin look-alikes. The database holds the same folding as `kk_fold()`."""

from typing import Final

#: Latin look-alikes (and the lecture's Latin schwa) first, then Kazakh letters to their kin.
LOOK_ALIKES: Final = ("abcehikmoptxyə", "авсенікмортхуә")
KIN: Final = ("әғқңөұүһіё", "агкноуухие")
_TO_CYRILLIC: Final = str.maketrans(*LOOK_ALIKES)
_TO_KIN: Final = str.maketrans(*KIN)


def fold(text: str) -> str:
    """The search key of a name: lower case, look-alikes and Kazakh letters folded."""
    return " ".join(text.lower().translate(_TO_CYRILLIC).translate(_TO_KIN).split())
