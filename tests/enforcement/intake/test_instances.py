"""Which instance gave the act, and from which day it is in force."""

from __future__ import annotations

import pytest

from tests.examples.papers import checked, paper
from tests.office import receive

DECIDED = "2026-02-02"
#: The day the paper shows, where an act of the first instance would be in force.
SHOWN = "2026-02-20"


def days(**changes: object) -> dict[str, object]:
    return {"decision_on": DECIDED, "in_force_on": SHOWN, "issued_on": "2026-02-24"} | changes


@pytest.mark.parametrize("shown", [SHOWN, DECIDED, ""], ids=["later", "the same", "none"])
@pytest.mark.parametrize(
    ("instance", "at_once"),
    [("", False), ("first", False), ("appeal", True), ("supervision", True)],
)
@pytest.mark.rule("ISSUE-FORCE-02")
def test_an_act_of_appeal_or_supervision_is_in_force_on_the_day_it_was_given(
    instance: str, shown: str, at_once: bool
) -> None:
    [found] = checked(paper(instance=instance, **days(in_force_on=shown)))
    if not shown and not at_once:
        assert (found["verdict"], found["missing"]) == ("defective", ["WRIT-CONT-04"])
        return
    assert found["verdict"] == "accept"
    assert found["presentation_start"] == (DECIDED if at_once else shown)
    told = [each for each in found.get("remarks", []) if each["rule"] == "ISSUE-FORCE-02"]
    wrong = {"code": "in_force_at_once", "field": "in_force_on", "rule": "ISSUE-FORCE-02"}
    assert told == ([wrong] if at_once and shown == SHOWN else [])


def test_a_paper_given_between_the_appeal_and_the_day_it_shows_is_not_given_too_early() -> None:
    early = days(issued_on="2026-02-10")
    for instance, remarked in (("first", True), ("appeal", False)):
        [found] = checked(paper(instance=instance, **early))
        codes = [each["code"] for each in found.get("remarks", [])]
        assert ("issued_before_force" in codes) is remarked


def test_an_unknown_instance_cannot_be_and_a_known_one_is_kept(offices: None) -> None:
    [found] = checked(paper(instance="cassation"))
    assert (found["verdict"], found["field"]) == ("invalid", "instance")
    arrival = receive(paper(instance="appeal", **days()))
    assert arrival.document.beside["instance"] == "appeal"
