"""Which acts are executed here, and what must be there before one of them is."""

from __future__ import annotations

from typing import Any

import pytest

from law.statute import statute
from tests.course import begun, initiated, now, terms_of
from tests.office import NEXT, act, arrive, paper, receive, refused

#: Days of a paper that any kind of document is in time with.
FRESH = {"decision_on": "2026-02-02", "in_force_on": "2026-02-20", "issued_on": "2026-02-24"}
DUTIES = ("TERM-EXEC-2M", "TERM-EXEC-4M")


@pytest.mark.parametrize(
    ("kinds", "case"),
    [
        pytest.param(
            ("DOC-TYPE-01", "DOC-TYPE-02", "DOC-TYPE-04", "DOC-TYPE-09"),
            "acts of the courts of Kazakhstan",
            marks=pytest.mark.rule("ACT-CAT-01", "GEN-TASK-01"),
        ),
        pytest.param(
            ("DOC-TYPE-03",),
            "foreign and international courts, arbitrations",
            marks=pytest.mark.rule("ACT-CAT-02", "ACT-CAT-07"),
        ),
        pytest.param(
            ("DOC-TYPE-05", "DOC-TYPE-07"),
            "officials and bodies in administrative cases",
            marks=pytest.mark.rule("ACT-CAT-03"),
        ),
        pytest.param(("DOC-TYPE-06",), "prosecutors", marks=pytest.mark.rule("ACT-CAT-04")),
        pytest.param(("DOC-TYPE-08",), "notaries", marks=pytest.mark.rule("ACT-CAT-05")),
        pytest.param(("DOC-TYPE-07",), "other bodies", marks=pytest.mark.rule("ACT-CAT-06")),
    ],
)
def test_a_document_of_every_category_is_admitted_and_gets_a_term(
    offices: None, kinds: tuple[str, ...], case: str
) -> None:
    for number, kind in enumerate(kinds):
        arrival = receive(paper(number, type=kind, sealed=True, **FRESH))
        assert arrival.verdict["verdict"] == "accept", (case, kind)
        [proceeding] = begun(arrival, on=NEXT)
        assert now(proceeding).state == "initiated"
        assert set(DUTIES) & set(terms_of(proceeding)), "compulsory and timely"
        assert arrival.document.kind == kind


def test_the_categories_tried_name_every_kind_of_document() -> None:
    [rows] = [
        mark.args[1]
        for mark in test_a_document_of_every_category_is_admitted_and_gets_a_term.pytestmark
    ]
    tried = {kind for row in rows for kind in row.values[0]}
    assert tried == {kind.rule.id for kind in statute("lecture").kinds()}


@pytest.mark.parametrize("channel", ["claimant", "court", "issuer"])
@pytest.mark.rule("ELEM-STD-02")
def test_who_wanted_the_document_executed_and_when_is_kept_with_it(
    offices: None, channel: str
) -> None:
    application = {"on": "2026-03-09", "channel": channel}
    document = receive(paper(application=application)).document
    kept: Any = document.application_on
    assert (str(kept), document.application_channel) == ("2026-03-09", channel)


@pytest.mark.rule("ELEM-IMM-02", "ELEM-IMM-01", "INIT-IMM-01")
def test_for_immediate_execution_the_decision_and_its_document_are_enough(offices: None) -> None:
    """Neither legal force nor the voluntary days are waited for."""
    at_once = initiated(immediate=True, in_force_on=None)
    assert not at_once.voluntary
    assert "TERM-OFFER-3D" not in terms_of(at_once)
    ordinary = receive(paper(2, in_force_on=None))
    assert ordinary.verdict["missing"] == ["WRIT-CONT-04"]


@pytest.mark.parametrize("absent", ["operative", "issuer", "issued_on"])
@pytest.mark.rule("ELEM-IMM-02")
def test_immediate_or_not_there_is_no_execution_without_a_whole_document(
    offices: None, absent: str
) -> None:
    arrival = receive(paper(immediate=True, **{absent: None}))
    assert arrival.verdict["verdict"] == "defective"
    with refused("verdict_differs", status=422):
        begun(arrival, on=NEXT)
    act(arrive("defective", 9), "return_defective")
