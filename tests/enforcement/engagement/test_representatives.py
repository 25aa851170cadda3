"""A representative is engaged, papers for his principal go to him, his authority ends."""

from __future__ import annotations

from typing import Any, Final

import pytest

from documents.models import Paper
from documents.rendering import compose
from enforcement.engagement import end_engagement, engage
from enforcement.facts.engaged import engaged_of
from enforcement.facts.queries import with_facts
from enforcement.models import Engagement, Presentation, Proceeding
from journal.models import Entry
from law.statute import statute
from tests.course import do, initiated, kinds, later, now, sound, told_in_three_languages
from tests.desk import Desk
from tests.office import DAY, NEXT, arrive, example, paper, receive, refused, user

AGENT: Final = "Өкілов Сенім Үлгіұлы"
SIGNED: Final = {"author": AGENT, "on": f"{NEXT}"}
AUTHORITY: Final[dict[str, Any]] = {
    "authority_basis": "power_of_attorney",
    "authority.number": "17",
    "authority.on": DAY,
    "barred": "none",
}


def entrusted(
    proceeding: Proceeding, whom: str = "claimants[0]", *, on: Any = NEXT, **changes: Any
) -> Entry:
    """A representative of a party; `changes` of what proves his authority."""
    proof = AUTHORITY | {name.replace("__", "."): value for name, value in changes.items()}
    told = {"whom": whom, "name": AGENT, "address": "Абай даңғ., 9-үй", "evidence": proof}
    arrival = proceeding.presentation
    entry: Entry = engage(arrival, role="representative", on=on, by=user("bailiff.ala"), **told)
    return entry


def issued(proceeding: Proceeding) -> Paper:
    """The newest paper of the case."""
    found = Paper.objects.filter(entry__stream=proceeding.case.stream)
    return found.order_by("-number")[0]


def addressed(paper: Paper, language: str) -> list[str]:
    """Whom the paper names as its addressees."""
    law = statute("lecture")
    told = compose(paper.kind, facts=paper.facts, language=language, law=law, on=paper.issued_on)
    return [name for row in told["addressees"] for name in row["values"]]


def who(proceeding: Proceeding) -> Any:
    """The one who is engaged, as a verb takes him."""
    arrival = with_facts(Presentation).get(pk=proceeding.presentation_id)
    return engaged_of(arrival)[-1]


@pytest.mark.rule("REP-01", "REP-02", "PART-LIST-01")
def test_papers_for_a_party_go_to_his_representative_until_his_authority_ends(
    offices: None,
) -> None:
    proceeding = initiated()
    claimant = proceeding.presentation.participants.get(role="claimant")
    entrusted(proceeding, authority__lasts_until=later(2))
    do(now(proceeding), "suspend", on=later(1))
    paper = issued(proceeding)
    told = next(each for each in paper.addressees if each["key"].startswith("claimants"))
    assert (told["kk"], told["through"]) == (claimant.name_kk, AGENT)
    assert any(claimant.name_kk in text and AGENT in text for text in addressed(paper, "kk"))
    assert any("через представителя: Өкілов" in text for text in addressed(paper, "ru"))
    # Rights and duties are the party's: the journal and the debts know nobody else.
    assert not proceeding.presentation.debts.exclude(claimant=claimant).exists()
    do(now(proceeding), "resume", on=later(3))
    assert not any("through" in each for each in issued(proceeding).addressees)
    assert "through" in str(paper.facts), "what was issued stays as it was"
    sound([proceeding.case])


