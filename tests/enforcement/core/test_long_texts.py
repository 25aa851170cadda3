"""A text of the law is kept whole or refused by name: nothing is ever cut (fields `too_long`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import pytest
from django.db.models import Model

from accounts.models import Office
from documents.models import Paper
from enforcement.core.card import VERBS
from enforcement.core.fields import LONGEST
from enforcement.core.subject import things_of
from enforcement.facts.engaged import engaged_of
from enforcement.models import (
    Dispatch,
    Evidence,
    Measure,
    Postponement,
    Proceeding,
    Recovery,
    Submission,
)
from enforcement.post.sending import dispatch
from law.statute import statute
from tests.course import (
    RETURNS,
    SUSPENDS,
    TERMINATES,
    WITH_ALIMONY,
    coerced,
    do,
    frozen,
    hand_in,
    initiated,
    now,
)
from tests.course import evidence as proven
from tests.office import NEXT, arrive, example, refused, user

SENIOR, PROSECUTOR = "senior.ala", "prosecutor.ala"
#: The state a verb is taken in, by the verbs that lead there.
WAYS: Final[dict[str, Callable[[], Any]]] = {
    "arrived": arrive,
    "left": lambda: _left(initiated()),
    "initiated": initiated,
    "against a firm": lambda: initiated(debtors=example("18")["debtors"]),
    "with an act": lambda: initiated(debts=[{"claimant": 0, "debtors": [0], "act": "demolition"}]),
    "with alimony": lambda: initiated(debts=WITH_ALIMONY),
    "paid too much": lambda: _after(initiated(), "record_recovery", amount="9999999.00"),
    "suspended": lambda: _after(initiated(), "suspend"),
    "deferred": lambda: _after(initiated(), "record_deferral"),
    "with a cost": lambda: _after(initiated(), "record_cost"),
    "offered": lambda: _after(initiated(), "deliver_offer"),
    "freeze requested": lambda: do(initiated(), "request_freeze"),
    "frozen": lambda: frozen(initiated()),
    "secured": lambda: now(do(initiated(), "secure")),
    "postponement asked": lambda: do(initiated(), "postpone"),
    "petition lodged": lambda: hand_in(initiated(), "petition_other"),
    "file out": lambda: do(initiated().presentation, "supervise"),
    "complaint lodged": lambda: hand_in(initiated(), "complaint_line"),
    "bailiff challenged": lambda: hand_in(initiated(), "recusal", concerned=user("bailiff.ala")),
    "refused late": lambda: _after(arrive("late"), "refuse_late"),
    "file shown": lambda: _after(arrive(), "show_file"),
    "letter awaited": lambda: do(initiated(), "send_letter")[0],
    "somebody takes part": lambda: _after(arrive(), "engage"),
    "coercive": initiated,
}
#: State -> verb, field, the longest text it keeps.
TEXTS: Final[dict[str, list[tuple[str, str, int]]]] = {
    "arrived": [
        ("initiate", "reason", LONGEST),
        ("correct_intake", "reason", LONGEST),
        ("record_address", "city", 300),
        ("record_address", "address_kk", 300),
        ("record_address", "address_ru", 300),
        ("record_address", "phone", 60),
        ("record_address", "email", 254),
        ("record_address", "workplace", 300),
        ("record_address", "workplace_city", 300),
        ("record_address", "notice", 1000),
        ("engage", "name", 300),
        ("engage", "address", 300),
        ("engage", "contact", 300),
        ("record_submission", "text", LONGEST),
        ("record_submission", "told.court", LONGEST),
        ("supervise", "text", LONGEST),
        ("supervise", "told.number", LONGEST),
        ("assign_bailiff", "declared", LONGEST),
        ("show_file", "what", LONGEST),
        ("take_statement", "text", LONGEST),
    ],
    "left": [("put_right", "value", 300), ("put_right", "ground", LONGEST)],
    "initiated": [
        ("deliver_offer", "proof", LONGEST),
        ("request_freeze", "bank", 300),
        ("request_freeze", "above_because", LONGEST),
        ("secure", "object", LONGEST),
        ("secure", "addressee", 300),
        ("secure", "details.seal", LONGEST),
        ("claim_securing", "application", LONGEST),
        ("inventory", "place", LONGEST),
        ("inventory", "witness_one", LONGEST),
        ("inventory", "witness_two", LONGEST),
        ("inventory", "storage", LONGEST),
        ("suspend", "evidence", LONGEST),
        ("terminate", "evidence", LONGEST),
        ("return_to_claimant", "evidence", LONGEST),
        ("transfer", "address", LONGEST),
        ("transfer", "act_text", LONGEST),
        ("postpone", "reason", LONGEST),
        ("record_deferral", "ruling", LONGEST),
        ("record_deferral", "court", 300),
        ("record_deferral", "number", 300),
        *(("record_indexation", name, 300) for name in ("court", "number")),
        *(("record_new_method", name, 300) for name in ("court", "number")),
        ("record_new_method", "method", LONGEST),
        ("record_cost", "proof", LONGEST),
        ("record_recovery", "payer", 300),
        ("record_recovery", "document", 100),
        ("skip_inventory", "reason", LONGEST),
        ("record_knowledge", "proof", LONGEST),
        *(("replace_party", name, 300) for name in ("name_kk", "name_ru", "number", "city")),
        *(("replace_party", name, 300) for name in ("address_kk", "address_ru", "iban")),
    ],
    "against a firm": [
        ("send_to_liquidation", "commission", LONGEST),
        ("send_to_liquidation", "decision", LONGEST),
    ],
    "with an act": [("record_performance", "what", LONGEST)],
    "with alimony": [
        ("set_monthly_sum", "proof", LONGEST),
        ("record_arrears", "proof", LONGEST),
    ],
    "paid too much": [("return_surplus", "proof", LONGEST)],
    "suspended": [("resume", "proof", LONGEST)],
    "deferred": [("end_deferral", "proof", LONGEST)],
    "with a cost": [("reimburse_cost", "proof", LONGEST)],
    "offered": [
        ("correct", "reason", LONGEST),
        ("correct", "act_number", LONGEST),
        ("correct", "act_court", 300),
    ],
    "freeze requested": [("grant_sanction", "number", 64), ("refuse_sanction", "reason", LONGEST)],
    "frozen": [("record_answer", "answer", LONGEST)],
    "secured": [
        ("lift", "reason", LONGEST),
        ("replace", "reason", LONGEST),
        ("replace", "object", LONGEST),
        ("replace", "addressee", 300),
        ("replace", "details.limit", LONGEST),
    ],
    "postponement asked": [("decline", "reason", LONGEST)],
    "petition lodged": [
        ("answer_submission", "reason", LONGEST),
        ("withdraw_submission", "reason", LONGEST),
        ("record_objection", "text", LONGEST),
        ("put_submission_right", "text", LONGEST),
        ("put_submission_right", "reason", LONGEST),
    ],
    "file out": [("return_file", "note", LONGEST)],
    "complaint lodged": [("answer_submission", "act_number", LONGEST)],
    "refused late": [
        ("add_restored_term", "court", 300),
        ("add_restored_term", "number", LONGEST),
    ],
    "file shown": [
        ("correct_record", "reason", LONGEST),
        ("correct_record", "act_number", LONGEST),
        ("correct_record", "act_court", 300),
    ],
    "bailiff challenged": [("answer_submission", "declared", LONGEST)],
    "letter awaited": [
        ("record_receipt", "proof", LONGEST),
        ("record_reply", "answer", LONGEST),
        ("record_reply", "number", 64),
        ("record_breach", "proof", LONGEST),
        ("withdraw_letter", "reason", LONGEST),
    ],
    "somebody takes part": [("end_engagement", "reason", LONGEST)],
    "coercive": [("foreclose", "details.employer", LONGEST)],
}
BY: Final = {
    **dict.fromkeys(("grant_sanction", "refuse_sanction"), PROSECUTOR),
    **dict.fromkeys(("decline", "correct", "correct_record", "answer_submission"), SENIOR),
}
GROUNDS: Final = {
    "suspend": SUSPENDS,
    "terminate": TERMINATES,
    "return_to_claimant": RETURNS,
}
#: Arguments that are codes, numbers or lists, refused by their own rules.
NO_TEXT: Final = {
    *("kind", "target", "initiator", "channel", "outcome", "ground", "way", "extent"),
    *("authority", "account", "items", "source"),
    *("set_four_months.reason", "supervise.what"),
    *("record_submission.what", "put_submission_right.what"),
    *("show_file.access", "take_statement.statement", "send_letter.pace"),
    *("replace_party.event", "engage.role", "engage.whom", "engage.party", "engage.iin"),
    # Whose it is, and a value read as the document's own field reads it.
    *("field", "person", "correct_intake.value"),
    # The name of a file is shortened, its ending kept.
    "attach.name",
}
#: Where a text is kept, and how much of it the database keeps.
COLUMNS: Final[list[tuple[type[Model], str, int]]] = [
    (Measure, "bank", 300),
    (Measure, "object", LONGEST),
    (Measure, "addressee", 300),
    (Measure, "sanction_number", 64),
    (Measure, "refusal_reason", LONGEST),
    (Measure, "answer", LONGEST),
    (Postponement, "reason", LONGEST),
    (Postponement, "decline_reason", LONGEST),
    (Submission, "text", LONGEST),
    (Submission, "answer", LONGEST),
    (Recovery, "payer", 300),
    (Recovery, "document", 100),
    (Dispatch, "addressee", 300),
    (Dispatch, "proof", 300),
]


def _after(proceeding: Proceeding, verb: str, **given: Any) -> Proceeding:
    do(proceeding, verb, **given)
    found: Proceeding = now(proceeding)
    return found


def _left(proceeding: Proceeding) -> Any:
    """The arrival whose first paper has left."""
    sent = {"addressee": "Ахметов", "channel": "in_person", "proof": "№ 1"}
    dispatch(Paper.objects.all()[0], on=NEXT, by=user("bailiff.ala"), **sent)
    return now(proceeding).presentation


def _asked(verb: str) -> dict[str, Any]:
    """What a verb needs here beside what tests of the course give it."""
    return {
        "transfer": {
            "office": Office.objects.filter(code="TRZ").first(),
            "address": "Тараз",
            "act_text": "№ 1",
        },
        "resume": {"ground": SUSPENDS},
        "correct_record": {"authority": "court", "reason": "Сот актісі", "line": 2},
        "correct": {"authority": "court", "reason": "Сот актісі"},
        "replace": {"kind": "SEC-04", "details": {"limit": "Сатуға тыйым салынады"}},
        "foreclose": {"details": {"employer": "«Үлгі Жылу» МКК", "share": "50 %", "basis": "№ 1"}},
        "secure": {"details": {"seal": "0412"}},
        "supervise": {"told": {"number": "№ 1"}},
        "record_submission": {"what": "complaint_inaction", "told": {"court": "Үлгі соты"}},
    }.get(verb, {})


def _given(verb: str, field: str, text: str) -> dict[str, Any]:
    """The arguments of a verb with `text` in one field."""
    found = _asked(verb)
    name, _dot, key = field.partition(".")
    if ground := GROUNDS.get(verb):
        whole = proven(ground)
        free = next(each for each in whole if not statute("lecture").choices(each))
        return {"ground": ground, "evidence": {**whole, free: text}}
    return found | ({name: {**found[name], key: text}} if key else {name: text})


@pytest.mark.parametrize("state", TEXTS)
def test_a_text_too_long_is_refused_by_name_and_nothing_is_stored(
    offices: None, state: str
) -> None:
    thing = WAYS[state]()
    on = coerced(thing) if state == "coercive" else NEXT
    for verb, field, longest in TEXTS[state]:
        given = _given(verb, field, "ұ" * (longest + 1))
        if verb == "correct":
            given["line"] = thing.case.stream.entries.get(kind="offer_delivered").seq
        if verb == "end_engagement":
            [given["engagement"]] = engaged_of(things_of(thing.case, "presentation")[0])
        with refused("invalid", status=422) as found:
            do(thing, verb, on=on, by=BY.get(verb, "bailiff.ala"), **given)
        errors = [(error.field, error.code) for error in found.value.errors]
        path = errors[0][0] if field == "evidence" else field
        assert (verb, errors) == (verb, [(path, "too_long")])
        assert path.startswith("evidence.") or field != "evidence"


@pytest.mark.parametrize("field", ["addressee", "proof"])
def test_a_proof_of_sending_too_long_is_refused(offices: None, field: str) -> None:
    initiated()
    sent = {"addressee": "Ахметов", "channel": "in_person", "proof": "№ 1", field: "ұ" * 301}
    with refused("invalid", status=422) as found:
        dispatch(Paper.objects.all()[0], on=NEXT, by=user("bailiff.ala"), **sent)
    assert [(e.field, e.code) for e in found.value.errors] == [(field, "too_long")]


def test_the_longest_texts_are_kept_whole(offices: None) -> None:
    proceeding = initiated()
    text = "ұ" * LONGEST
    do(proceeding, "deliver_offer", proof=text)
    measure = do(proceeding, "secure", object=text, addressee="ұ" * 300, details={"seal": text})
    kept = now(measure)
    assert (kept.object, kept.addressee, kept.details) == (text, "ұ" * 300, {"seal": text})
    assert list(Evidence.objects.filter(key="proof").values_list("text", flat=True)) == [text]


def test_an_inventory_longer_than_its_name_names_whole_things_and_keeps_all(offices: None) -> None:
    things = [f"{'ү' * 300} {n}" for n in range(9)]
    measure = do(initiated(), "inventory", items="\n".join(f"{each}; 1000" for each in things))
    assert measure.object == "; ".join([*things[:3], "…"])
    kept = measure.items.order_by("position").values_list("description", flat=True)
    assert list(kept) == things


@pytest.mark.parametrize(("model", "field", "longest"), COLUMNS)
def test_the_database_keeps_what_a_verb_lets_in(
    model: type[Model], field: str, longest: int
) -> None:
    assert getattr(model._meta.get_field(field), "max_length", None) == longest


def test_every_verb_that_takes_free_text_stands_in_the_table() -> None:
    told = {(verb, field.split(".")[0]) for rows in TEXTS.values() for verb, field, _ in rows}
    for verb in (each for each in VERBS.values() if each.machine):
        for name, argument in verb.signature.parameters.items():
            if argument.annotation not in (str, Mapping[str, str]):
                continue
            if not NO_TEXT & {name, f"{verb.name}.{name}"}:
                assert (verb.name, name) in told
