"""Issuers that were corrected are read once for a journal, however often that was."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from enforcement.people.correcting import correct_intake
from tests.desk import Desk
from tests.office import NEXT, afresh, arrive, user


def test_a_journal_asks_for_issuers_once_however_often_one_was_corrected(offices: None) -> None:
    arrival, by = arrive(), user("registrar.ala")
    desk = Desk()
    desk.force_login(user("bailiff.ala"))
    counts = []
    codes = ["ALA-ECO", "ALA-BOS"] * 2
    for code in codes:
        told = {"field": "issuer", "value": code, "reason": "Теру қатесі"}
        correct_intake(afresh(arrival), on=NEXT, by=by, **told)
        with CaptureQueriesContext(connection) as asked:
            desk.get(f"/cases/{arrival.case_id}")
        counts.append(len(asked))
    assert counts[-1] <= counts[0]
