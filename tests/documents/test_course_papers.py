"""What the papers of a course say of what came before: applications, sums, measures, reasons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import pytest

from accounts.models import Office
from documents.models import Paper
from enforcement.models import Case
from tests.course import PROOF, WITH_ALIMONY, begun, do, for_verb, frozen, initiated, now
from tests.documents.reading import PaperFile, squeezed
from tests.documents.sample import LANGUAGES
from tests.office import DAY, paper, receive

Said = dict[str, str]
NONE: Final = {"kk": "Өндіріп алу жүргізілмеген. Құжатты", "ru": "Взыскание не произведено."}
PART: Final = {
    "kk": "Өндіріп алу толық көлемде жүргізілмеген. Құжатты",
    "ru": "Взыскание произведено не полностью.",
}
KEPT: Final = {
    "kk": "Бұрын қолданылған қамтамасыз ету шаралары күшінде қалады.",
    "ru": "Ранее принятые меры обеспечения остаются в силе.",
}
APPLICATION: Final = "2026 жылғы 12 наурыздағы № 11 арыз"
APPLIED: Final = {
    "kk": f"Өндіріп алушының арызы: {APPLICATION}",
    "ru": f"Заявление взыскателя: {APPLICATION}",
}


def says(case: Case, kind: str, words: Said) -> bool:
    """Whether the newest paper of the kind says it, the same in both languages."""
    paper = Paper.objects.filter(entry__stream=case.stream, kind=kind).latest("number")
    files = {each.language: PaperFile(each.exact_bytes()) for each in paper.renderings.all()}
    found = {squeezed(words[each]) in files[each].squeezed for each in LANGUAGES}
    assert len(found) == 1, "one language says it, the other does not"
    return found.pop()


def to_another_office(proceeding: Any) -> None:
    there = Office.objects.get(code="TRZ")
    do(proceeding, "transfer", office=there, address="Тараз", act_text=PROOF)


def to_a_commission(proceeding: Any) -> None:
    do(proceeding, "send_to_liquidation")


def annulled(proceeding: Any) -> None:
    wrong = do(proceeding, "record_recovery")
    do(now(proceeding), "correct", line=wrong.seq, authority="own", reason=PROOF)


BEFORE: Final[dict[str, tuple[Callable[[Any], Any], Said]]] = {
    "nothing": (lambda p: None, NONE),
    "a part": (lambda p: do(p, "record_recovery"), PART),
    "a part taken back": (annulled, NONE),
    "a part of what is no sum": (lambda p: do(p, "record_performance"), PART),
}


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.rule("RET-00")
def test_a_return_says_whether_nothing_was_recovered_or_not_all(offices: None, before: str) -> None:
    proceeding = initiated(debts=WITH_ALIMONY)
    happened, said = BEFORE[before]
    happened(proceeding)
    do(now(proceeding), "return_to_claimant")
    for words in (NONE, PART):
        assert says(proceeding.case, "return_to_claimant", words) is (words is said)


@pytest.mark.parametrize("kind", ["transfer", "send_to_liquidation"])
@pytest.mark.rule("SEC-KEEP-01")
def test_a_document_sent_elsewhere_says_that_measures_in_force_stay(
    offices: None, kind: str
) -> None:
    send = {"transfer": to_another_office, "send_to_liquidation": to_a_commission}[kind]
    for number, secured in enumerate([False, True]):
        proceeding = for_verb(kind, number)
        do(proceeding, "request_freeze")
        if secured:
            frozen(now(proceeding))
        send(now(proceeding))
        assert says(proceeding.case, kind, KEPT) is secured
        served = proceeding.measures.filter(state="served")
        assert served.exists() is secured, "what the paper says is so"


@pytest.mark.parametrize(
    ("verb", "given"), [("secure", {"initiator": "claimant"}), ("inventory", {})]
)
@pytest.mark.rule("SEC-DUTY-01")
def test_a_measure_on_application_names_the_application(
    offices: None, verb: str, given: dict[str, str]
) -> None:
    proceeding = initiated()
    do(proceeding, verb)
    assert not says(proceeding.case, verb, APPLIED)
    do(now(proceeding), "claim_securing", application="2026 жылғы 1 наурыздағы № 1 арыз")
    wrong = do(now(proceeding), "claim_securing", application=APPLICATION)
    do(now(proceeding), verb, **given)
    assert says(proceeding.case, verb, APPLIED)
    do(now(proceeding), "correct", line=wrong.seq, authority="own", reason=PROOF)
    do(now(proceeding), verb, **given)
    assert not says(proceeding.case, verb, APPLIED), "an annulled application is none"


def test_a_measure_lifted_by_hand_says_why(offices: None) -> None:
    measure = frozen(initiated())
    do(measure, "lift", reason="2026 жылғы 20 наурыздағы № 4 қолхат")
    said = {"kk": "Шараның күшін жою негізі", "ru": "Основание отмены меры"}
    said = {key: f"{label}: 2026 жылғы 20 наурыздағы № 4 қолхат" for key, label in said.items()}
    assert says(measure.case, "lift", said)


#: What the papers say that begin a proceeding on a paper of which something was paid before.
LEFT: Final[dict[str, Said]] = {
    "initiate": {
        "kk": "Өндіріп алынуға жататын қалдық: 600 000,00",
        "ru": "Остаток, подлежащий взысканию: 600 000,00",
    },
    "offer": {
        "kk": "Төленуге тиіс қалдық: 600 000,00",
        "ru": "Остаток к уплате: 600 000,00",
    },
}


def test_a_paper_presented_again_demands_what_is_left(offices: None) -> None:
    owed = [{"claimant": 0, "debtors": [0], "amount": "1000000.00"}]
    proceeding = initiated(debts=owed)
    for kind, words in LEFT.items():
        assert not says(proceeding.case, kind, words)
    do(proceeding, "record_recovery", amount="400000.00")
    do(now(proceeding), "return_to_claimant")
    may = DAY.replace(month=5)
    begun(receive(paper(debts=owed, ref="again"), on=may), on=may)
    for kind, words in LEFT.items():
        facts = Paper.objects.filter(kind=kind).latest("number").facts
        sums = (facts["amount"], facts["paid_before"], facts["balance"])
        assert sums == ("1000000.00", "400000.00", "600000.00")
        assert says(proceeding.case, kind, words)
