"""What the parties may do, and where they are told so."""

from __future__ import annotations

import pytest

from law.statute import statute
from tests.course import begun, do, evidence, for_verb, initiated, now, papers, sound, terms_of
from tests.documents.reading import PaperFile, squeezed
from tests.office import NEXT, example, receive, received_on, refused

COMPLAINED_OF = ("suspend", "terminate", "return_to_claimant", "send_to_liquidation")


@pytest.mark.parametrize(
    ("verb", "ground", "state"),
    [
        ("terminate", "TERMN-01", "terminated"),
        ("return_to_claimant", "RET-01", "returned"),
    ],
    ids=["waives recovery", "asks the document back"],
)
@pytest.mark.rule("RIGHT-CLAIM-01")
def test_a_claimant_presents_his_document_waives_it_or_asks_it_back(
    offices: None, verb: str, ground: str, state: str
) -> None:
    proceeding = initiated()  # on a paper presented on the claimant's application
    assert proceeding.presentation.document.application_channel == "claimant"
    with refused("evidence_missing", status=422):
        do(proceeding, verb, ground=ground, evidence={})
    do(proceeding, verb, ground=ground)
    assert (now(proceeding).state, papers(proceeding.case)[-1]) == (state, verb)


@pytest.mark.parametrize("given", [{}, {"settlement_ruling": "  "}])
@pytest.mark.rule("RIGHT-SETTLE-01", "TERMN-02")
def test_a_settlement_ends_the_case_only_when_the_court_has_approved_it(
    offices: None, given: dict[str, str]
) -> None:
    proceeding = initiated()
    with refused("evidence_missing", status=422) as caught:
        do(proceeding, "terminate", ground="TERMN-02", evidence=given)
    assert [error.field for error in caught.value.errors] == ["evidence.settlement_ruling"]
    do(proceeding, "terminate", ground="TERMN-02", evidence=evidence("TERMN-02"))
    assert now(proceeding).state == "terminated"


@pytest.mark.rule("PARTY-MULTI-01")
def test_each_of_several_debtors_has_a_course_of_his_own(offices: None) -> None:
    on = received_on("12")
    one, other = begun(receive(example("12"), on=on, by="clerk"), on=on)
    before = terms_of(other)
    do(one, "suspend", on=on)
    do(one, "record_cost", on=on)
    assert (now(one).state, now(other).state) == ("suspended", "initiated")
    assert terms_of(one)["TERM-EXEC-2M"] == (None, "paused")
    assert (terms_of(other), other.costs.count()) == (before, 0)
    do(other, "terminate", on=on)
    assert (now(one).state, now(other).state) == ("suspended", "terminated")
    sound()


@pytest.mark.rule("SUCC-02")
def test_the_case_stands_still_until_the_court_replaces_the_party(offices: None) -> None:
    proceeding = initiated()
    do(proceeding, "suspend", ground="SUCC-02")
    assert terms_of(proceeding)["TERM-EXEC-2M"] == (None, "paused")
    assert statute("lecture").ground("SUCC-02").ends_on == "replacement_ruled"
    with refused("evidence_missing", status=422):
        do(proceeding, "resume", ground="SUCC-02", proof="")
    do(proceeding, "resume", ground="SUCC-02")
    assert now(proceeding).state == "initiated"


@pytest.mark.parametrize("verb", COMPLAINED_OF)
@pytest.mark.rule("COMPL-SUSP-01", "COMPL-WHO-01")
def test_the_paper_itself_says_who_may_complain_of_it_and_until_when(
    offices: None, verb: str
) -> None:
    proceeding = for_verb(verb)
    do(proceeding, verb)
    text = statute("lecture").texts[verb]
    assert "COMPL-SUSP-01" in text["rules"]
    assert "өндіріп алушы немесе борышкер" in text["complaint"]["kk"]
    assert "взыскатель или должник" in text["complaint"]["ru"]
    issued = proceeding.case.stream.entries.get(papers__kind=verb).papers.get()
    term = proceeding.case.stream.deadlines.get(
        rule="TERM-COMPLAINT-10D", started_by=issued.entry.seq
    )
    assert (term.starts_on, str(term.due_on)) == (NEXT, issued.facts["due_on"])


@pytest.mark.parametrize(
    ("language", "duties"),
    [
        ("kk", ("шақыруы бойынша келу", "жаңа мекенжайын хабарлау")),
        ("ru", ("являться по вызову судебного исполнителя", "сообщить новый адрес")),
    ],
)
@pytest.mark.rule("DUTY-02", "DUTY-ADDR-01")
def test_the_paper_that_begins_it_tells_the_debtor_his_duties(
    offices: None, language: str, duties: tuple[str, ...]
) -> None:
    [line] = initiated().case.stream.entries.filter(kind="initiated")
    printed = line.papers.get(kind="initiate").renderings.get(language=language)
    text = PaperFile(printed.exact_bytes()).squeezed
    assert all(squeezed(duty) in text for duty in duties)
