"""What participants see and say: access to the file, explanations, arguments, materials."""

from __future__ import annotations

import pytest

from documents.models import Paper
from enforcement.case.file import read
from enforcement.case.hearing import hearing
from tests import arriving as intake
from tests.course import do, initiated, later, now, papers, person_of
from tests.documents.reading import PaperFile, squeezed
from tests.office import NEXT, refused, user


@pytest.mark.rule("BAIL-DUTY-02", "RIGHT-01")
@pytest.mark.parametrize("access", ["read", "extracts", "copies"])
@pytest.mark.parametrize("role", ["claimant", "debtor"])
def test_who_was_let_into_the_file_and_how_stays_on_the_case(
    offices: None, access: str, role: str
) -> None:
    proceeding = initiated()
    party = person_of(proceeding.presentation, role)
    given = {"party": party, "access": access, "what": "1–12-парақтар"}
    do(proceeding.presentation, "show_file", on=later(1), by="registrar.ala", **given)
    [row] = hearing(read(proceeding.case))
    told = (row["party"], row["on"], row["text"], row["by"])
    assert told == (party["kk"], later(1), "1–12-парақтар", user("registrar.ala").full_name)


@pytest.mark.rule("RIGHT-05", "RIGHT-06", "RIGHT-02")
@pytest.mark.parametrize(
    ("statement", "taken_down"),
    [("oral", True), ("written", False), ("argument", False), ("material", False)],
)
def test_what_a_party_says_is_kept_and_what_he_says_orally_is_taken_down(
    offices: None, statement: str, taken_down: bool
) -> None:
    proceeding = initiated()
    given = {"statement": statement, "party": person_of(proceeding.presentation)}
    do(proceeding.presentation, "take_statement", text="Жалақымнан ұсталып жатыр", **given)
    [row] = hearing(read(proceeding.case))
    assert (row["text"], row["on"]) == ("Жалақымнан ұсталып жатыр", NEXT)
    assert ("statement_oral" in papers(proceeding.case)) is taken_down


@pytest.mark.rule("RIGHT-05")
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_protocol_names_who_explained_and_what(offices: None, language: str) -> None:
    arrival = initiated().presentation
    party = person_of(arrival)
    do(arrival, "take_statement", statement="oral", party=party, text="Мен төледім")
    paper = Paper.objects.get(kind="statement_oral")
    text = PaperFile(paper.renderings.get(language=language).blob.intact()).squeezed
    for said in (party[language], "Мен төледім"):
        assert squeezed(said) in text


@pytest.mark.rule("RIGHT-02")
@pytest.mark.parametrize("verb", ["", "suspend", "terminate", "return_to_claimant"])
def test_materials_are_attached_at_any_time(offices: None, verb: str) -> None:
    proceeding = initiated()
    if verb:
        do(proceeding, verb)
    person = user("registrar.ala")
    arrival = now(proceeding).presentation
    intake.attach(arrival, name="a.pdf", content=b"%PDF-1.7 invented", on=NEXT, by=person)
    assert arrival.document.attachments.get().name == "a.pdf"


@pytest.mark.parametrize("verb", ["show_file", "take_statement"])
def test_for_strangers_there_is_no_file_to_show(offices: None, verb: str) -> None:
    arrival = initiated().presentation
    with refused("not_found", status=404):
        do(arrival, verb, party=person_of(arrival), by="registrar.trz")
