"""What the environment may say, and what is refused before the office starts."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment


@pytest.mark.parametrize(
    ("environ", "rule_set"),
    [
        ({}, "lecture"),
        ({"ORYNDAU_RULE_SET": ""}, "lecture"),
        ({"ORYNDAU_RULE_SET": "in_force"}, "in_force"),
    ],
)
def test_new_documents_come_under_the_law_that_is_named(
    environ: dict[str, str], rule_set: str
) -> None:
    assert environment.rule_set(environ) == rule_set


def test_a_law_that_is_not_there_is_refused_at_the_start() -> None:
    with pytest.raises(ImproperlyConfigured, match="lecture, in_force"):
        environment.rule_set({"ORYNDAU_RULE_SET": "tomorrow"})
