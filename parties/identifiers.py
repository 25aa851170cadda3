"""IIN, BIN and IBAN read for what they say, and their check digits. Pure, nothing is looked up.

IIN: year, month and day of birth, century and sex, four digits of order, the check digit.
BIN: year and month of registration, what it is of (4 resident, 5 non-resident, 6 entrepreneurs
in common), of which part (0 head, 1 branch, 2 representation, 3 and 4 farm or other), five digits
of order, the check digit. IBAN: ISO 13616, in Kazakhstan a bank of three digits.
"""

import re
from datetime import date

_TWELVE = re.compile(r"[0-9]{12}\Z")
_BIN = re.compile(r"[0-9]{2}(?:0[1-9]|1[0-2])[4-6][0-4]")
_IBAN = re.compile(r"KZ[0-9]{5}[0-9A-Z]{13}\Z")
#: ISO 7064: 98 less a remainder of 97, so that 00, 01 and 99 are computed by no bank.
_LEAST, _MOST = 2, 98
#: The seventh digit of an IIN: odd for men, even for women; 0 tells neither century nor sex.
_CENTURIES = {
    "0": ("19", "20"),
    "1": ("18",),
    "2": ("18",),
    "3": ("19",),
    "4": ("19",),
    "5": ("20",),
    "6": ("20",),
}
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
    if fault := _well_formed(number):
        return fault
    return "" if any(_births(number)) else "birth_date"


def birth_date(iin: str) -> date | None:
    """The birth date a right IIN tells; None where it tells no century, as those of some
    foreigners do."""
    told = list(filter(None, _births(iin)))
    return told[0] if len(_CENTURIES[iin[6]]) == 1 and told else None


def born_on(iin: str, on: date) -> bool:
    """Whether a right IIN can be of a person born on that day."""
    return on in _births(iin)


def sex(iin: str) -> str:
    """The sex a right IIN tells: `m`, `f`, or nothing."""
    return "" if iin[6] == "0" else "fm"[int(iin[6]) % 2]


def _births(iin: str) -> list[date | None]:
    """The birth dates an IIN can mean, None for a day no calendar has."""
    return [_day(f"{c}{iin[:2]}-{iin[2:4]}-{iin[4:6]}") for c in _CENTURIES.get(iin[6], ())]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def bin_fault(number: str) -> str:
    """What is wrong with a BIN: "" (nothing), `format`, `bin_structure` or `check_digit`."""
    if fault := _well_formed(number):
        return fault
    return "" if _BIN.match(number) else "bin_structure"


def joint_enterprise(number: str) -> bool:
    """Whether a right BIN is of individual entrepreneurs in common, natural persons."""
    return number[4] == "6"


def iban_fault(iban: str) -> str:
    """What is wrong with a Kazakh IBAN: "" (nothing), `format` or `check_digit` (ISO 13616)."""
    if not _IBAN.match(iban):
        return "format"
    digits = "".join(str(int(sign, 36)) for sign in iban[4:] + iban[:4])
    right = int(digits) % 97 == 1 and _LEAST <= int(iban[2:4]) <= _MOST
    return "" if right else "check_digit"