def test_who_left_gets_no_more_papers(offices: None) -> None:
    proceeding = initiated()
    entrusted(proceeding, whom="debtors[0]")
    by = user("bailiff.ala")
    left = who(proceeding)
    end_engagement(
        proceeding.presentation, engagement=left, reason="Сенімхат кері қайтарылды", on=NEXT, by=by
    )
    do(now(proceeding), "suspend", on=later(1))
    assert not any("through" in each for each in issued(proceeding).addressees)
    assert Engagement.objects.get().ended_on == NEXT
    assert kinds(proceeding.case)[-3:] == ["engaged", "engagement_ended", "suspended"]
    with refused("nobody_engaged", status=409):
        end_engagement(proceeding.presentation, engagement=left, reason="№ 1", on=later(1), by=by)


@pytest.mark.rule("REP-03")
def test_whom_the_law_bars_represents_nobody_but_as_the_law_or_a_charter_has_it(
    offices: None,
) -> None:
    proceeding = initiated()
    for barred in sorted(set(statute("lecture").choices("barred")) - {"none"}):
        with refused("cannot_represent", status=422) as found:
            entrusted(proceeding, barred=barred)
        assert found.value.rule == "REP-03"
        told_in_three_languages(found.value)
    freed = ("judge", "prosecutor", "investigator", "deputy")
    for barred in ("minor", "ward", "opponent"):
        for basis in ("law", "charter"):
            with refused("cannot_represent", status=422):
                entrusted(proceeding, barred=barred, authority_basis=basis)
    for barred in freed:
        entrusted(proceeding, barred=barred, authority_basis="law")
    assert [each.basis for each in Engagement.objects.all()] == ["law"] * len(freed)


#: What is wrong with an authority: the code of the refusal, the field.
WRONG: Final[list[tuple[dict[str, Any], str, str]]] = [
    ({"authority__number": ""}, "evidence_missing", "evidence.authority.number"),
    ({"authority__on": None}, "evidence_missing", "evidence.authority.on"),
    ({"authority_basis": ""}, "evidence_missing", "evidence.authority_basis"),
    ({"barred": ""}, "evidence_missing", "evidence.barred"),
    ({"authority_basis": "kinship"}, "invalid", "evidence.authority_basis"),
    ({"authority__on": later(1)}, "invalid", "evidence.authority.on"),
    ({"authority__lasts_until": DAY}, "authority_over", "evidence.authority.lasts_until"),
    ({"whom": ""}, "evidence_missing", "whom"),
]


@pytest.mark.rule("REP-04")
def test_an_authority_is_proven_whole_and_lasts(offices: None) -> None:
    proceeding = initiated()
    for changes, code, field in WRONG:
        with refused(code, status=422) as found:
            entrusted(proceeding, **changes)
        assert [each.field for each in found.value.errors] == [field]
        told_in_three_languages(found.value)
    entrusted(proceeding, authority__lasts_until=NEXT)


@pytest.mark.rule("REP-04", "REP-02")
def test_a_waiver_is_signed_by_a_representative_only_while_his_authority_names_it(
    offices: None,
) -> None:
    proceeding = initiated()
    waiver = {f"waiver.{name}": value for name, value in SIGNED.items()}
    entrusted(proceeding, authority__lasts_until=later(2))
    with refused("power_missing", status=422) as found:
        do(now(proceeding), "terminate", ground="TERMN-01", evidence=waiver)
    told_in_three_languages(found.value)
    late = {**waiver, "waiver.on": later(3)}
    entrusted(proceeding, powers__withdraw="yes", authority__lasts_until=later(2))
    with refused("authority_over", status=422) as found:
        do(now(proceeding), "terminate", ground="TERMN-01", evidence=late, on=later(3))
    told_in_three_languages(found.value)
    # What was signed while the authority lasted is a fact, whenever it is told.
    do(now(proceeding), "terminate", ground="TERMN-01", evidence=waiver, on=later(3))
    assert now(proceeding).state == "terminated"


