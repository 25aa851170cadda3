"""The path of a case for tests: documents admitted, then taken from step to step by the verbs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.utils import translation

from deadlines.actions import differences
from enforcement.core.card import VERBS
from enforcement.core.refusals import refusal
from enforcement.correction import DECIDING
from enforcement.facts.marks import Found, wrong
from enforcement.facts.queries import people_of, read, with_facts
from enforcement.initiation import initiate
from enforcement.models import (
    Case,
    Mark,
    Measure,
    Presentation,
    Proceeding,
    Recovery,
    Submission,
)
from exchange.models import Message
from journal.queries import verify
from law.model import Dated
from law.refusal import Refusal
from law.statute import statute
from tests.office import DAY, NEXT, claimants_of, example, paper, receive, received_on, user

#: The ground each kind of end is reached by, where a test does not name one.
SUSPENDS: Final = "SUSP-OPT-05"
TERMINATES: Final = "TERMN-01"
RETURNS: Final = "RET-01"
#: For how long a proceeding stands still where its ground asks a date.
LASTS: Final = timedelta(days=30)
PROOF: Final = "2026 жылғы 11 наурыздағы № 1 акт"
BANK: Final = "«Үлгі Банкі» АҚ"
RULED: Final = {"court": "Бостандық аудандық соты", "number": "2-15"}
#: What each verb of the course asks, in words a person could have typed.
ASKS: Final[dict[str, dict[str, Any]]] = {
    "deliver_offer": {"channel": "in_person", "outcome": "delivered", "proof": PROOF},
    "attempt_offer": {"channel": "registered_mail", "outcome": "not_found", "proof": PROOF},
    "set_four_months": {"reason": "auction"},
    "request_freeze": {"bank": BANK, "amount": Decimal("1000.00")},
    "grant_sanction": {"number": "С-1"},
    "refuse_sanction": {"reason": "Негізі жоқ"},
    "record_answer": {"answer": "Тыйым салынды"},
    "lift": {"reason": PROOF},
    "secure": {
        "kind": "SEC-05",
        "target": "movable_property",
        "object": "Гараждағы құрал-саймандар",
        "initiator": "bailiff",
        "details": {"seal": "0412"},
    },
    "replace": {
        "kind": "SEC-02",
        "target": "movable_property",
        "object": "Автокөлік 123 ABC 02",
        "initiator": "debtor",
        "reason": PROOF,
    },
    "claim_securing": {"application": PROOF},
    "inventory": {
        "place": "Алматы, Абай даңғ., 1-үй",
        "witness_one": "Айғақов Бірінші, Алматы",
        "witness_two": "Айғақова Екінші, Алматы",
        "storage": "№ 2 қойма, сақтаушы Сақтаушиев Үлгі",
        "items": "Тоңазытқыш; 120 000; 2\nТеледидар; 85000,50; 1\nҮстел; 15000",
    },
    "skip_inventory": {"reason": "Мекенжайда мүлік жоқ"},
    "foreclose": {
        "way": "wages",
        "details": {"employer": "«Үлгі Жылу» МКК", "share": "50 %", "basis": PROOF},
    },
    "send_to_liquidation": {"commission": "Тарату комиссиясы, Алматы", "decision": PROOF},
    "suspend": {"ground": SUSPENDS},
    "resume": {"ground": SUSPENDS, "proof": PROOF},
    "terminate": {"ground": TERMINATES},
    "return_to_claimant": {"ground": RETURNS},
    "postpone": {"reason": "Жол жабық", "initiator": "bailiff", "until": date(2026, 4, 20)},
    "decline": {"reason": "Кедергі жойылды"},
    "record_deferral": {
        "kind": "deferral",
        "initiator": "debtor",
        "ruling": "№ 2-77, аудандық сот",
        "until": date(2026, 5, 4),
    },
    "end_deferral": {"proof": PROOF},
    "record_performance": {"extent": "part", "what": "Қоршаудың жартысы бұзылды"},
    "record_knowledge": {"proof": PROOF},
    "record_submission": {
        "what": "petition_postpone",
        "channel": "in_person",
        "text": "Жол жабық, әрекеттер кейінге қалдырылсын",
    },
    "answer_submission": {"outcome": "granted", "reason": "Өтініш дәлелді"},
    **{verb: {"reason": PROOF} for verb in ("withdraw_submission", "end_engagement")},
    "supervise": {"what": "prosecutor_check", "text": "Тексеру", "answer_by": NEXT},
    "return_file": {"note": "Бұзушылық анықталған жоқ"},
    "add_restored_term": {"court": "Үлгі аудандық соты", "number": "2-118", "ruled_on": NEXT},
    "put_submission_right": {"what": "petition_suspend", "reason": "Теру қатесі"},
    "show_file": {"access": "read", "what": "1–12-парақтар"},
    "take_statement": {"statement": "oral", "text": "Жалақымнан ұсталып жатыр"},
    "assign_bailiff": {"declared": "Іске қатысым да, мүддем де жоқ"},
    "record_objection": {"text": "Жол ашық"},
    "record_cost": {"kind": "SEARCH-COST-01", "amount": Decimal("500.00"), "proof": PROOF},
    "return_surplus": {"proof": PROOF},
    "set_monthly_sum": {"amount": Decimal("60000.00"), "proof": PROOF},
    "record_arrears": {"amount": Decimal("150000.00"), "proof": PROOF},
    "record_indexation": {"amount": Decimal("100000.00"), **RULED},
    "record_new_method": {"method": "Заттың құны өндіріледі", **RULED},
    "correct_intake": {
        "field": "debtors[0].name",
        "value": "Ахметов Берік Болатұлы",
        "reason": "Теру қатесі",
    },
    "put_right": {
        "field": "debtors[0].name_kk",
        "value": "Ахметов Берік Болатұлы",
        "ground": PROOF,
    },
    "record_address": {
        "person": "debtors[0]",
        "kind": "actual",
        "since": NEXT,
        "city": "Алматы",
        "address_kk": "Төле би көшесі, 5-үй",
    },
    "engage": {"role": "witness", "name": "Айғақов Үлгі"},
    "replace_party": {
        "event": "other_change",
        "person": "debtors[0]",
        "kind": "natural",
        "name_kk": "Мұрагеров Үлгі",
        "evidence": {"replacement_ruling": PROOF, "succession_event": PROOF},
    },
    "send_letter": {
        "kind": "information",
        "to": ["BNK-0005"],
        "details": {"asked_for": "Шоттар мен қалдықтар", "secrecy": "bank"},
    },
    "apply_to_court": {
        "kind": "clarification",
        "to": ["ALA-BOS"],
        "details": {"unclear": "Қай мекенжайдағы құрылыс"},
    },
    "draw_protocol": {
        "kind": "no_show",
        "to": ["ALA-BOS"],
        "details": {
            "offender": "Үлгібаев Мысал",
            "offence_facts": "Шақыру бойынша келмеді",
            "offence_proof": PROOF,
        },
    },
    "record_receipt": {"channel": "courier", "proof": PROOF},
    "record_reply": {"outcome": "given", "answer": "Бір шот, қалдығы 10 теңге"},
    "record_breach": {"outcome": "withheld", "proof": PROOF},
    "withdraw_letter": {"reason": "Қажет емес болды"},
    "reimburse_cost": {"amount": Decimal("200.00"), "proof": PROOF},
}
#: What must have been handed in before a proceeding stands still on a ground.
COMPLAINTS: Final = {"SUSP-OPT-04": "complaint_inaction", "SUSP-MAND-05": "complaint_penalty"}
#: How arrested property is sold.
SOLD: Final = {"storage": "№ 2 қойма", "sale": "Аукцион", "witness_one": "Айғақов Үлгі"}
#: Payments that come again, and a claim of money beside them.
ALIMONY: Final[dict[str, Any]] = {
    "claimant": 0,
    "debtors": [0],
    "periodic": {"kind": "alimony", "share": "1/4", "since": "2026-01-25"},
}
WITH_ALIMONY: Final = [{"claimant": 0, "debtors": [0], "amount": "1900659.00"}, ALIMONY]
#: Verbs that are possible on another document than most tests have: what it tells.
TOLD: Final[dict[str, dict[str, Any]]] = {
    "send_to_liquidation": {"debtors": example("18")["debtors"]},
    "record_performance": {"debts": WITH_ALIMONY},
    "set_monthly_sum": {"debts": WITH_ALIMONY},
    "record_arrears": {"debts": WITH_ALIMONY},
}
#: A word of English where no English should be; codes of articles and of rules are no words.
ENGLISH: Final = re.compile(r"[A-Za-z]{3,}")
#: A verb that another one becomes, by what it is told.
CALLED: Final = {"attempt_offer": "deliver_offer", "end_ground": "resume"}


def evidence(ground: str, proceeding: Any = None) -> dict[str, str]:
    """All a ground needs, in words; of what is chosen the first. What claimants sign is signed by
    those of a proceeding, or of the paper that most tests have."""
    law = statute("lecture")
    keys, signed = law.ground(ground).evidence, law.ground(ground).by_claimants
    found = {key: next(iter(law.choices(key)), f"{PROOF}: {key}") for key in keys}
    return found | dict.fromkeys(signed, f"{PROOF}: {claimants_of(proceeding)}")


def ready(proceeding: Proceeding, ground: str) -> date:
    """Let what the ground needs be so; the day on which it is."""
    if ground == "TERMN-07":
        do(proceeding, "record_recovery", amount=proceeding.debtor.debts.get().amount)
    elif ground == "TERMN-08":
        do(proceeding, "inventory")
    elif ground == "RET-02":
        do(proceeding, "skip_inventory")
    elif ground == "SUSP-OPT-01":
        do(proceeding, "apply_to_court")
    elif ground in COMPLAINTS:
        hand_in(proceeding, COMPLAINTS[ground])
    elif ground == "RET-03":
        do(proceeding, "secure")
        on = coerced(proceeding)
        do(now(proceeding), "foreclose", on=on, way="sale", details=SOLD)
        return on
    return NEXT


def admitted(
    number: int | str = 1,
    *,
    received_on: date = DAY,
    on: date | None = None,
    by: str = "bailiff.ala",
    **changes: Any,
) -> list[Proceeding]:
    """The proceedings on a paper received on one day and admitted on another (NEXT unless told)."""
    presentation = receive(paper(number, **changes), on=received_on, by="court.system")
    return begun(presentation, on=on or received_on + (NEXT - DAY), by=by)


def begun(presentation: Presentation, *, on: date, by: str = "bailiff.ala") -> list[Proceeding]:
    """Admit a document that arrived; its proceedings in order."""
    initiate(presentation, on=on, by=user(by))
    return list(presentation.proceedings.order_by("ordinal"))


def initiated(number: int | str = 1, **changes: Any) -> Proceeding:
    """One proceeding that has begun on NEXT."""
    [proceeding] = admitted(number, **changes)
    return proceeding


def for_verb(verb: str, number: int | str = 1, **changes: Any) -> Proceeding:
    """One proceeding that has begun on NEXT, on a document on which the verb is possible."""
    return initiated(number, **{**TOLD.get(verb, {}), **changes})


def of_example(ref: str) -> tuple[Proceeding, dict[str, Any]]:
    """The proceeding on an example, with the day it began on and the bailiff of its office."""
    on = received_on(ref)
    there = {"on": on, "by": f"bailiff.{example(ref)['office'].lower()}"}
    [proceeding] = begun(receive(example(ref), on=on, by="clerk"), **there)
    return proceeding, there


def do(thing: Any, verb: str, *, on: date = NEXT, by: str = "bailiff.ala", **given: Any) -> Any:
    """Take a verb on a proceeding or a measure with what it asks, unless told otherwise."""
    asked = {**ASKS.get(verb, {}), **given}
    function = VERBS[CALLED.get(verb, verb)]
    if (
        "ground" in asked
        and verb not in ("resume", "end_ground", "put_right")
        and "evidence" not in asked
    ):
        asked["evidence"] = evidence(asked["ground"], thing)
        if statute("lecture").ground(asked["ground"]).dated is Dated.REQUIRED:
            asked.setdefault("until", on + LASTS)
    debts = thing.debtor.debts.order_by("position") if thing.MACHINE == "proceeding" else None
    if verb in ("record_deferral", "record_indexation", "record_new_method"):
        asked.setdefault("ruled_on", on)
    if verb in ("record_recovery", "record_indexation"):
        asked.setdefault("debt", debts.first())
        asked["amount"] = Decimal(str(asked.get("amount", "1000.00")))
    elif verb in ("set_monthly_sum", "record_arrears"):
        asked.setdefault("debt", debts.exclude(periodic_kind="").first() or debts.first())
    elif verb in ("record_performance", "record_new_method"):
        asked.setdefault("claim", debts.filter(amount=None).first() or debts.first())
    elif verb == "record_knowledge":
        lines = thing.case.stream.entries.filter(subject=thing.pk).order_by("seq")
        asked.setdefault("line", lines[0])
        asked.setdefault("known_on", asked["line"].on)
    elif verb == "correct" and asked["authority"] in DECIDING:
        asked = {"act_number": "№ 2-7", "act_on": on, **asked}
    elif verb == "record_submission":
        if asked["what"] != "recusal_self":
            asked.setdefault("author", person_of(thing))
    elif verb in ("show_file", "take_statement"):
        asked.setdefault("party", person_of(thing))
    elif verb == "assign_bailiff":
        asked.setdefault("bailiff", user(by))
    elif verb == "record_objection":
        asked.setdefault("author", person_of(thing.presentation, "claimant"))
    elif verb == "grant_sanction" and not given:
        asked["number"] = f"С-{thing.pk}"
    elif verb == "reimburse_cost":
        asked.setdefault("cost", thing.costs.first())
    elif verb == "return_surplus" and "recovery" not in asked:
        above = [key for claim in read(thing).claims for key in claim.above]
        asked["recovery"] = Recovery.objects.filter(pk__in=above).order_by("on", "entry").first()
    return function(thing, on=on, by=user(by), **asked)


def frozen(proceeding: Proceeding, *, on: date = NEXT, amount: str = "1000.00") -> Measure:
    """A freeze asked for, sanctioned and served."""
    measure = do(proceeding, "request_freeze", on=on, amount=Decimal(amount))
    do(measure, "grant_sanction", on=on, by="prosecutor.ala")
    do(measure, "serve_freeze", on=on)
    return now(measure)


def hand_in(proceeding: Proceeding, kind: str, **given: Any) -> Submission:
    """Something that the proceeding's debtor hands in."""
    if kind.startswith("complaint"):
        given.setdefault("told", {"court": "Үлгі аудандық соты"})
    if kind == "complaint_line":
        lines = proceeding.case.stream.entries.order_by("seq")
        given.setdefault("line", lines.get(kind="initiated", subject=proceeding.pk))
    found: Submission = do(proceeding.presentation, "record_submission", what=kind, **given)
    return found


