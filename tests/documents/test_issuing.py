"""Papers are issued through one door: a number without gap, bytes the journal vouches for."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from datetime import date, timedelta

import pytest
from django.db import transaction

from accounts.models import Office
from documents.issuing import next_number
from documents.models import Blob, Paper, Register, Rendering
from embedded.places import ROOT
from enforcement.models import Presentation
from journal.queries import verify
from tests.documents.returning import return_all
from tests.office import NEXT, act, arrive, census, open_offices, paper, receive, refused
from tests.platform.database import FreshDatabase

ISSUED = {"return_defective": "defective", "refuse_late": "late", "send_on": "wrong_territory"}


def issue(verb: str, number: int | str = 1, *, on: date = NEXT) -> Paper:
    """Take a step that issues a paper."""
    return act(arrive(ISSUED[verb], number, on=on), verb, on=on).papers.get()


def in_trz(number: int) -> Presentation:
    """A paper with a defect at the office TRZ."""
    data = paper(number, verdict="defective", office="TRZ", debtor={"city": "Тараз"})
    return receive(data)


@pytest.mark.parametrize("verb", ISSUED)
def test_a_step_issues_its_paper_in_both_languages(offices: None, verb: str) -> None:
    issued = issue(verb)
    renderings = {each.language: each.blob for each in issued.renderings.select_related("blob")}
    assert set(renderings) == {"kk", "ru"}
    assert issued.kind == verb
    assert (issued.office.code, issued.by.login, issued.issued_on) == ("ALA", "bailiff.ala", NEXT)
    assert issued.facts["number"] == issued.label == "1/2026"
    contents = {language: bytes(blob.content) for language, blob in renderings.items()}
    assert all(content.startswith(b"%PDF-") for content in contents.values())
    assert contents["kk"] != contents["ru"]


@pytest.mark.parametrize("verb", ISSUED)
def test_the_journal_line_vouches_for_the_stored_bytes(offices: None, verb: str) -> None:
    issued = issue(verb)
    stored = {
        each.language: hashlib.sha256(bytes(each.blob.content)).hexdigest()
        for each in issued.renderings.select_related("blob")
    }
    assert issued.entry.facts["papers"] == [
        {"kind": verb, "number": "1/2026", "digests": stored},
    ]
    for blob in Blob.objects.all():
        content = bytes(blob.content)
        assert (blob.digest, blob.size) == (hashlib.sha256(content).hexdigest(), len(content))
        assert blob.media_type == "application/pdf"


def test_the_same_bytes_are_kept_once(offices: None) -> None:
    [first], [again] = (Blob.keep(b"%PDF-1.7 invented", media_type="application/pdf") for _ in "12")
    assert first.pk == again.pk
    assert Blob.objects.count() == 1


def test_numbers_run_by_office_and_year(offices: None) -> None:
    labels = [
        issue("return_defective", 1).label,
        issue("refuse_late", 2).label,
        act(in_trz(3), "return_defective", by="head.trz").papers.get().label,
        issue("return_defective", 4, on=date(2025, 12, 30)).label,
        issue("send_on", 5).label,
    ]
    assert labels == ["1/2026", "2/2026", "1/2026", "1/2025", "3/2026"]


def test_a_refused_step_uses_up_no_number(offices: None) -> None:
    issue("return_defective", 1)
    accepted = arrive("accept", 2)
    with refused("verdict_differs", status=422):
        act(accepted, "return_defective")
    assert issue("return_defective", 3).label == "2/2026"


def test_a_number_whose_transaction_fails_is_given_again(fresh_database: FreshDatabase) -> None:
    open_offices()
    office = Office.objects.get(code="ALA")
    with transaction.atomic():
        assert next_number(office, "paper", year=2026) == 1
        transaction.set_rollback(True)
    with transaction.atomic():
        assert next_number(office, "paper", year=2026) == 1
    with transaction.atomic():
        assert next_number(office, "paper", year=2026) == 2


def test_when_a_paper_cannot_be_written_nothing_is(fresh_database: FreshDatabase) -> None:
    open_offices()
    presentation = arrive("defective")
    with fresh_database.owner_cursor() as cursor:
        cursor.execute(
            "UPDATE enforcement_presentation "
            "SET verdict = jsonb_set(verdict, '{missing}', '[\"NO-SUCH-RULE\"]') WHERE id = %s",
            [str(presentation.pk)],
        )
    before = census()
    with pytest.raises(KeyError, match="NO-SUCH-RULE"):
        act(presentation, "return_defective")
    assert census() == before
    assert issue("return_defective", 2).label == "1/2026"


def test_twenty_returns_in_two_processes_leave_no_gap(fresh_database: FreshDatabase) -> None:
    open_offices()
    waiting = [str(arrive("defective", number).pk) for number in range(20)]
    command = [sys.executable, "-m", "tests.documents.returning", *waiting[10:]]
    other = subprocess.Popen(
        command, cwd=ROOT, env=fresh_database.environ, stderr=subprocess.PIPE, text=True
    )
    assert return_all(waiting[:10]) == []
    _said, faults = other.communicate(timeout=60)
    assert (other.returncode, faults) == (0, "")

    papers = list(Paper.objects.select_related("entry"))
    assert sorted(each.number for each in papers) == list(range(1, 21))
    assert len({each.entry_id for each in papers}) == len(papers)
    register = Register.objects.get(office__code="ALA", kind="paper", year=2026)
    assert register.last == 20
    assert Rendering.objects.count() == 40
    for each in papers:
        in_line = each.entry.facts["papers"][0]
        kept = {r.language: r.blob_id for r in each.renderings.all()}
        assert (in_line["number"], in_line["digests"]) == (each.label, kept)
    assert {each.entry.subject for each in papers} == {
        each.pk for each in Presentation.objects.filter(state="returned_defective")
    }
    assert verify()["faults"] == []


@pytest.mark.rule("TERM-COMPLAINT-10D")
def test_a_paper_names_the_last_day_for_a_complaint_that_the_case_counts(offices: None) -> None:
    issued = issue("return_defective")
    term = issued.entry.stream.deadlines.get(rule="TERM-COMPLAINT-10D")
    assert issued.facts["due_on"] == str(term.due_on) == "2026-03-26"
    assert term.due_on > NEXT + timedelta(days=10), "the tenth day, 21 March, is a holiday"
