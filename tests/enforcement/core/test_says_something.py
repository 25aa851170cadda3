"""A text that must be told says something: dots and dashes fill a line, they prove nothing."""

from __future__ import annotations

from typing import Any

import pytest

from law.refusal import Refusal
from tests.course import ASKS, do, initiated, kinds, now

#: Verbs on proceedings just begun, and a text that each must be told.
TEXTS: list[tuple[str, str]] = [
    ("deliver_offer", "proof"),
    ("skip_inventory", "reason"),
    ("claim_securing", "application"),
    ("record_cost", "proof"),
    ("inventory", "place"),
    ("inventory", "storage"),
    ("secure", "object"),
]


@pytest.mark.parametrize("nothing", [".", "…!", "- -", "«»"])
@pytest.mark.parametrize(("verb", "field"), TEXTS)
def test_signs_alone_are_no_text(offices: None, verb: str, field: str, nothing: str) -> None:
    proceeding = initiated()
    before = kinds(proceeding.case)
    with pytest.raises(Refusal) as caught:
        do(proceeding, verb, **{field: nothing})
    assert [(e.field, e.code) for e in caught.value.errors] == [(field, "required")]
    assert kinds(now(proceeding).case) == before


def test_signs_alone_are_no_detail(offices: None) -> None:
    proceeding = initiated()
    asked: dict[str, Any] = ASKS["secure"]
    for key in asked["details"]:
        with pytest.raises(Refusal) as caught:
            do(proceeding, "secure", details={**asked["details"], key: "."})
        assert [each.field for each in caught.value.errors] == [f"details.{key}"]
