"""Intake is corrected until the first paper has left, afterwards a line puts a party right; what
stood is kept and found."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

import pytest

from documents.models import Paper
from enforcement.facts.finding import cases_of
from enforcement.initiation import initiate
from enforcement.intake.answering import return_defective
from enforcement.models import Participant, Presentation
from enforcement.people import paths
from enforcement.people.addresses import record_address
from enforcement.people.correcting import correct_intake, put_right
from enforcement.post.sending import dispatch
from journal.models import Entry
from tests.course import begun, do, sound, told_in_three_languages
from tests.desk import Desk
from tests.office import DAY, NEXT, afresh, arrive, paper, receive, refused, terms, user

LATER: Final = NEXT + timedelta(days=1)
REASON: Final = "Теру қатесі"


def corrected(arrival: Presentation, field: str, value: str, **given: Any) -> Entry:
    """Correct the intake; a Refusal leaves it as it was."""
    told = {"reason": REASON, "on": NEXT, "by": user("registrar.ala"), **given}
    entry: Entry = correct_intake(arrival, field=field, value=value, **told)
    return entry


def mended(arrival: Presentation, field: str, value: str) -> Entry:
    """Put a party right."""
    told = {"ground": "Төлқұжат № 1", "on": LATER, "by": user("bailiff.ala")}
    entry: Entry = put_right(arrival, field=field, value=value, **told)
    return entry


def sent(arrival: Presentation) -> Presentation:
    """Admitted, and the resolution has left."""
    initiate(arrival, on=NEXT, by=user("bailiff.ala"))
    issued = Paper.objects.get(entry__stream=arrival.case.stream, kind="initiate")
    by = {"addressee": "Үлгі", "channel": "registered_mail", "proof": "№ 1"}
    dispatch(issued, on=NEXT, by=user("bailiff.ala"), **by)
    return afresh(arrival)


def debtor(arrival: Presentation) -> Participant:
    found: Participant = arrival.participants.get(role="debtor")
    return found


def numbers(typed: str) -> list[int]:
    return [case.number for case in cases_of(user("bailiff.ala"), typed, today=DAY)]


# --- The intake -----------------------------------------------------------------------------------

#: What is typed anew, and what is then kept.
CORRECTED: Final = [
    ("debtors[0].name", "Ахметова Сәуле", lambda a: debtor(a).name_kk, "Ахметова Сәуле"),
    ("debtors[0].iin", "850314300132", lambda a: debtor(a).identifier, None),
    ("debtors[0].iin", "850314 300132", lambda a: debtor(a).party.iin, "850314300132"),
    ("debtors[0].address_kk", "Сейфуллин даңғ., 1", lambda a: debtor(a).address_kk, None),
    ("debtors[0].workplace", "«Жылу» МКК", lambda a: debtor(a).workplace, None),
    ("claimants[0].iban", "", lambda a: a.participants.get(role="claimant").iban, ""),
    ("debts[0].amount", "1 900 000,50", lambda a: str(a.debts.get().amount), "1900000.50"),
    ("case_number", "7514-26-00-2/77", lambda a: a.document.case_number, None),
    ("decision_on", "2026-01-16", lambda a: a.document.decision_on.isoformat(), None),
    ("in_force_on", "17.02.2026", lambda a: a.document.in_force_on.isoformat(), "2026-02-17"),
    ("operative", "Қарызды өндіру.", lambda a: a.document.operative, None),
    ("application.channel", "court", lambda a: a.document.application_channel, None),
    ("sealed", "1", lambda a: str(a.document.sealed), "True"),
    ("sealed", "Жоқ", lambda a: str(a.document.sealed), "False"),
]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        *((each, True) for each in ("иә", "да", "yes", "1", "true", "Да")),
        *((each, False) for each in ("жоқ", "нет", "no", "0", "false", "")),
        ("мүмкін", "мүмкін"),
    ],
)
def test_a_flag_is_read_in_three_languages(typed: str, read: bool | str) -> None:
    assert paths.changed({}, "immediate", typed)["immediate"] == read


@pytest.mark.parametrize("state", ["received", "admitted"])
def test_what_was_typed_wrong_is_corrected_and_kept_until_a_paper_leaves(
    offices: None, state: str
) -> None:
    for n, (field, value, kept, wanted) in enumerate(CORRECTED):
        arrival = arrive("accept", n)
        if state == "admitted":
            initiate(arrival, on=NEXT, by=user("bailiff.ala"))
        was = str(kept(arrival))
        entry = corrected(afresh(arrival), field, value)
        found = afresh(arrival)
        assert (field, str(kept(found))) == (field, value if wanted is None else wanted)
        assert found.state == state
        texts = dict(entry.evidence.values_list("key", "text"))
        assert texts.get("value", "") == value
        assert texts["reason"] == REASON
        if field.startswith("debtors[0].name"):
            assert texts["was"] == was
        assert not any(text in entry.body for text in (value, was) if len(text) > 3), field
        sound([found.case])


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("debtors[0].iin", "850314300123", "check_digit"),
        ("debts[0].amount", "мың теңге", "format"),
        ("debts[0].amount", "1,234,567", "format"),
        ("decision_on", "31.02.2026", "format"),
        ("immediate", "мүмкін", "format"),
        ("type", "DOC-TYPE-99", "unknown"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    offices: None, field: str, value: str, code: str
) -> None:
    arrival = arrive()
    with refused("invalid", status=422) as caught:
        corrected(arrival, field, value)
    assert [(each.field, each.code) for each in caught.value.errors] == [("value", code)]


@pytest.mark.parametrize(
    "field", ["ref", "office", "debtors[1].name", "debtors[0].kind", "nothing"]
)
def test_only_what_the_document_says_can_be_corrected(offices: None, field: str) -> None:
    arrival = arrive()
    with refused("invalid", status=422):
        corrected(arrival, field, "1")


def test_the_verdict_is_judged_anew_and_the_terms_run_from_the_day_it_came(offices: None) -> None:
    arrival = receive(paper(1, operative=None))
    assert arrival.verdict["verdict"] == "defective"
    before = terms(arrival)
    corrected(arrival, "operative", "Қарызды өндіру.", on=DAY + timedelta(days=2))
    found = afresh(arrival)
    assert found.verdict["verdict"] == "accept"
    assert "TERM-DEFECT-3D" in before
    assert "TERM-DEFECT-3D" not in terms(found)
    same = receive(paper(2))
    assert {rule: due for rule, (due, _) in terms(found).items()} == {
        rule: due for rule, (due, _) in terms(same).items()
    }
    corrected(found, "operative", "", on=DAY + timedelta(days=2))
    assert terms(afresh(arrival)) == before
    return_defective(afresh(arrival), on=DAY + timedelta(days=2), by=user("bailiff.ala"))
    sound()


def test_an_admitted_document_is_not_corrected_into_one_that_could_not_be(offices: None) -> None:
    arrival = arrive()
    initiate(arrival, on=NEXT, by=user("bailiff.ala"))
    with refused("verdict_moves", status=409) as caught:
        corrected(afresh(arrival), "in_force_on", "2021-02-11")
    told_in_three_languages(caught.value)
    with refused("verdict_moves", status=409):
        corrected(afresh(arrival), "immediate", "1")


def test_what_something_was_paid_of_is_not_typed_anew(offices: None) -> None:
    arrival = arrive()
    initiate(arrival, on=NEXT, by=user("bailiff.ala"))
    do(arrival.proceedings.get(), "record_recovery")
    with refused("claim_in_use", status=409) as caught:
        corrected(afresh(arrival), "debts[0].amount", "5000")
    told_in_three_languages(caught.value)


def test_a_paper_that_has_left_closes_the_one_and_opens_the_other(offices: None) -> None:
    arrival = arrive()
    with refused("not_left_yet", status=409) as caught:
        mended(arrival, "debtors[0].name_kk", "Ахметов Берік")
    assert caught.value.possible == ("correct_intake",)
    told_in_three_languages(caught.value)
    left = sent(arrival)
    with refused("paper_left", status=409) as caught:
        corrected(left, "debtors[0].name", "Ахметов Берік", by=user("bailiff.ala"))
    assert caught.value.possible == ("put_right",)
    told_in_three_languages(caught.value)
    mended(left, "debtors[0].name_kk", "Ахметов Берік")


#: By what a paper has left with no line of the post.
LEFT_OTHERWISE: Final[dict[str, dict[str, Any]]] = {
    "a letter to who is online": {"verb": "send_letter", "to": ["BNK-0001"]},
    "a measure its holder has": {"verb": "secure", "addressee": "«Үлгі Қойма» ЖШС"},
}


@pytest.mark.parametrize("case", LEFT_OTHERWISE)
def test_what_the_outbox_has_has_left(offices: None, case: str) -> None:
    arrival = arrive()
    [proceeding] = begun(arrival, on=NEXT)
    do(proceeding, **LEFT_OTHERWISE[case])
    with refused("paper_left", status=409):
        corrected(afresh(arrival), "debtors[0].name", "Ахметов Берік", by=user("bailiff.ala"))
    mended(afresh(arrival), "debtors[0].name_kk", "Ахметов Берік")


def test_what_waits_for_the_post_has_not_left_until_it_is_received(offices: None) -> None:
    arrival = arrive()
    [proceeding] = begun(arrival, on=NEXT)
    [letter] = do(proceeding, "send_letter")
    corrected(afresh(arrival), "debtors[0].name", "Ахметов Берік")
    do(letter, "record_receipt", on=NEXT)
    with refused("paper_left", status=409):
        corrected(afresh(arrival), "debtors[0].name", "Ахметов Серік")


def test_the_registrar_corrects_intake_and_the_bailiff_puts_right(offices: None) -> None:
    arrival = arrive()
    with refused("wrong_role", status=403):
        corrected(arrival, "operative", "Қарызды өндіру.", by=user("prosecutor.ala"))
    left = sent(arrival)
    with refused("wrong_role", status=403):
        put_right(
            left,
            field="debtors[0].name_kk",
            value="Б",
            ground="№ 1",
            on=NEXT,
            by=user("registrar.ala"),
        )


# --- A party --------------------------------------------------------------------------------------

RIGHT: Final = [
    ("debtors[0].name_kk", "Ахметов Берік", "name_kk", "Ахметов Берік"),
    ("debtors[0].name_ru", "Ахметов Берик", "name_ru", "Ахметов Берик"),
    ("debtors[0].iin", "910203401008", "identifier", "910203401008"),
    ("debtors[0].birth_date", "1985-03-15", "birth_date", date(1985, 3, 15)),
    ("debtors[0].birth_date", "14.03.1985", "birth_date", date(1985, 3, 14)),
    ("debtors[0].workplace", "«Жылу» МКК", "workplace", "«Жылу» МКК"),
    ("debtors[0].phone", "+7 701 000 00 00", "phone", "+7 701 000 00 00"),
    ("debtors[0].email", "ulgi@example.kz", "email", "ulgi@example.kz"),
]


def test_a_party_is_put_right_and_nothing_else_of_him_moves(offices: None) -> None:
    arrival = sent(arrive())
    names = {each[2] for each in RIGHT} | {"city", "address_kk", "address_ru"}
    for field, value, name, wanted in RIGHT:
        before = {each: getattr(debtor(arrival), each) for each in names}
        entry = mended(arrival, field, value)
        after = {each: getattr(debtor(arrival), each) for each in names}
        assert after == before | {name: wanted}, field
        kept = dict(entry.evidence.values_list("key", "text"))
        assert kept.get("was", "") == str(before[name] or ""), field
    sound()


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("debtors[0].iin", "850314300123", "check_digit"),
        ("debtors[0].name_kk", "  ", "required"),
        ("debtors[0].email", "ulgi", "format"),
        ("debtors[0].phone", "телефон", "format"),
    ],
)
def test_no_party_is_put_wrong(offices: None, field: str, value: str, code: str) -> None:
    arrival = sent(arrive())
    with refused("invalid", status=422) as caught:
        mended(arrival, field, value)
    assert [(each.field, each.code) for each in caught.value.errors] == [("value", code)]


def test_both_wordings_are_found_and_shown(offices: None) -> None:
    arrival = sent(receive(paper(1, debtor={"name": "Ахмедов Серік", "iin": "850314300122"})))
    old = Paper.objects.get(kind="initiate")
    mended(arrival, "debtors[0].name_kk", "Оспанов Серік")
    mended(arrival, "debtors[0].iin", "910203401008")
    for typed in ("Ахмедов", "Оспанов", "850314300122", "910203401008"):
        assert numbers(typed) == [1], typed
    assert Paper.objects.get(pk=old.pk).facts == old.facts
    do(arrival.proceedings.get(), "suspend", on=LATER)
    newer = Paper.objects.get(kind="suspend")
    assert newer.facts["debtors"][0]["kk"] == "Оспанов Серік"
    desk = Desk()
    desk.force_login(user("bailiff.ala"))
    page = desk.get(f"/cases/{arrival.case_id}").content.decode()
    assert "Ахмедов Серік" in page
    assert "850314300122" in page


# --- Addresses ------------------------------------------------------------------------------------


def test_a_name_corrected_leaves_him_where_he_was_found_since(offices: None) -> None:
    arrival = arrive()
    told = {"person": "debtors[0]", "kind": "actual", "city": "Алматы", "since": DAY}
    by = user("registrar.ala")
    record_address(arrival, on=DAY, address_kk="Сейфуллин, 1", by=by, **told)
    corrected(afresh(arrival), "debtors[0].name", "Ахметов Берік")
    assert debtor(arrival).address_kk == "Сейфуллин, 1"
    corrected(afresh(arrival), "debtors[0].address_kk", "Төле би, 2")
    assert debtor(arrival).address_kk == "Төле би, 2"
