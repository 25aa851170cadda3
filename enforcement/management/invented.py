"""Invented people and organisations for the demo: names nobody bears, numbers with right digits."""

from datetime import date, timedelta
from random import Random
from typing import Any, Final

from parties.identifiers import check_digit, iban_fault

#: Stems meaning sample, example, trial, fancy, fairy tale, riddle: no family is called so.
STEMS: Final = ("Үлгі", "Мысал", "Сынақ", "Қиял", "Ертегі", "Жұмбақ", "Ойдан", "Елес", "Болжам")
ENDINGS: Final = ("баев", "беков", "ғалиев", "мұратов", "құлов")
RUSSIAN: Final = ("Примеров", "Образцов", "Небылицын", "Выдумкин", "Сказкин", "Пробников")
MEN: Final = ("Ермек", "Данияр", "Асхат", "Мұрат", "Талғат", "Руслан", "Нұржан", "Бауыржан")
WOMEN: Final = ("Әсем", "Жанар", "Гүлнұр", "Сәуле", "Меруерт", "Айнұр", "Динара", "Қарлығаш")
RUSSIAN_MEN: Final = (("Павел", "Ильич"), ("Олег", "Львович"), ("Антон", "Фомич"))
RUSSIAN_WOMEN: Final = (("Вера", "Львовна"), ("Нина", "Ильинична"), ("Зоя", "Фоминична"))
FATHERS: Final = ("Сәкен", "Ғалым", "Төлеген", "Қайрат", "Марат", "Бекен", "Есен")
STREETS: Final = {
    "Алматы": (("Абай даңғ.", "пр. Абая"), ("Сейфуллин даңғ.", "пр. Сейфуллина")),
    "Тараз": (("Төле би даңғ.", "пр. Толе би"), ("Қойгелді көш.", "ул. Койгельды")),
}
FIRMS: Final = (
    ("«Үлгі Құрылыс» ЖШС", "ТОО «Үлгі Құрылыс»"),
    ("«Мысал Сауда» ЖШС", "ТОО «Мысал Сауда»"),
    ("«Қиял Транс» ЖШС", "ТОО «Қиял Транс»"),
    ("«Сынақ Агро» ЖШС", "ТОО «Сынақ Агро»"),
)
LENDERS: Final = (
    ("«Мысал Банкі» АҚ", "АО «Мысал Банкі»"),
    ("«Үлгі Несие» ЖШС", "ТОО «Үлгі Несие»"),
    ("«Жұмбақ Телеком» АҚ", "АО «Жұмбақ Телеком»"),
    ("«Сынақ Жылу» ЖШС", "ТОО «Сынақ Жылу»"),
)
Party = dict[str, Any]


def natural(chance: Random, city: str) -> Party:
    """A person with a right IIN and an address in the city."""
    born = date(1962, 1, 1) + timedelta(days=chance.randrange(15000))
    woman = chance.random() < 0.5
    century = 3 if born.year < 2000 else 5
    iin = _numbered(chance, f"{born:%y%m%d}{century + woman}", digits=4)
    return {
        "kind": "natural",
        "name": _name(chance, woman=woman),
        "iin": iin,
        "birth_date": born.isoformat(),
        "city": city,
        **_address(chance, city, flat=True),
    }


def legal(chance: Random, city: str, names: tuple[str, str]) -> Party:
    """An organisation with a right BIN and IBAN."""
    registered = f"{chance.randrange(5, 24):02}{chance.randrange(1, 13):02}"
    return {
        "kind": "legal",
        "name_kk": names[0],
        "name_ru": names[1],
        "bin": _numbered(chance, f"{registered}40", digits=5),
        "iban": account(chance),
        "city": city,
        **_address(chance, city, flat=False),
    }


def account(chance: Random) -> str:
    """An IBAN whose check digits are right, at a bank code of no bank's."""
    number = f"999KZT{chance.randrange(10**10):010}"
    return next(iban for check in range(2, 99) if not iban_fault(iban := f"KZ{check:02}{number}"))


def _name(chance: Random, *, woman: bool) -> str:
    if chance.random() < 0.25:
        given, father = chance.choice(RUSSIAN_WOMEN if woman else RUSSIAN_MEN)
        return f"{chance.choice(RUSSIAN)}{'а' if woman else ''} {given} {father}"
    family = chance.choice(STEMS) + chance.choice(ENDINGS) + ("а" if woman else "")
    child = chance.choice(FATHERS) + ("қызы" if woman else "ұлы")
    return f"{family} {chance.choice(WOMEN if woman else MEN)} {child}"


def _address(chance: Random, city: str, *, flat: bool) -> dict[str, str]:
    kk, ru = chance.choice(STREETS[city])
    house, door = chance.randrange(1, 240), chance.randrange(1, 90)
    return {
        "address_kk": f"{kk}, {house}-үй" + (f", {door}-пәтер" if flat else ""),
        "address_ru": f"{ru}, д. {house}" + (f", кв. {door}" if flat else ""),
    }


def _numbered(chance: Random, start: str, *, digits: int) -> str:
    """The number with its check digit; the few starts that have none are passed over."""
    while True:
        eleven = f"{start}{chance.randrange(10**digits):0{digits}}"
        last = check_digit(eleven)
        if last is not None:
            return f"{eleven}{last}"
