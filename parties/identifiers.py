"""IIN, BIN and IBAN: are the check digits right? Pure arithmetic, nothing is looked up."""

import re
from datetime import date

_TWELVE = re.compile(r"[0-9]{12}\Z")
_IBAN = re.compile(r"KZ[0-9]{2}[0-9A-Z]{16}\Z")
_FIRST = tuple(range(1, 12))
_SECOND = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)


def check_digit(eleven: str) -> int | None:
    """The twelfth digit that eleven digits demand; None where no number with them exists."""
    for weights in (_FIRST, _SECOND):
        rest = sum(int(d) * w for d, w in zip(eleven, weights, strict=True)) % 11
        if rest != 10:
            return rest
    return None


def _well_formed(number: str) -> str:
    if not _TWELVE.match(number):
        return "format"
    return "" if check_digit(number[:11]) == int(number[11]) else "check_digit"


def iin_fault(number: str) -> str:
    """What is wrong with an IIN: "" (nothing), `format`, `birth_date` or `check_digit`."""
    if (fault := _well_formed(number)) == "format":
        return fault
    if fault:
        return fault
    return "" if _birth_date(number) is not None else "birth_date"


def _birth_date(iin: str) -> date | None:
    """The birth date in an IIN; the seventh digit names the century (0: not told)."""
    century = {"0": 2000, "1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000}
    if iin[6] not in century:
        return None
    try:
        return date(century[iin[6]] + int(iin[:2]), int(iin[2:4]), int(iin[4:6]))
    except ValueError:
        return None


def bin_fault(number: str) -> str:
    """What is wrong with a BIN: "" (nothing), `format` or `check_digit`."""
    return _well_formed(number)


def iban_fault(iban: str) -> str:
    """What is wrong with a Kazakh IBAN: "" (nothing), `format` or `check_digit` (ISO 13616)."""
    if not _IBAN.match(iban):
        return "format"
    digits = "".join(str(int(sign, 36)) for sign in iban[4:] + iban[:4])
    return "" if int(digits) % 97 == 1 else "check_digit"
