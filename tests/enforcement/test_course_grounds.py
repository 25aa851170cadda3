"""Every ground of the law: refused without each piece of its evidence, lawful with all of it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils import translation

from enforcement.models import Evidence
from enforcement.serializers.words import refusal
from law.model import Ground
from law.refusal import Refusal
from law.statute import statute
from tests.course import ASKS, do, evidence, initiated, kinds, now, papers
from tests.office import refused

VERBS = ("suspend", "terminate", "return_to_claimant")
GROUNDS = {ground.rule.id: ground for verb in VERBS for ground in statute().grounds(verb)}
#: A word of English where no English should be; codes of articles and of rules are no words.
ENGLISH = re.compile(r"[A-Za-z]{3,}")
LANGUAGES = ("kk", "ru", "en")


def told(found: Refusal, language: str) -> dict[str, Any]:
    """The refusal in words, as the API and the pages show it."""
    with translation.override(language):
        return refusal(found)


def test_there_are_sixteen_eight_and_four_grounds() -> None:
    assert [len(statute().grounds(verb)) for verb in VERBS] == [16, 8, 4]
    [tried] = [
        mark.args[1]
        for mark in test_a_ground_without_its_evidence_is_refused_in_three_languages.pytestmark
    ]
    assert {row.values[0] for row in tried} == set(GROUNDS)
    mandatory = [g for g in GROUNDS.values() if g.kind == "mandatory"]
    assert (len(mandatory), sum(g.kind == "optional" for g in GROUNDS.values())) == (9, 7)


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
        assert statute().list("evidence")[ground.evidence[-1]].in_(language) in named
        assert found.code not in said["title"]
        assert language == "en" or not ENGLISH.search(named), named
    assert len({words[language]["title"] for language in LANGUAGES}) == 3


@pytest.mark.parametrize("ground", GROUNDS.values(), ids=list(GROUNDS))
def test_a_ground_with_its_evidence_is_lawful_and_its_evidence_is_kept(
    offices: None, ground: Ground
) -> None:
    proceeding = initiated()
    given = evidence(ground.rule.id)
    if ground.rule.id == "TERMN-07":
        do(proceeding, "record_recovery", amount=proceeding.debtor.debts.get().amount)
    entry = do(proceeding, ground.verb, ground=ground.rule.id)
    assert (entry.facts["ground"], entry.facts["evidence"]) == (ground.rule.id, sorted(given))
    kept = dict(Evidence.objects.filter(entry=entry).values_list("key", "text"))
    assert kept == given
    assert papers(proceeding.case)[-1] == ground.verb
    assert entry.papers.get().facts["ground"] == ground.rule.id
    assert not any(text in str(entry.facts) for text in given.values())


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