def person_of(arrival: Presentation, role: str = "debtor") -> dict[str, Any]:
    """A party of an arrival as verbs are given him."""
    people = people_of(with_facts(Presentation).get(pk=arrival.pk))
    return dict(next(each for each in people if each["role"] == role))


def coerced(proceeding: Proceeding) -> date:
    """Let the voluntary term go by; the first day on which coercion is possible."""
    do(proceeding, "deliver_offer")
    last = proceeding.case.stream.deadlines.get(rule="TERM-VOLUNTARY-5D").due_on
    return last + timedelta(days=1)


def now(thing: Any) -> Any:
    """The thing as it stands in the database."""
    return type(thing).objects.get(pk=thing.pk)


def terms_of(thing: Any) -> dict[str, tuple[str | None, str]]:
    """The terms on a thing or its whole case by rule: last day and status; complaints apart."""
    scopes = {f"{thing.MACHINE}:{thing.pk}"}
    if thing.MACHINE == "proceeding":
        scopes.add(f"presentation:{thing.presentation_id}")
    rows = thing.case.stream.deadlines.filter(scope__in=scopes).order_by("started_by", "rule")
    return {row.rule: (row.due_on and str(row.due_on), row.status) for row in rows}


def kinds(case: Case) -> list[str]:
    """What happened in a case, in order."""
    return list(case.stream.entries.order_by("seq").values_list("kind", flat=True))


