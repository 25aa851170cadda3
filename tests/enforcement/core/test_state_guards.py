"""The database knows the lawful steps too: no state without its line, no line without its state."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from documents.models import ExecutiveDocument
from enforcement.core.transitions import transitions
from enforcement.models import MACHINES, Presentation
from journal import actions as journal
from tests.office import (
    NEXT,
    WAYS,
    act,
    afresh,
    arrive,
    open_offices,
    reach,
    refused_by_the_database,
    settle,
)
from tests.platform.database import FreshDatabase

STATES = sorted({row["target"] for row in transitions() if row["machine"] == "presentation"})


def run(statement: str, *values: Any) -> None:
    """Run a statement as the application's role."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def move(presentation: Presentation, state: str) -> None:
    """Change the state as no verb does."""
    run("UPDATE enforcement_presentation SET state = %s WHERE id = %s", state, presentation.pk)


def tell(presentation: Presentation, state: str, **more: Any) -> None:
    """Write a line as no verb does."""
    journal.record(
        presentation.case.stream,
        "attached",
        on=NEXT,
        by=None,
        machine="presentation",
        subject=presentation.pk,
        state_after=state,
        **more,
    )


def passes(presentation: Presentation, state: str) -> bool:
    """Whether the table of lawful steps lets a state through; it is taken back at once."""
    try:
        with transaction.atomic():
            move(presentation, state)
            transaction.set_rollback(True)
    except IntegrityError as refused:
        return "unlawful transition of presentation" not in str(refused)
    return True


def lawful(source: str) -> set[str]:
    """The states the code's lifecycle knows a step to."""
    return {row["target"] for row in transitions() if row["source"] == source}


def test_the_table_of_lawful_steps_is_the_code_s_lifecycle(offices: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT machine, source, target FROM enforcement_transition")
        known = set(cursor.fetchall())
    steps = {(row["machine"], row["source"], row["target"]) for row in transitions()}
    assert known == {step for step in steps if step[1] != step[2]}
    assert {machine for machine, _source, _target in known} == {m.MACHINE for m in MACHINES}


@pytest.mark.parametrize("source", sorted(WAYS))
def test_no_unlawful_transition_passes(offices: None, source: str) -> None:
    presentation = reach(source)
    passed = {state for state in (*STATES, "admitted", "invented") if passes(presentation, state)}
    assert passed == {source} | lawful(source)


@pytest.mark.parametrize("state", [*(s for s in STATES if s != "received"), "admitted"])
def test_nothing_is_born_in_another_state_than_received(offices: None, state: str) -> None:
    first = arrive()
    twin = ExecutiveDocument.objects.create(kind="DOC-TYPE-01")
    values = {
        "case": first.case,
        "office": first.office,
        "received_on": NEXT,
        "received_by": first.received_by,
        "source": first.source,
        "verdict": {},
    }
    with refused_by_the_database("unlawful transition"):
        Presentation.objects.create(ref="twin", ordinal=2, document=twin, state=state, **values)


@pytest.mark.parametrize("state", sorted(lawful("received") - {"received"}))
def test_a_state_without_its_line_is_refused(offices: None, state: str) -> None:
    presentation = arrive()
    with refused_by_the_database(f"state {state}, its journal says received"):
        move(presentation, state)


@pytest.mark.parametrize("state", [s for s in STATES if s != "received"])
def test_a_line_without_its_state_is_refused(offices: None, state: str) -> None:
    presentation = arrive()
    with refused_by_the_database(f"state received, its journal says {state}"):
        tell(presentation, state)


def test_a_line_that_claims_an_early_place_is_refused_all_the_same(offices: None) -> None:
    presentation = arrive()
    forged = (
        'INSERT INTO journal_entry (id, stream_id, kind, "on", machine, subject, state_after, body,'
        " law_digest, calendar) VALUES (-1, %s, 'sent_on', '2026-03-11', 'presentation', %s,"
        " 'sent_on', '{}', '', '')"
    )
    with refused_by_the_database("its journal says sent_on"):
        run(forged, presentation.case.stream_id, presentation.pk)


def test_a_line_about_nothing_is_refused(offices: None) -> None:
    presentation = arrive()
    with refused_by_the_database("is in state <NULL>"):
        journal.record(
            presentation.case.stream,
            "attached",
            on=NEXT,
            by=None,
            machine="presentation",
            subject=uuid4(),
            state_after="received",
        )


def test_a_state_that_goes_there_and_back_is_refused_on_the_way_back(offices: None) -> None:
    presentation = arrive()
    with refused_by_the_database("sent_on -> received"):
        move(presentation, "sent_on")
        move(presentation, "received")


@pytest.mark.parametrize("state", ["received", ""])
def test_a_birth_without_its_line_is_refused(offices: None, state: str) -> None:
    first = arrive()
    with refused_by_the_database("its journal says <NULL>"):
        Presentation.objects.create(
            case=first.case,
            office=first.office,
            ordinal=2,
            document=ExecutiveDocument.objects.create(kind="DOC-TYPE-01"),
            received_on=NEXT,
            received_by=first.received_by,
            source=first.source,
            ref="untold",
            state=state,
            verdict={},
        )


def test_the_guard_speaks_at_the_commit_itself(fresh_database: FreshDatabase) -> None:
    open_offices()
    presentation = arrive()
    with refused_by_the_database("its journal says received"):
        move(presentation, "sent_on")
    with refused_by_the_database("its journal says sent_on"):
        tell(presentation, "sent_on")
    assert afresh(presentation).state == "received"
    assert presentation.case.stream.entries.count() == 1


def test_state_and_line_together_pass(offices: None) -> None:
    defective = arrive("defective", 1)
    act(defective, "return_defective")
    settle()
    tell(arrive("accept", 2), "received")
    settle()


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO enforcement_transition (machine, source, target) "
        "VALUES ('presentation', 'received', 'admitted')",
        "UPDATE enforcement_transition SET target = 'admitted'",
        "DELETE FROM enforcement_transition",
        "TRUNCATE enforcement_transition",
        "DELETE FROM enforcement_case",
        "DELETE FROM enforcement_presentation",
        "DELETE FROM enforcement_participant",
        "DELETE FROM enforcement_debt",
    ],
)
def test_the_application_may_neither_change_the_table_nor_delete_a_case(
    offices: None, statement: str
) -> None:
    arrive()
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        run(statement)
