"""Whom a paper goes to, as its text and its facts name them."""

from __future__ import annotations

from typing import Any, Final

import pytest

from documents.addressees import addressees
from law.statute import statute

ONE: Final = {"kk": "Үлгібаев", "ru": "Образцов"}
TWO: Final = {"kk": "Мысалова", "ru": "Примерова"}
BANK: Final = {"kk": "«Үлгі Банкі» АҚ", "ru": "АО «Банк Образец»"}
PEOPLE: Final = {"claimants": [ONE], "debtors": [TWO]}
HELD: Final = {"addressee": BANK["kk"]}
OLD: Final = "old_addressee debtors.0"


def to(kind: str, **facts: Any) -> list[tuple[str, str, str]]:
    """Key and names of everybody the paper goes to."""
    found = addressees(statute("lecture").texts[kind], facts)
    return [(each["key"], each["kk"], each["ru"]) for each in found]


@pytest.mark.parametrize(
    ("kind", "facts", "keys"),
    [
        ("suspend", PEOPLE | {"issuer": BANK}, "claimants.0 debtors.0"),
        ("suspend", {"claimants": [ONE, TWO], "debtors": []}, "claimants.0 claimants.1"),
        # A father and a son of one name are two; a claimant that is also the bank is one.
        ("suspend", {"claimants": [ONE], "debtors": [ONE]}, "claimants.0 debtors.0"),
        ("lift", {"claimants": [BANK], "debtors": [ONE], **HELD}, "addressee debtors.0"),
        ("replace", {"old_addressee": BANK["kk"], "debtors": [ONE], **HELD}, OLD),
        ("foreclose", {"details": {"employer": "МКК"}}, "detail_employer"),
        ("refuse_late", {"issuer": BANK, "addressees": [BANK, TWO]}, "issuer addressees.1"),
        ("postponement_notice", {"participant": TWO, "debtors": [ONE]}, "participant"),
        ("send_on", {"right_office": None, "issuer": BANK}, "issuer"),
        ("suspend", {}, ""),
    ],
)
def test_a_paper_goes_to_those_its_text_names(kind: str, facts: dict[str, Any], keys: str) -> None:
    assert [key for key, *_names in to(kind, **facts)] == keys.split()


def test_a_name_missing_in_one_language_is_the_other() -> None:
    assert to("suspend", claimants=[{"kk": "", "ru": "Петров"}]) == [
        ("claimants.0", "Петров", "Петров")
    ]


@pytest.mark.parametrize("kind", sorted(statute("lecture").texts))
def test_every_paper_goes_to_somebody(kind: str) -> None:
    everybody = {
        **PEOPLE,
        "recipients": [BANK],
        **{
            name: {"kk": name, "ru": name}
            for name in ("issuer", "right_office", "participant", "author")
        },
        **{name: name for name in ("bank", "addressee", "old_addressee", "commission")},
        "details": {"employer": "МКК"},
    }
    found = to(kind, **everybody)
    lines = statute("lecture").texts[kind]["addressees"]
    assert len(found) == len(lines), "a line whose fact is not known"