def papers(case: Case) -> list[str]:
    """The papers of a case, in order."""
    lines = case.stream.entries.order_by("seq", "papers__number")
    found = lines.values_list("papers__kind", flat=True)
    return [kind for kind in found if kind]


def outgoing(case: Case) -> list[str]:
    """What went into the outbox for a case."""
    sent = Message.objects.filter(entry__stream=case.stream).order_by("entry__seq", "written_at")
    return list(sent.values_list("kind", flat=True))


def sound(cases: Iterable[Case] | None = None) -> None:
    """The journal is whole, the stored terms are what it says, the marks what is so."""
    found = list(Case.objects.select_related("stream") if cases is None else cases)
    assert [d for case in found for d in differences(case.stream)] == []
    marks = Mark.objects.all()
    marks = marks if cases is None else marks.filter(proceeding__case__in=[c.pk for c in found])
    assert [(str(was), str(Found.stored(mark))) for mark, was in wrong(marks)] == []
    assert verify()["faults"] == []


def said(found: Refusal, language: str) -> dict[str, Any]:
    """The refusal in words, as the API and the pages show it."""
    with translation.override(language):
        return refusal(found)


def told_in_three_languages(found: Refusal) -> None:
    """The refusal has its own words in Kazakh, Russian and English, facts and fields too."""
    words = {language: said(found, language) for language in ("kk", "ru", "en")}
    assert len({each["title"] for each in words.values()}) == 3, words
    for language in ("kk", "ru"):
        each = words[language]
        facts = [text for fact in each["facts"] for text in (fact["name"], fact["value"])]
        text = " ".join([each["title"], *(e["message"] for e in each["errors"]), *facts])
        assert not ENGLISH.search(text), text


def later(days: int, *, since: date = NEXT) -> date:
    """A day after the initiation."""
    return since + timedelta(days=days)