@pytest.mark.rule("REP-02", "TERMN-01", "RET-01")
@pytest.mark.parametrize(
    ("verb", "ground", "piece"),
    [
        ("terminate", "TERMN-01", "waiver"),
        ("return_to_claimant", "RET-01", "claimant_application"),
    ],
)
def test_the_other_side_s_representative_signs_nothing_for_the_claimant(
    offices: None, verb: str, ground: str, piece: str
) -> None:
    proceeding = initiated()
    claimant = proceeding.presentation.participants.get(role="claimant")
    entrusted(proceeding, whom="debtors[0]", powers__withdraw="yes")
    signed = {f"{piece}.{name}": value for name, value in SIGNED.items()}
    with refused("other_principal", status=422) as found:
        do(now(proceeding), verb, ground=ground, evidence=signed)
    assert [each.field for each in found.value.errors] == [f"evidence.{piece}.author"]
    told_in_three_languages(found.value)
    both = signed | {f"{piece}.author": f"{claimant.name_kk}; {AGENT}"}
    do(now(proceeding), verb, ground=ground, evidence=both)


@pytest.mark.rule("REP-02")
def test_what_a_representative_signs_is_signed_by_his_claimant(offices: None) -> None:
    other = {**example("02")["claimants"][0], "iin": "", "iin_missing_reason": "Құжатта жоқ"}
    owed = [{"claimant": n, "debtors": [0], "amount": "1000.00"} for n in (0, 1)]
    proceeding = initiated(claimants=[*paper()["claimants"], other], debts=owed)
    claimants = proceeding.presentation.participants.filter(role="claimant")
    first, second = claimants.order_by("position")
    text = f"{first.name_kk}; {AGENT}"
    waiver = {"waiver.author": text, "waiver.on": f"{NEXT}"}
    with refused("others_owed", status=422):
        do(now(proceeding), "terminate", ground="TERMN-01", evidence=waiver)
    entrusted(proceeding, whom="claimants[1]", powers__withdraw="yes")
    do(now(proceeding), "terminate", ground="TERMN-01", evidence=waiver)
    assert (now(proceeding).state, second.role) == ("terminated", "claimant")


OTHERS: Final = (
    *("witness", "interpreter", "specialist", "expert"),
    *("custodian", "police", "marshal", "other"),
)


@pytest.mark.rule("PARTIC-01")
def test_others_take_part_too_and_get_no_papers_of_the_parties(offices: None) -> None:
    proceeding = initiated()
    arrival, by = proceeding.presentation, {"on": NEXT, "by": user("registrar.ala")}
    for role in OTHERS:
        way = statute("lecture").participations[role]
        told = dict.fromkeys(way.asks, "№ 1 қойма")
        given = {"role": role, "name": "Көмекшиев Үлгі", "evidence": told}
        for lacking in (*([{"evidence": {}}] if told else []), {"name": " "}):
            with refused("evidence_missing", status=422) as found:
                engage(arrival, **by, **{**given, **lacking})
            told_in_three_languages(found.value)
        engage(arrival, **by, **given, whom="debtors[0]")
        made = Engagement.objects.get(role=role)
        assert (made.whom is not None) is bool(way.whom)
    do(now(proceeding), "suspend")
    assert not any("through" in each for each in issued(proceeding).addressees)
    desk = Desk()
    desk.force_login(user("bailiff.ala"))
    page = desk.get(f"/cases/{proceeding.case_id}").content.decode()
    assert [role for role in OTHERS if f'data-part="{role}"' not in page] == []


def test_an_iin_is_a_right_one(offices: None) -> None:
    arrival, by = arrive(), user("bailiff.ala")
    for iin, code in (("850314300123", "check_digit"), ("12", "format")):
        with refused("invalid", status=422) as found:
            engage(arrival, role="witness", name="Айғақов", iin=iin, on=NEXT, by=by)
        assert [(each.field, each.code) for each in found.value.errors] == [("iin", code)]


# --- A co-participant -----------------------------------------------------------------------------


