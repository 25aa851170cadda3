"""A representative lodges, reads, speaks and signs for his principal while his authority lasts and
names it; what was entered by mistake is annulled."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

import pytest

from documents.models import Paper
from enforcement.core.people import acting
from enforcement.core.subject import facts_for
from enforcement.engagement import end_engagement
from enforcement.facts.engaged import engaged_of
from enforcement.facts.queries import with_facts
from enforcement.models import Engagement, Presentation, Proceeding, Submission
from tests.course import (
    do,
    evidence,
    hand_in,
    initiated,
    kinds,
    later,
    now,
    ready,
    sound,
    told_in_three_languages,
)
from tests.desk import Desk
from tests.documents.reading import PaperFile, squeezed
from tests.enforcement.engagement.test_representatives import AGENT, entrusted, issued, who
from tests.office import NEXT, refused, user


def through(proceeding: Proceeding) -> dict[str, Any]:
    """The party for whom somebody acts, as a verb is given him."""
    arrival = with_facts(Presentation).get(pk=proceeding.presentation_id)
    now_ = facts_for(arrival, user("bailiff.ala"), on=later(1))
    return dict(next(each for each, _name in acting(now_) if "agent" in each))


@pytest.mark.rule("REP-01", "REP-02", "RIGHT-03")
def test_a_representative_lodges_a_petition_and_the_party_has_lodged_it(offices: None) -> None:
    proceeding = initiated()
    entrusted(proceeding, whom="debtors[0]")
    asked = hand_in(proceeding, "petition_postpone", author=through(proceeding), on=later(1))
    assert (asked.author.pk, asked.agent.name) == (proceeding.debtor_id, AGENT)
    do(asked, "answer_submission", on=later(2))
    text = PaperFile(issued(proceeding).renderings.get(language="ru").blob.intact()).squeezed
    assert squeezed(f"{asked.author.name_ru}, через представителя: {AGENT}") in text
    desk = Desk()
    desk.force_login(user("bailiff.ala"))
    page = desk.get(f"/cases/{proceeding.case_id}").content.decode()
    assert f"<span data-agent>{AGENT}</span>" in page
    sound([proceeding.case])


@pytest.mark.rule("REP-04", "RIGHT-09", "RIGHT-08")
def test_a_complaint_needs_a_power_and_a_challenge_needs_none(offices: None) -> None:
    proceeding = initiated()
    entrusted(proceeding, whom="debtors[0]")
    agent = through(proceeding)
    for kind in ("complaint_line", "complaint_inaction"):
        with refused("power_missing", status=422) as found:
            hand_in(proceeding, kind, author=agent, on=later(1))
        assert [each.field for each in found.value.errors] == ["author"]
        told_in_three_languages(found.value)
    hand_in(proceeding, "recusal", author=agent, on=later(1), concerned=user("bailiff.ala"))
    able = initiated(2)
    entrusted(able, whom="debtors[0]", powers__appeal="yes")
    hand_in(able, "complaint_inaction", author=through(able), on=later(1))
    assert Submission.objects.filter(agent__name=AGENT).count() == 2


@pytest.mark.rule("REP-04")
@pytest.mark.parametrize(
    ("verb", "field", "given"),
    [
        ("record_submission", "author", {"what": "petition_other"}),
        ("show_file", "party", {}),
        ("take_statement", "party", {}),
    ],
)
def test_whose_authority_is_over_lodges_reads_and_says_nothing(
    offices: None, verb: str, field: str, given: dict[str, Any]
) -> None:
    proceeding = initiated()
    entrusted(proceeding, authority__lasts_until=later(2))
    agent = through(proceeding)
    do(proceeding.presentation, verb, on=later(2), **{field: agent}, **given)
    with refused("authority_over", status=422) as found:
        do(proceeding.presentation, verb, on=later(3), **{field: agent}, **given)
    assert [each.field for each in found.value.errors] == [field]
    told_in_three_languages(found.value)


@pytest.mark.rule("REP-01", "RIGHT-01", "RIGHT-05")
def test_the_case_tells_who_read_the_file_and_who_spoke_for_the_party(offices: None) -> None:
    proceeding = initiated()
    entrusted(proceeding)
    agent = through(proceeding)
    do(proceeding.presentation, "show_file", party=agent, on=later(1))
    do(proceeding.presentation, "take_statement", party=agent, on=later(1))
    paper = Paper.objects.get(kind="statement_oral")
    assert AGENT in paper.facts["author"]["kk"]
    desk = Desk()
    desk.force_login(user("bailiff.ala"))
    page = squeezed(desk.get(f"/cases/{proceeding.case_id}").content.decode())
    heard = page.partition('id="hearing"')[2]
    assert heard.count(squeezed(AGENT)) >= 2


@pytest.mark.rule("REP-04", "TERMN-01", "RET-01")
@pytest.mark.parametrize(
    ("verb", "ground", "piece"),
    [
        ("terminate", "TERMN-01", "waiver"),
        ("return_to_claimant", "RET-01", "claimant_application"),
    ],
)
def test_what_a_claimant_must_sign_is_signed_by_somebody_of_the_case(
    offices: None, verb: str, ground: str, piece: str
) -> None:
    proceeding = initiated()
    stranger = {f"{piece}.author": "Бөтенов Біреу", f"{piece}.on": f"{NEXT}"}
    told: list[tuple[dict[str, str], str]] = [
        ({piece: "№ 5 өтініш"}, f"evidence.{piece}"),
        (stranger, f"evidence.{piece}.author"),
    ]
    for given, field in told:
        with refused("unknown_signer", status=422) as found:
            do(now(proceeding), verb, ground=ground, evidence=given)
        assert [each.field for each in found.value.errors] == [field]
        told_in_three_languages(found.value)
    # Told in one text, a representative is held against his authority just so.
    entrusted(proceeding)
    with refused("power_missing", status=422):
        do(now(proceeding), verb, ground=ground, evidence={piece: f"№ 5 өтініш, {AGENT}"})
    entrusted(proceeding, powers__withdraw="yes")
    do(now(proceeding), verb, ground=ground, evidence={piece: f"№ 5 өтініш, {AGENT}"})
    assert now(proceeding).ended_on == NEXT


@pytest.mark.rule("REP-04", "TERMN-02")
def test_a_settlement_is_concluded_by_a_representative_whose_authority_names_it(
    offices: None,
) -> None:
    proceeding = initiated()
    entrusted(proceeding, whom="debtors[0]")
    ruling = {"court": "Үлгі соты", "number": "2-7", "on": f"{NEXT}", "in_force_on": f"{NEXT}"}
    proof = {f"settlement_ruling.{part}": text for part, text in ruling.items()}
    proof |= {"settlement_ruling.concluded_by": AGENT}
    with refused("power_missing", status=422) as found:
        do(now(proceeding), "terminate", ground="TERMN-02", evidence=proof)
    assert [each.field for each in found.value.errors] == [
        "evidence.settlement_ruling.concluded_by"
    ]
    told_in_three_languages(found.value)
    entrusted(proceeding, whom="debtors[0]", powers__settle="yes")
    do(now(proceeding), "terminate", ground="TERMN-02", evidence=proof)


def test_the_form_names_who_can_have_signed(offices: None, set_clock: Any) -> None:
    proceeding = initiated()
    entrusted(proceeding)
    claimant = proceeding.presentation.participants.get(role="claimant")
    desk = Desk()
    desk.force_login(user("bailiff.ala"))
    set_clock(later(1))
    page = desk.get(f"/cases/{proceeding.case_id}/terminate?ground=TERMN-01").content.decode()
    assert f"Өндіріп алушылар: {claimant.name_kk}. Өкілдер: {AGENT}." in page


# --- The post -------------------------------------------------------------------------------------


@pytest.mark.rule("REP-02")
def test_what_waits_in_the_post_goes_to_the_principal_once_the_authority_is_over(
    offices: None, set_clock: Any
) -> None:
    proceeding = initiated()
    entrusted(proceeding, authority__lasts_until=later(3))
    do(now(proceeding), "suspend", on=later(1))
    paper = issued(proceeding)
    key = next(each["key"] for each in paper.addressees if "through" in each)
    desk = Desk()
    desk.force_login(user("bailiff.ala"))
    own = f"to-{paper.pk}-{key}"
    for day, goes in ((later(3), True), (later(4), False)):
        set_clock(day)
        waiting = desk.get("/post").content.decode().partition(own)[2].partition("</label>")[0]
        assert waiting, "the paper waits, for whomever"
        assert (AGENT in waiting) is goes, day
    sent = {"paper": str(paper.pk), "to": [key], "channel": "courier", "proof": "№ 1"}
    assert desk.post("/post", {**sent, "on": f"{later(4)}"}).status_code == 302
    register = desk.get("/post").content.decode().partition("register-title")[2]
    assert AGENT not in register


def test_what_left_while_he_acted_left_to_him(offices: None, set_clock: Any) -> None:
    proceeding = initiated()
    entrusted(proceeding)
    do(now(proceeding), "suspend", on=later(1))
    paper = issued(proceeding)
    key = next(each["key"] for each in paper.addressees if "through" in each)
    set_clock(later(4))
    desk = Desk()
    desk.force_login(user("bailiff.ala"))
    sent = {"paper": str(paper.pk), "to": [key], "channel": "courier", "proof": "№ 1"}
    assert desk.post("/post", {**sent, "on": f"{later(2)}"}).status_code == 302
    by, left = user("bailiff.ala"), who(proceeding)
    end_engagement(proceeding.presentation, engagement=left, reason="№ 2", on=later(4), by=by)
    assert AGENT in desk.get("/post").content.decode().partition("register-title")[2]
    assert AGENT in desk.get(f"/cases/{proceeding.case_id}").content.decode()


# --- Annulled -------------------------------------------------------------------------------------

SLIP: Final = {"authority": "senior", "reason": "Басқа істің өкілі", "by": "senior.ala"}


def annul(proceeding: Proceeding, kind: str, **given: Any) -> Any:
    """Annul the last line of a kind."""
    line = proceeding.case.stream.entries.filter(kind=kind).order_by("-seq")[0]
    return do(now(proceeding), "correct", line=line.seq, **{**SLIP, **given})


@pytest.mark.rule("PART-LIST-01", "REP-02")
def test_who_was_entered_by_mistake_never_took_part(offices: None) -> None:
    proceeding = initiated()
    entrusted(proceeding)
    annul(proceeding, "engaged", on=later(1))
    assert Engagement.objects.get().annulled_by is not None
    do(now(proceeding), "suspend", on=later(2))
    assert not any("through" in each for each in issued(proceeding).addressees)
    assert engaged_of(with_facts(Presentation).get(pk=proceeding.presentation_id)) == []
    assert kinds(proceeding.case)[-3:] == ["engaged", "corrected", "suspended"]
    sound([proceeding.case])


def test_who_left_by_mistake_takes_part_again(offices: None) -> None:
    proceeding = initiated()
    entrusted(proceeding)
    by = user("bailiff.ala")
    left = who(proceeding)
    end_engagement(proceeding.presentation, engagement=left, reason="№ 2", on=NEXT, by=by)
    with refused("not_correctable", status=409):
        annul(proceeding, "engaged", on=later(1))
    annul(proceeding, "engagement_ended", on=later(1))
    do(now(proceeding), "suspend", on=later(2))
    assert any("through" in each for each in issued(proceeding).addressees)


def test_who_acted_for_the_party_stays_as_he_was(offices: None) -> None:
    proceeding = initiated()
    entrusted(proceeding, whom="debtors[0]")
    hand_in(proceeding, "petition_other", author=through(proceeding), on=later(1))
    with refused("not_correctable", status=409):
        annul(proceeding, "engaged", on=later(2))


@pytest.mark.parametrize(
    ("verb", "ground", "piece"),
    [
        ("suspend", "SUSP-OPT-06", "claimant_application"),
        ("terminate", "TERMN-08", "refusal_of_seized"),
        ("return_to_claimant", "RET-03", "refusal_of_unsold"),
    ],
)
@pytest.mark.rule("SUSP-OPT-06", "TERMN-08", "RET-03")
def test_what_a_claimant_applies_for_or_refuses_nobody_else_does(
    offices: None, verb: str, ground: str, piece: str
) -> None:
    proceeding = initiated()
    on = ready(proceeding, ground)
    debtor = now(proceeding).debtor.name_kk
    told = {**evidence(ground, proceeding), piece: f"{debtor}: бас тартамын"}
    dated = {"until": on + timedelta(days=9)} if verb == "suspend" else {}
    with refused("unknown_signer", status=422) as found:
        do(now(proceeding), verb, on=on, ground=ground, evidence=told, **dated)
    told_in_three_languages(found.value)
    do(now(proceeding), verb, on=on, ground=ground, evidence=evidence(ground, proceeding), **dated)
