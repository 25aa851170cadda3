"""Evidence is a thing: each part of it is asked, checked, printed and shown by itself."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from documents.executive_document import Unreadable, read
from documents.fields import fields_of
from documents.told_at_intake import RestoredShape
from enforcement.correction import ACT
from enforcement.deferral import OWN as RULED
from enforcement.models import Evidence
from law.evidence import in_words
from law.refusal import Refusal
from law.statute import statute
from tests.course import PROOF, do, evidence, initiated, now, ready, told_in_three_languages
from tests.desk import Desk
from tests.documents.reading import PaperFile, squeezed
from tests.examples.papers import codes, paper
from tests.office import NEXT, refused, user

BEFORE, AFTER = NEXT - timedelta(days=1), NEXT + timedelta(days=1)
COURT = {"court": "Медеу аудандық соты", "number": "2-77", "on": BEFORE}
CLAIM = {f"court_claim.{part}": value for part, value in COURT.items()}
RULING = {f"settlement_ruling.{part}": value for part, value in COURT.items()}
IN_FORCE = {**RULING, "settlement_ruling.in_force_on": NEXT}
DIED = {"death_record.body": "АХАЖ", "death_record.number": "12", "death_record.on": BEFORE}
ASKED = {
    "claimant_application.author": "«Үлгі Банкі» АҚ",
    "claimant_application.on": BEFORE,
    "claimant_application.asked_until": AFTER + timedelta(days=20),
}
LOOKED = {
    "search_checklist.on": BEFORE,
    **{f"search_checklist.{place}": "yes" for place in ("banks", "registries", "income")},
}
AWAY = {"trip_order.body": "«Үлгі Жылу» МКК", "trip_order.on": BEFORE, "trip_order.since": BEFORE}
#: A ground, what is given of its evidence, and what is wrong with each part; nothing where none is.
ROWS: list[tuple[str, str, dict[str, Any], dict[str, str]]] = [
    ("a claim", "SUSP-MAND-04", CLAIM, {}),
    ("a claim without court", "SUSP-MAND-04", {**CLAIM, "court_claim.court": " "},
     {"court_claim.court": "required"}),
    ("a claim without number", "SUSP-MAND-04", {**CLAIM, "court_claim.number": ""},
     {"court_claim.number": "required"}),
    ("a claim without day", "SUSP-MAND-04", {**CLAIM, "court_claim.on": None},
     {"court_claim.on": "required"}),
    ("only a court", "SUSP-MAND-05", {"court_claim.court": "Сот"},
     {"court_claim.number": "required", "court_claim.on": "required"}),
    ("a claim of tomorrow", "SUSP-MAND-04", {**CLAIM, "court_claim.on": AFTER},
     {"court_claim.on": "to_come"}),
    ("a claim of no day", "SUSP-MAND-04", {**CLAIM, "court_claim.on": "кеше"},
     {"court_claim.on": "format"}),
    ("a claim with a seal", "SUSP-MAND-04", {**CLAIM, "court_claim.мөр": "1"},
     {"court_claim.мөр": "unknown_field"}),
    ("a claim with a form feed", "SUSP-MAND-04", {**CLAIM, "court_claim.number": "1\f2"},
     {"court_claim.number": "format"}),
    ("a settlement not in force", "TERMN-02", RULING,
     {"settlement_ruling.in_force_on": "required"}),
    ("a settlement in force tomorrow", "TERMN-02",
     {**IN_FORCE, "settlement_ruling.in_force_on": AFTER},
     {"settlement_ruling.in_force_on": "to_come"}),
    ("in force before it was given", "TERMN-02",
     {**IN_FORCE, "settlement_ruling.in_force_on": BEFORE - timedelta(days=1)},
     {"settlement_ruling.in_force_on": "out_of_range"}),
    ("a settlement in force", "TERMN-02", IN_FORCE, {}),
    ("a suspending act not in force yet", "SUSP-MAND-06",
     {f"suspending_act.{part}": value for part, value in COURT.items()}, {}),
    ("a death", "SUSP-MAND-01", {**DIED, "succession_possible": PROOF}, {}),
    ("a death without its conclusion", "SUSP-MAND-01", DIED, {"succession_possible": "required"}),
    ("a death of no number", "TERMN-03",
     {**DIED, "death_record.number": "", "succession_impossible": PROOF},
     {"death_record.number": "required"}),
    ("an application without its day", "SUSP-OPT-06", {**ASKED, "claimant_application.on": None},
     {"claimant_application.on": "required"}),
    ("an application for no time", "SUSP-OPT-06",
     {**ASKED, "claimant_application.asked_until": ""},
     {"claimant_application.asked_until": "required"}),
    ("an application for a day gone by", "SUSP-OPT-06",
     {**ASKED, "claimant_application.asked_until": NEXT},
     {"claimant_application.asked_until": "out_of_range"}),
    ("an application to suspend", "SUSP-OPT-06", ASKED, {}),
    ("an application to return asks for no time", "RET-01",
     {"claimant_application.author": "X", "claimant_application.on": BEFORE,
      "claimant_application.asked_until": AFTER},
     {"claimant_application.asked_until": "unknown_field"}),
    ("a trip with no end", "SUSP-OPT-02", AWAY, {}),
    ("a trip that begins tomorrow", "SUSP-OPT-02", {**AWAY, "trip_order.since": AFTER},
     {"trip_order.since": "to_come"}),
    ("a trip that is over", "SUSP-OPT-02", {**AWAY, "trip_order.back_on": NEXT},
     {"trip_order.back_on": "out_of_range"}),
    ("a search without the banks", "RET-02", {**LOOKED, "search_checklist.banks": ""},
     {"search_checklist.banks": "required"}),
    ("a search that was not made", "RET-02", {**LOOKED, "search_checklist.income": "no"},
     {"search_checklist.income": "required"}),
    ("a search of tomorrow", "RET-02", {**LOOKED, "search_checklist.on": AFTER},
     {"search_checklist.on": "to_come"}),
    ("a search", "RET-02", LOOKED, {}),
    ("a refusal that names no thing", "TERMN-08",
     {"refusal_of_seized.author": "X", "refusal_of_seized.on": BEFORE},
     {"refusal_of_seized.thing": "required"}),
    ("a claim of dashes", "SUSP-MAND-04", {"court_claim": " — "}, {"court_claim": "required"}),
    ("a claim of dots", "SUSP-MAND-04", {"court_claim": "..."}, {"court_claim": "required"}),
    ("a claim of signs nobody sees", "SUSP-MAND-04", {"court_claim": "\u200b \u2060"},
     {"court_claim": "required"}),
    ("a claim at a court of dashes", "SUSP-MAND-04", {**CLAIM, "court_claim.court": "--"},
     {"court_claim.court": "required"}),
    ("whole and in parts at once", "SUSP-MAND-04", {**CLAIM, "court_claim": PROOF},
     {"court_claim": "unknown_field"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("ground", "given", "wrong"), [pytest.param(*row, id=name) for name, *row in ROWS]
)
@pytest.mark.rule("SUSP-MAND-04", "TERMN-02", "RET-02")
def test_each_part_is_asked_and_told_by_its_name(
    offices: None, ground: str, given: dict[str, Any], wrong: dict[str, str]
) -> None:
    proceeding, law = initiated(), statute("lecture")
    verb = law.ground(ground).verb
    until = {"until": AFTER} if law.ground(ground).dated == "required" else {}
    if not wrong:
        ready(proceeding, ground)
        entry = do(now(proceeding), verb, ground=ground, evidence=given, **until)
        assert {row.key for row in Evidence.objects.filter(entry=entry)} == {
            path.partition(".")[0] for path in given
        }
        return
    with pytest.raises(Refusal) as caught:
        do(proceeding, verb, ground=ground, evidence=given, **until)
    found = {each.field.removeprefix("evidence."): each.code for each in caught.value.errors}
    assert (found, caught.value.rule in (ground, "")) == (wrong, True)
    told_in_three_languages(caught.value)


@pytest.mark.rule("SUSP-MAND-04")
def test_its_parts_are_kept_printed_and_shown_in_both_languages(offices: None) -> None:
    proceeding = initiated()
    entry = do(proceeding, "suspend", ground="SUSP-MAND-04", evidence=CLAIM)
    kept = Evidence.objects.get(entry=entry)
    assert (kept.text, kept.parts) == ("", {**COURT, "on": str(BEFORE)})
    assert COURT["court"] not in str(entry.body)
    page = Client()
    page.force_login(user("bailiff.ala"))
    words = {
        "kk": ("Сот немесе орган: Медеу аудандық соты; Нөмірі: 2-77; Күні: ", "2026 ж. 10 наурыз"),
        "ru": ("Суд или орган: Медеу аудандық соты; Номер: 2-77; Дата: ", "10 марта 2026"),
    }
    for language, (said, day) in words.items():
        paper = entry.papers.get().renderings.get(language=language)
        text = PaperFile(paper.exact_bytes()).squeezed
        assert squeezed(said) in text
        assert squeezed(day) in text.partition(squeezed(said))[2][:40]
        page.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        assert said in page.get(f"/cases/{proceeding.case_id}").content.decode()


def test_what_was_kept_in_words_before_is_read_and_shown_as_it_was(offices: None) -> None:
    proceeding = initiated()
    entry = do(proceeding, "suspend", ground="SUSP-MAND-04")
    kept = Evidence.objects.get(entry=entry)
    assert (kept.text, kept.parts) == (evidence("SUSP-MAND-04")["court_claim"], {})
    page = Client()
    page.force_login(user("bailiff.ala"))
    told = f"{kept.text} (деректемелері бөлек көрсетілмеген)"
    assert told in page.get(f"/cases/{proceeding.case_id}").content.decode()
    paper = entry.papers.get().renderings.get(language="ru")
    assert squeezed("(реквизиты отдельно не указаны)") in PaperFile(paper.exact_bytes()).squeezed


def test_what_has_no_parts_is_told_whole_and_nothing_is_said_of_it(offices: None) -> None:
    law, plain = statute("lecture"), "Куәліктің көшірмесі"
    assert in_words(law, "succession_possible", plain, "kk", str) == plain


def test_every_act_of_a_court_is_of_one_kind() -> None:
    law = statute("lecture")
    kind, restoring = map(law.evidence_kind, ("deferral_ruling", "restoring_act"), ("", ""))
    assert kind
    assert kind is restoring is law.evidence_kind("suspending_act", "SUSP-MAND-06")
    assert set(fields_of(RestoredShape)) == set(kind.parts) == set(ACT) == set(RULED)


@pytest.mark.parametrize(
    ("told", "errors"),
    [
        ({"in_force_on": str(BEFORE)}, {}),
        ({"in_force_on": ""}, {}),
        ({"in_force_on": str(AFTER)}, {"restored.in_force_on": "after_receipt"}),
        (
            {"in_force_on": str(BEFORE - timedelta(days=1))},
            {"restored.in_force_on": "out_of_range"},
        ),
        ({"on": str(AFTER)}, {"restored.on": "after_receipt"}),
        ({"court": ""}, {"restored.court": "required"}),
        ({"number": "—"}, {"restored.number": "required"}),
    ],
)
@pytest.mark.rule("RESTORE-01")
def test_the_act_that_restores_a_term_is_checked_as_any_act_of_a_court(
    told: dict[str, str], errors: dict[str, str]
) -> None:
    act = {**COURT, "on": str(BEFORE), **told}
    try:
        read(paper(restored=act), codes(), on=NEXT)
        found = {}
    except Unreadable as bad:
        found = {each.field: each.code for each in bad.errors}
    assert found == errors


@pytest.mark.parametrize("days", [-1, 0, 1])
@pytest.mark.rule("SUSP-OPT-06", "SUSP-TERM-01")
def test_it_stands_still_at_most_as_long_as_was_applied_for(offices: None, days: int) -> None:
    proceeding = initiated()
    until = ASKED["claimant_application.asked_until"] + timedelta(days=days)
    given = {"ground": "SUSP-OPT-06", "evidence": ASKED, "until": until}
    if days > 0:
        with refused("wrong_period", status=422) as caught:
            do(proceeding, "suspend", **given)
        assert caught.value.facts[0].needed == f"<= {until - timedelta(days=1)}"
        told_in_three_languages(caught.value)
    else:
        do(proceeding, "suspend", **given)
        assert proceeding.suspensions.get().ends_on == until


@pytest.mark.parametrize("days", [0, 1])
@pytest.mark.rule("SUSP-OPT-02")
def test_one_who_is_back_holds_nothing_up(offices: None, days: int) -> None:
    proceeding, back = initiated(), AFTER + timedelta(days=5)
    given = {**AWAY, "trip_order.back_on": back}
    told = {"ground": "SUSP-OPT-02", "evidence": given, "until": back + timedelta(days=days)}
    if days:
        with refused("wrong_period", status=422):
            do(proceeding, "suspend", **told)
    else:
        assert do(proceeding, "suspend", **told).facts["until"] == str(back)


def test_the_form_asks_the_parts_apart_and_takes_them(offices: None) -> None:
    proceeding = initiated()
    desk = Desk()
    desk.force_login(user("bailiff.ala"))
    address = f"/cases/{proceeding.case_id}/suspend?ground=SUSP-MAND-01"
    shown = desk.get(address)
    text = shown.content.decode()
    asked = re.findall(r'name="(evidence\.[\w.]+)"', text)
    assert asked == [
        *(f"evidence.death_record.{part}" for part in ("body", "number", "on")),
        "evidence.succession_possible",
    ]
    assert "Қайтыс болу туралы акт жазбасы" in text.partition("<legend>")[2][:120]
    form = {"ground": "SUSP-MAND-01", "on": str(NEXT)}
    form |= {f"evidence.{path}": str(value) for path, value in DIED.items()}
    lacking = desk.post(address, {**form, "evidence.succession_possible": ""})
    assert lacking.status_code == 422
    done = desk.post(address, {**form, "evidence.succession_possible": "бар"})
    assert done.status_code == 302
    assert now(proceeding).state == "suspended"


def test_the_form_takes_a_piece_in_own_words_as_well(offices: None) -> None:
    proceeding = initiated()
    desk = Desk()
    desk.force_login(user("bailiff.ala"))
    address = f"/cases/{proceeding.case_id}/suspend?ground=SUSP-MAND-04"
    form = {"ground": "SUSP-MAND-04", "on": str(NEXT)}
    assert desk.post(address, {**form, "evidence.court_claim": "№ 5"}).status_code == 302
    assert Evidence.objects.get(key="court_claim").text == "№ 5"


@pytest.mark.parametrize(
    ("told", "errors"),
    [
        (["evidence.court_claim=x"], []),
        (["evidence.court_claim.court=А", "evidence.court_claim.number=1",
          f"evidence.court_claim.on={BEFORE}"], []),
        (["evidence.court_claim.court=А", f"evidence.court_claim.on={AFTER}"],
         ["evidence.court_claim.number"]),
        ([], ["evidence.court_claim"]),
    ],
)  # fmt: skip
def test_act_takes_the_parts_by_name_or_the_short_form(
    offices: None, capsys: Any, settings: Any, told: list[str], errors: list[str]
) -> None:
    settings.DEMO = True
    proceeding = initiated()
    told = ["act", str(proceeding.case_id), "suspend", "ground=SUSP-MAND-04", *told]
    told += ["--by", "bailiff.ala", "--on", NEXT.isoformat()]
    if errors:
        with pytest.raises(SystemExit):
            call_command(*told)
    else:
        call_command(*told)
    said = capsys.readouterr().out
    assert ('"state": "suspended"' in said) is not bool(errors)
    assert all(f'"field": "{each}"' in said for each in errors)