def delegated(arrival: Presentation, whom: str, party: str) -> Entry:
    """One of several takes part for another."""
    told = {"authority.number": "3", "authority.on": DAY}
    entry: Entry = engage(
        arrival,
        role="coparticipant",
        whom=whom,
        party=party,
        evidence=told,
        on=NEXT,
        by=user("bailiff.ala"),
    )
    return entry


@pytest.mark.rule("PARTY-MULTI-02")
def test_one_of_several_takes_part_for_another_but_not_in_what_only_the_debtor_can_do(
    offices: None,
) -> None:
    two = example("12")["debtors"] if len(example("12")["debtors"]) > 1 else None
    debtors = two or [*paper()["debtors"], {**example("02")["debtors"][0], "city": "Алматы"}]
    shared = {"claimant": 0, "debtors": [0, 1]}
    money = receive(
        paper(1, debtors=debtors, debts=[{**shared, "amount": "1000.00", "joint": True}])
    )
    delegated(money, "debtors[0]", "debtors[1]")
    assert (
        Engagement.objects.get().name == money.participants.get(role="debtor", position=1).name_kk
    )
    for whom, party in (("debtors[0]", "debtors[0]"), ("debtors[0]", "claimants[0]")):
        with refused("invalid", status=422) as found:
            delegated(money, whom, party)
        told_in_three_languages(found.value)
    personal = receive(paper(2, debtors=debtors, debts=[{**shared, "act": "child", "joint": True}]))
    with refused("personal_duty", status=422) as found:
        delegated(personal, "debtors[0]", "debtors[1]")
    assert found.value.rule == "PARTY-MULTI-02"
    told_in_three_languages(found.value)


# --- On the page ----------------------------------------------------------------------------------


def test_the_case_tells_whose_authority_ends_soon_or_is_over(offices: None, set_clock: Any) -> None:
    proceeding = initiated()
    entrusted(proceeding, authority__lasts_until=later(5))
    desk = Desk()
    desk.force_login(user("bailiff.ala"))
    for day, tone in ((later(0), "soon"), (later(5), "soon"), (later(6), "over")):
        set_clock(day)
        page = desk.get(f"/cases/{proceeding.case_id}").content.decode()
        assert f'data-part="representative" data-tone="{tone}"' in page, day


def test_a_representative_is_entered_on_the_screen(offices: None, set_clock: Any) -> None:
    proceeding = initiated()
    set_clock(later(1))
    desk = Desk()
    desk.force_login(user("bailiff.ala"))
    address = f"/cases/{proceeding.case_id}/engage?role=representative"
    shown = desk.get(address).content.decode()
    for code in statute("lecture").choices("barred"):
        assert f'value="{code}"' in shown
    typed = {
        "on": f"{later(1)}",
        "role": "representative",
        "whom": "claimants[0]",
        "name": AGENT,
        "evidence.authority_basis": "power_of_attorney",
        "evidence.authority.number": "17",
        "evidence.authority.on": f"{DAY}",
        "evidence.authority.lasts_until": f"{later(30)}",
        "evidence.barred": "none",
        "evidence.powers.receive": "on",
    }
    answer = desk.post(address, typed)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    made = Engagement.objects.get()
    assert (made.powers, made.lasts_until) == (["receive"], later(30))


def test_today_tells_whose_authority_ends_or_is_over_until_he_left(
    offices: None, set_clock: Any
) -> None:
    proceeding = initiated()
    entrusted(proceeding, authority__lasts_until=later(5))
    desk = Desk()
    desk.force_login(user("bailiff.ala"))
    for day, told in ((later(1), False), (later(2), True), (later(9), True)):
        set_clock(day)
        page = desk.get("/today/authorities").content.decode()
        assert (AGENT in page) is told, day
    given = {"engagement": who(proceeding).id, "reason": "Мерзімі өтті", "on": f"{later(9)}"}
    assert desk.post(f"/cases/{proceeding.case_id}/end_engagement", given).status_code == 302
    assert AGENT not in desk.get("/today/authorities").content.decode()
