"""Every ground of the law: refused without each piece of its evidence, lawful with all of it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from enforcement.core.refusals import refusal
from enforcement.models import Evidence, Proceeding
from law.model import Ground
from law.refusal import Refusal
from law.statute import statute
from tests.course import (
    ASKS,
    PROOF,
    WITH_ALIMONY,
    do,
    evidence,
    initiated,
    kinds,
    now,
    papers,
    ready,
    told_in_three_languages,
)
from tests.documents.reading import PaperFile, squeezed
from tests.office import example, refused, user

VERBS = ("suspend", "terminate", "return_to_claimant")
GROUNDS = {ground.rule.id: ground for verb in VERBS for ground in statute("lecture").grounds(verb)}
#: A word of English where no English should be; codes of articles and of rules are no words.
ENGLISH = re.compile(r"[A-Za-z]{3,}")
LANGUAGES = ("kk", "ru", "en")


def told(found: Refusal, language: str) -> dict[str, Any]:
    """The refusal in words, as the API and the pages show it."""
    with translation.override(language):
        return refusal(found)


def test_there_are_sixteen_eight_and_four_grounds() -> None:
    assert [len(statute("lecture").grounds(verb)) for verb in VERBS] == [16, 8, 4]
    [tried] = [
        mark.args[1]
        for mark in test_a_ground_without_its_evidence_is_refused_in_three_languages.pytestmark
    ]
    assert {row.values[0] for row in tried} == set(GROUNDS)
    mandatory = [g for g in GROUNDS.values() if g.kind == "mandatory"]
    assert (len(mandatory), sum(g.kind == "optional" for g in GROUNDS.values())) == (9, 7)


def begun_between(claimant: str, debtor: str) -> Proceeding:
    """A proceeding between such persons, natural or legal."""
    firm, person = example("18")["debtors"][0], example("01")["debtors"][0]
    other = {"legal": example("01")["claimants"][0], "natural": example("02")["claimants"][0]}
    debtors = [firm if debtor == "legal" else person]
    return initiated(claimants=[other[claimant]], debtors=debtors)


def without(ground: Ground) -> list[dict[str, str]]:
    """Every way to leave a piece of evidence out: none at all, each alone, each blank."""
    whole = evidence(ground.rule.id)
    ways: list[dict[str, str]] = [{}]
    for key in whole:
        ways += [{k: v for k, v in whole.items() if k != key}, {**whole, key: "  "}]
    return ways


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param("SUCC-02", marks=pytest.mark.rule("SUCC-02")),
        pytest.param("SUSP-MAND-01", marks=pytest.mark.rule("SUSP-MAND-01")),
        pytest.param("SUSP-MAND-02", marks=pytest.mark.rule("SUSP-MAND-02")),
        pytest.param("SUSP-MAND-03", marks=pytest.mark.rule("SUSP-MAND-03")),
        pytest.param("SUSP-MAND-04", marks=pytest.mark.rule("SUSP-MAND-04")),
        pytest.param("SUSP-MAND-05", marks=pytest.mark.rule("SUSP-MAND-05")),
        pytest.param("SUSP-MAND-06", marks=pytest.mark.rule("SUSP-MAND-06")),
        pytest.param("SUSP-MAND-07", marks=pytest.mark.rule("SUSP-MAND-07")),
        pytest.param("SUSP-MAND-08", marks=pytest.mark.rule("SUSP-MAND-08")),
        pytest.param("SUSP-OPT-01", marks=pytest.mark.rule("SUSP-OPT-01")),
        pytest.param("SUSP-OPT-02", marks=pytest.mark.rule("SUSP-OPT-02")),
        pytest.param("SUSP-OPT-03", marks=pytest.mark.rule("SUSP-OPT-03")),
        pytest.param("SUSP-OPT-04", marks=pytest.mark.rule("SUSP-OPT-04")),
        pytest.param("SUSP-OPT-05", marks=pytest.mark.rule("SUSP-OPT-05")),
        pytest.param("SUSP-OPT-06", marks=pytest.mark.rule("SUSP-OPT-06")),
        pytest.param("SUSP-OPT-07", marks=pytest.mark.rule("SUSP-OPT-07")),
        pytest.param("TERMN-01", marks=pytest.mark.rule("TERMN-01")),
        pytest.param("TERMN-02", marks=pytest.mark.rule("TERMN-02")),
        pytest.param("TERMN-03", marks=pytest.mark.rule("TERMN-03")),
        pytest.param("TERMN-04", marks=pytest.mark.rule("TERMN-04")),
        pytest.param("TERMN-05", marks=pytest.mark.rule("TERMN-05")),
        pytest.param("TERMN-06", marks=pytest.mark.rule("TERMN-06")),
        pytest.param("TERMN-07", marks=pytest.mark.rule("TERMN-07")),
        pytest.param("TERMN-08", marks=pytest.mark.rule("TERMN-08")),
        pytest.param("RET-01", marks=pytest.mark.rule("RET-01")),
        pytest.param("RET-02", marks=pytest.mark.rule("RET-02")),
        pytest.param("RET-03", marks=pytest.mark.rule("RET-03")),
        pytest.param("RET-04", marks=pytest.mark.rule("RET-04")),
    ],
)
def test_a_ground_without_its_evidence_is_refused_in_three_languages(
    offices: None, rule: str
) -> None:
    proceeding, ground = initiated(), GROUNDS[rule]
    for given in without(ground):
        with refused("evidence_missing", status=422) as caught:
            do(proceeding, ground.verb, ground=ground.rule.id, evidence=given)
        found = caught.value
        lacking = [f"evidence.{k}" for k in ground.evidence if not given.get(k, "").strip()]
        assert [error.field for error in found.errors] == lacking
        assert found.rule == ground.rule.id
    words = {language: told(found, language) for language in LANGUAGES}
    for language in LANGUAGES:
        said = words[language]
        assert (said["rule"], said["article"]) == (ground.rule.id, ground.rule.article)
        named = " ".join([said["title"], said["detail"], *(e["message"] for e in said["errors"])])
        assert statute("lecture").list("evidence")[ground.evidence[-1]].in_(language) in named
        assert found.code not in said["title"]
        assert language == "en" or not ENGLISH.search(named), named
    assert len({words[language]["title"] for language in LANGUAGES}) == 3


@pytest.mark.parametrize(
    "ground", [pytest.param(g, id=rule) for rule, g in GROUNDS.items() if rule != "TERMN-04"]
)
def test_a_ground_with_its_evidence_is_lawful_and_its_evidence_is_kept(
    offices: None, ground: Ground
) -> None:
    proceeding = begun_between("legal", "legal" if ground.rule.id == "SUSP-MAND-02" else "natural")
    given = evidence(ground.rule.id)
    on = ready(proceeding, ground.rule.id)
    entry = do(now(proceeding), ground.verb, ground=ground.rule.id, on=on)
    assert (entry.facts["ground"], entry.facts["evidence"]) == (ground.rule.id, sorted(given))
    kept = dict(Evidence.objects.filter(entry=entry).values_list("key", "text"))
    assert kept == given
    assert ground.verb in papers(proceeding.case)
    assert entry.papers.get().facts["ground"] == ground.rule.id
    assert not any(text in str(entry.facts) for text in given.values())


#: Whom a ground can befall, among those that befall some person only.
BEFALLEN = {
    ("legal", "natural"): {
        *("SUSP-MAND-01", "SUSP-MAND-03", "SUSP-OPT-02", "SUSP-OPT-03", "SUSP-OPT-07"),
        *("TERMN-03", "TERMN-06"),
    },
    ("natural", "natural"): {
        *("SUSP-MAND-01", "SUSP-MAND-03", "SUSP-OPT-02", "SUSP-OPT-03", "SUSP-OPT-07"),
        "TERMN-03",
    },
    ("natural", "legal"): {
        *("SUSP-MAND-02", "SUSP-MAND-03", "SUSP-OPT-07", "TERMN-03", "TERMN-06"),
    },
    ("legal", "legal"): {"SUSP-MAND-02", "TERMN-06"},
}


@pytest.mark.rule("SUSP-MAND-01", "SUSP-MAND-02", "TERMN-06")
@pytest.mark.parametrize("ground", [g.rule.id for g in GROUNDS.values() if g.befalls])
@pytest.mark.parametrize(("claimant", "debtor"), BEFALLEN)
def test_a_ground_befalls_only_whom_the_law_says(
    offices: None, ground: str, claimant: str, debtor: str
) -> None:
    proceeding = begun_between(claimant, debtor)
    verb = GROUNDS[ground].verb
    if ground in BEFALLEN[claimant, debtor]:
        assert do(proceeding, verb, ground=ground).facts["ground"] == ground
        return
    with refused("other_person", status=422) as caught:
        do(proceeding, verb, ground=ground)
    told_in_three_languages(caught.value)
    assert caught.value.rule == ground


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("ground", ["", "SUSP-MAND-99", "DOC-TYPE-01", "other"])
def test_no_other_ground_is_known(offices: None, verb: str, ground: str) -> None:
    proceeding = initiated()
    if ground == "other":
        ground = next(g for g in GROUNDS if GROUNDS[g].verb != verb)
    with refused("ground_unknown", status=422) as caught:
        do(proceeding, verb, ground=ground, evidence={})
    needed = ", ".join(sorted(g for g in GROUNDS if GROUNDS[g].verb == verb))
    assert caught.value.facts[0].needed == needed
    assert (now(proceeding).state, kinds(proceeding.case)[-1]) == ("initiated", "initiated")


@pytest.mark.parametrize("proof", ["", "  "])
def test_the_end_of_a_ground_needs_its_proof_in_three_languages(offices: None, proof: str) -> None:
    proceeding = initiated()
    do(proceeding, "suspend")
    with refused("evidence_missing", status=422) as caught:
        do(proceeding, "resume", **{**ASKS["resume"], "proof": proof})
    titles = {told(caught.value, language)["title"] for language in LANGUAGES}
    assert len(titles) == 3


@pytest.mark.rule("TERMN-07")
def test_full_performance_is_no_ground_while_something_is_left(offices: None) -> None:
    proceeding = initiated()
    whole = proceeding.debtor.debts.get().amount
    for paid in ("0", "1000.00", str(whole - 1001)):
        if paid != "0":
            do(proceeding, "record_recovery", amount=paid)
        with refused("balance_left", status=422) as caught:
            do(proceeding, "terminate", ground="TERMN-07")
    assert caught.value.facts[0].value == "1.00"
    do(proceeding, "record_recovery", amount="1.00")
    do(proceeding, "terminate", ground="TERMN-07")
    assert now(proceeding).state == "terminated"


@pytest.mark.rule("RET-00")
def test_nothing_goes_back_to_the_claimant_when_all_was_recovered(offices: None) -> None:
    proceeding = initiated()
    do(proceeding, "record_recovery", amount=proceeding.debtor.debts.get().amount)
    with refused("nothing_left", status=422):
        do(proceeding, "return_to_claimant")


#: Owed beside the sum: payments that come again, and an act.
OVER = {"kind": "alimony", "share": "1/4", "since": "2026-01-01", "until": "2026-02-01"}
BESIDE: dict[str, list[dict[str, Any]]] = {
    "alimony": [WITH_ALIMONY[0], {"claimant": 0, "debtors": [0], "periodic": OVER}],
    "an act": [WITH_ALIMONY[0], {"claimant": 0, "debtors": [0], "act": "demolition"}],
}
#: How what is beside the sum is done.
DONE: dict[str, list[tuple[str, dict[str, Any]]]] = {
    "alimony": [
        ("set_monthly_sum", {"amount": Decimal("50000.00")}),
        ("record_recovery", {"amount": "50000.00"}),
    ],
    "an act": [("record_performance", {"extent": "full"})],
}


@pytest.mark.rule("TERMN-07")
@pytest.mark.parametrize("beside", BESIDE)
def test_full_performance_is_no_ground_while_something_else_is_owed_beside_the_sum(
    offices: None, beside: str
) -> None:
    proceeding = initiated(debts=BESIDE[beside])
    do(proceeding, "record_recovery", amount="1900659.00")
    with refused("balance_left", status=422):
        do(proceeding, "terminate", ground="TERMN-07")
    second = proceeding.debtor.debts.get(position=1)
    for verb, given in DONE[beside]:
        paid = {"debt": second} if verb == "record_recovery" else {}
        do(proceeding, verb, **paid, **given)
    do(proceeding, "terminate", ground="TERMN-07")
    assert now(proceeding).state == "terminated"


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("key", ["waver", "death_record", "", "evidence.waiver", "я" * 60])
def test_evidence_the_ground_does_not_ask_is_refused_by_its_name(
    offices: None, verb: str, key: str
) -> None:
    proceeding, ground = initiated(), ASKS[verb]["ground"]
    with refused("invalid", status=422) as caught:
        do(proceeding, verb, evidence={**evidence(ground), key: PROOF})
    [error] = caught.value.errors
    assert (error.field, error.code) == (f"evidence.{key[:48]}", "unknown_field")
    assert caught.value.rule == ground


# --- What is named out of what the law lists ------------------------------------------------------

CHOSEN = [
    (rule, key, code)
    for rule, ground in GROUNDS.items()
    for key in ground.evidence
    for code in statute("lecture").choices(key)
]


def test_a_visit_finds_one_of_three_facts_and_a_company_one_of_three_ends() -> None:
    assert [(rule, key) for rule, key, _code in CHOSEN] == [
        *[("SUSP-MAND-02", "insolvency_event")] * 3,
        *[("RET-04", "address_fact")] * 3,
    ]


@pytest.mark.rule("RET-04", "SUSP-MAND-02")
@pytest.mark.parametrize(("rule", "key", "code"), CHOSEN)
def test_a_named_fact_is_kept_by_its_code_and_printed_and_shown_in_words(
    offices: None, rule: str, key: str, code: str
) -> None:
    proceeding = begun_between("natural", "legal")
    entry = do(proceeding, GROUNDS[rule].verb, ground=rule, evidence={**evidence(rule), key: code})
    assert Evidence.objects.get(entry=entry, key=key).text == code
    page = Client()
    page.force_login(user("bailiff.ala"))
    for language in ("kk", "ru"):
        words = statute("lecture").choices(key)[code].in_(language)
        paper = entry.papers.get().renderings.get(language=language)
        assert squeezed(words) in PaperFile(paper.exact_bytes()).squeezed
        page.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        assert words in page.get(f"/cases/{proceeding.case_id}").content.decode()


@pytest.mark.rule("RET-04", "SUSP-MAND-02")
@pytest.mark.parametrize(("rule", "key", "code"), CHOSEN[::3])
@pytest.mark.parametrize("told", ["does not live there", "DOES_NOT_LIVE", "no_property,", "other"])
def test_no_other_fact_can_be_named(
    offices: None, rule: str, key: str, code: str, told: str
) -> None:
    proceeding, given = initiated(), {**evidence(rule), key: told}
    with refused("invalid", status=422) as caught:
        do(proceeding, GROUNDS[rule].verb, ground=rule, evidence=given)
    [error] = caught.value.errors
    assert (error.field, error.code, caught.value.rule) == (f"evidence.{key}", "unknown", rule)
    told_in_three_languages(caught.value)


@pytest.mark.parametrize(("rule", "key", "code"), CHOSEN[::3])
def test_the_form_lets_the_fact_be_chosen_and_chooses_none_itself(
    offices: None, rule: str, key: str, code: str
) -> None:
    proceeding = initiated()
    desk = Client()
    desk.force_login(user("bailiff.ala"))
    address = f"/cases/{proceeding.case_id}/{GROUNDS[rule].verb}"
    shown = desk.get(address, {"ground": rule}).content.decode()
    select = shown.partition(f'<select name="evidence.{key}"')[2].partition("</select>")[0]
    codes = re.findall(r'<option value="(\w*)"', select)
    assert codes == ["", *statute("lecture").choices(key)]
    assert "selected" not in select.replace('<option value="" selected', "")
