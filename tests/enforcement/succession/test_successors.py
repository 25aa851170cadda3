"""A party drops out, the court names his successor: what hangs on the party goes on with him."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

import pytest

from documents.models import Paper
from documents.rendering import compose
from enforcement.core.card import VERBS
from enforcement.core.subject import facts_for
from enforcement.facts.finding import cases_of
from enforcement.facts.queries import read, with_facts
from enforcement.models import Participant, Proceeding, Succession
from enforcement.succession import replace_party
from journal.models import Entry
from law.statute import statute
from tests import standing
from tests.course import (
    do,
    frozen,
    initiated,
    later,
    now,
    sound,
    terms_of,
    told_in_three_languages,
)
from tests.desk import Desk
from tests.office import DAY, NEXT, example, refused, user

HEIR: Final = "Мұрагеров Жалғас Үлгіұлы"
RULING: Final[dict[str, Any]] = {
    "replacement_ruling.court": "Мысал аудандық соты",
    "replacement_ruling.number": "2-17",
    "replacement_ruling.on": DAY,
    "replacement_ruling.in_force_on": DAY,
}
DEATH: Final = {**RULING, "death_record": "№ 5 акт жазбасы"}
EVENT: Final = {**RULING, "succession_event": "№ 9 шарт"}


def replaced(proceeding: Proceeding, **changes: Any) -> Entry:
    """The court's ruling: the heir in the debtor's place, unless told otherwise."""
    told = {
        "event": "death",
        "evidence": DEATH,
        "person": "debtors[0]",
        "kind": "natural",
        "name_kk": HEIR,
        "city": "Алматы",
        "address_kk": "Жібек жолы, 4-үй",
    } | changes
    on, by = told.pop("on", later(2)), told.pop("by", "bailiff.ala")
    entry: Entry = replace_party(now(proceeding), on=on, by=user(by), **told)
    return entry


def numbers(typed: str) -> list[int]:
    return [case.number for case in cases_of(user("bailiff.ala"), typed, today=later(9))]


@pytest.mark.rule("SUCC-01", "SUCC-02")
def test_balance_measures_terms_and_papers_go_on_with_the_heir(offices: None) -> None:
    proceeding = initiated()
    former = proceeding.debtor
    measure = frozen(proceeding)
    do(now(proceeding), "record_recovery", amount="400000.00")
    left, terms = read(proceeding).left, terms_of(proceeding)
    do(now(proceeding), "suspend", ground="SUSP-MAND-01", on=later(1))
    standing_still = terms_of(proceeding)
    assert terms["TERM-EXEC-2M"][1] != standing_still["TERM-EXEC-2M"][1] == "paused"
    replaced(proceeding)
    heir = Participant.objects.get(pk=former.pk)
    assert (heir.name_kk, heir.address_kk, heir.identifier) == (HEIR, "Жібек жолы, 4-үй", "")
    assert heir.party_id != former.party_id
    assert (read(proceeding).left, terms_of(proceeding)) == (left, standing_still)
    assert now(measure).state == "served"
    do(now(proceeding), "resume", ground="SUSP-MAND-01", on=later(3))
    assert terms_of(proceeding)["TERM-EXEC-2M"][1] == "running"
    issued = Paper.objects.filter(entry__stream=proceeding.case.stream).latest("number")
    for language, words in (("kk", "құқықтық мирасқор; бұрынғы тарап"), ("ru", "правопреемник")):
        law, on = statute("lecture"), issued.issued_on
        told = str(compose(issued.kind, facts=issued.facts, language=language, law=law, on=on))
        assert HEIR in told, language
        assert words in told, language
        assert former.name(language) in told
    sound([proceeding.case])


@pytest.mark.rule("SUCC-01")
def test_both_are_found_and_the_case_tells_who_was_before(offices: None) -> None:
    proceeding = initiated()
    former = proceeding.debtor
    replaced(proceeding)
    number = proceeding.case.number
    assert numbers(HEIR) == [number]
    assert numbers(former.name_kk) == [number]
    assert numbers(former.identifier) == [number]
    desk = Desk()
    desk.force_login(user("bailiff.ala"))
    page = desk.get(f"/cases/{proceeding.case_id}").content.decode()
    assert HEIR in page
    assert former.name_kk in page


@pytest.mark.rule("SUCC-01")
@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"event": "divorce"}, "invalid", "event"),
        ({"event": "reorganisation", "evidence": EVENT}, "other_person", "person"),
        ({"event": "assignment", "evidence": EVENT}, "other_person", "person"),
        ({"person": "debtors[7]"}, "invalid", "person"),
        ({"name_kk": " "}, "evidence_missing", "name_kk"),
        ({"number": "850314300123"}, "invalid", "number"),
        (
            {"evidence": {**DEATH, "replacement_ruling.number": ""}},
            "evidence_missing",
            "evidence.replacement_ruling.number",
        ),
        (
            {"evidence": {**DEATH, "replacement_ruling.in_force_on": later(9)}},
            "invalid",
            "evidence.replacement_ruling.in_force_on",
        ),
        ({"evidence": RULING}, "evidence_missing", "evidence.death_record"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_nobody_takes_a_party_s_place_without_the_court(
    offices: None, changes: dict[str, Any], code: str, field: str
) -> None:
    proceeding = initiated()
    with refused(code, status=422) as found:
        replaced(proceeding, **changes)
    assert [each.field for each in found.value.errors] == [field]
    told_in_three_languages(found.value)


def test_nobody_succeeds_himself(offices: None) -> None:
    proceeding = initiated()
    with refused("invalid", status=422) as found:
        replaced(proceeding, number=proceeding.debtor.identifier)
    assert [each.code for each in found.value.errors] == ["same"]


@pytest.mark.rule("SUCC-01")
def test_a_claim_is_assigned_and_the_new_claimant_is_owed(offices: None) -> None:
    proceeding = initiated()
    claimant = proceeding.presentation.participants.get(role="claimant")
    told = {"kind": "legal", "name_kk": "«Жаңа Несие» ЖШС", "number": "150340012340"}
    replaced(proceeding, event="assignment", evidence=EVENT, person="claimants[0]", **told)
    new = Participant.objects.get(pk=claimant.pk)
    assert (new.party.bin, new.name_ru) == ("150340012340", "«Жаңа Несие» ЖШС")
    assert proceeding.presentation.debts.get().claimant == new
    assert Succession.objects.get().party == claimant.party


@pytest.mark.rule("SUCC-REORG-01")
def test_a_reorganised_firm_is_followed_by_its_successor(offices: None) -> None:
    proceeding = initiated(debtors=[{**example("18")["debtors"][0], "city": "Алматы"}])
    do(proceeding, "suspend", ground="SUSP-MAND-02")
    desk = Desk()
    desk.force_login(user("bailiff.ala"))
    page = desk.get(f"/cases/{proceeding.case_id}").content.decode()
    assert 'data-task="successor" data-rule="SUCC-REORG-01"' in page
    told = {"kind": "legal", "name_kk": "«Жаңа Құрылыс» ЖШС", "number": "150340012340"}
    replaced(proceeding, event="reorganisation", evidence=EVENT, **told)
    assert now(proceeding).debtor.name_kk == "«Жаңа Құрылыс» ЖШС"


def test_a_wrong_replacement_is_annulled_and_the_former_party_is_back(offices: None) -> None:
    proceeding = initiated()
    former = proceeding.debtor
    handed_in = proceeding.presentation.handed_in
    entry = replaced(proceeding)
    later_one = replaced(proceeding, name_kk="Екінші Мұрагер", on=later(3))
    assert entry.seq not in standing.lines(now(proceeding))
    for line in (later_one.seq, entry.seq):
        told = {"authority": "court", "reason": "№ 1 ұйғарым", "on": later(4)}
        do(now(proceeding), "correct", line=line, **told)
    back = Participant.objects.get(pk=former.pk)
    own = (former.party_id, former.name_kk, former.identifier)
    assert (back.party_id, back.name_kk, back.identifier) == own
    assert now(proceeding.presentation).handed_in == handed_in
    assert Decimal(read(proceeding).left or 0) > 0
    sound([proceeding.case])


@pytest.mark.rule("SUCC-02")
def test_when_the_heir_dies_too_a_successor_is_due_again(offices: None) -> None:
    proceeding = initiated()

    def due() -> bool:
        found = with_facts(Proceeding).get(pk=proceeding.pk)
        facts = facts_for(found, user("bailiff.ala"), on=later(9))
        return VERBS["replace_party"].card.due(facts) is not None

    assert not due()
    do(proceeding, "suspend", ground="SUCC-02")
    assert due()
    replaced(proceeding)
    assert not due()
    do(now(proceeding), "resume", ground="SUCC-02", on=later(3))
    do(now(proceeding), "suspend", ground="SUCC-02", on=later(3))
    assert due()
    replaced(proceeding, name_kk="Екінші Мұрагер", on=later(4))
    assert not due()


@pytest.mark.rule("SUCC-02")
def test_while_it_stands_still_for_it_the_successor_is_the_next_step(offices: None) -> None:
    proceeding = initiated()
    do(proceeding, "suspend", ground="SUCC-02")
    desk = Desk()
    desk.force_login(user("bailiff.ala"))
    shown = desk.get(f"/cases/{proceeding.case_id}").content.decode()
    assert f"/cases/{proceeding.case_id}/replace_party?" in shown
    address = f"/cases/{proceeding.case_id}/replace_party?event=death"
    form = desk.get(address).content.decode()
    assert 'name="evidence.replacement_ruling.court"' in form
    typed = {name.replace("evidence.", ""): f"{value}" for name, value in DEATH.items()}
    answer = desk.post(
        address,
        {
            "on": f"{NEXT}",
            "event": "death",
            "person": "debtors[0]",
            "kind": "natural",
            "name_kk": HEIR,
            **{f"evidence.{name}": value for name, value in typed.items() if "." in name},
            "evidence.death_record.body": "АХАЖ",
            "evidence.death_record.number": "5",
            "evidence.death_record.on": f"{DAY}",
        },
    )
    assert answer.status_code == 302, answer.content.decode()[-4000:]
    assert Participant.objects.get(pk=proceeding.debtor_id).name_kk == HEIR
