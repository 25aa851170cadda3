"""The plots of the demo's histories: what comes in, and which steps follow after how many days."""

from dataclasses import dataclass, field
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Step:
    """A verb, so many days after the step before, by the holder of a role."""

    verb: str
    after: int
    given: dict[str, Any] = field(default_factory=dict)
    by: str = "bailiff"


@dataclass(frozen=True, slots=True)
class Plot:
    """A kind of history: how many, received how many days ago (from, to), on which paper."""

    count: int
    age: tuple[int, int]
    steps: tuple[Step, ...] = ()
    verdict: str = "accept"
    kind: str = "DOC-TYPE-01"
    debtors: int = 1
    firm: bool = False
    periodic: bool = False
    act: str = ""


BANK: Final = "«Мысал Банкі» АҚ"
BEGUN: Final = (Step("initiate", 1),)
ATTEMPT: Final = Step(
    "deliver_offer", 1, {"channel": "courier", "outcome": "not_found", "proof": "№ 4 акт"}
)
OFFER: Final = Step(
    "deliver_offer", 1, {"channel": "in_person", "outcome": "delivered", "proof": "Қолхат"}
)
POSTED: Final = Step(
    "deliver_offer",
    2,
    {"channel": "registered_mail", "outcome": "returned_by_post", "proof": "Пошта белгісі"},
)
OFFERED: Final = (*BEGUN, OFFER)
FREEZE: Final = Step("request_freeze", 3, {"bank": BANK, "part": "1"})
GRANT: Final = Step("grant_sanction", 1, {}, "prosecutor")
REFUSE: Final = Step("refuse_sanction", 1, {"reason": "Сома негізделмеген"}, "prosecutor")
SERVE: Final = Step("serve_freeze", 1)
ANSWER: Final = Step("record_answer", 2, {"answer": "Шоттағы қаражатқа тыйым салынды"})
FROZEN: Final = (FREEZE, GRANT, SERVE)
ALL_PAID: Final = Step("record_recovery", 4, {"part": "1"})
DONE: Final = Step("terminate", 1, {"ground": "TERMN-07"})
LISTED: Final = Step(
    "inventory",
    2,
    {
        "place": "Борышкердің тұрғын үйі",
        "witness_one": "Айғақов Мысал, көрші",
        "witness_two": "Үлгіқызы Куә, көрші",
        "storage": "Борышкердің тұрғын үйі, сақтаушы – борышкер",
        "items": "Теледидар; 95000; 2\nТоңазытқыш; 140000; 1\nЖұмсақ жиһаз; 60000",
    },
)
NOT_LISTED: Final = Step("skip_inventory", 2, {"reason": "Мекенжайда мүлік табылмады"})
APPLIED: Final = Step("claim_securing", 2, {"application": "№ 11 арыз"})
SEALED: Final = Step(
    "secure",
    1,
    {
        "kind": "SEC-05",
        "target": "movable_property",
        "object": "Қоймадағы тауар",
        "initiator": "claimant",
        "details": {"seal": "00412"},
    },
)
TAKEN: Final = Step(
    "replace",
    6,
    {
        "kind": "SEC-02",
        "target": "movable_property",
        "object": "Қоймадағы тауар",
        "addressee": "«Қиял Транс» ЖШС",
        "initiator": "debtor",
        "reason": "Борышкердің № 3 өтініші",
    },
)
HELD: Final = Step(
    "secure",
    2,
    {
        "kind": "SEC-07",
        "target": "third_party_obligations",
        "object": "Жалдау ақысы",
        "addressee": "«Мысал Сауда» ЖШС",
        "initiator": "bailiff",
    },
)
COLLECT: Final = Step("foreclose", 8, {"way": "collect"})
SELL: Final = Step(
    "foreclose",
    14,
    {
        "way": "sale",
        "details": {
            "storage": "№ 2 қойма, сақтаушы Мысалов",
            "sale": "Электрондық аукцион",
            "witness_one": "Айғақов Мысал, көрші",
        },
    },
)


def pay(part: str, after: int = 6) -> Step:
    """A part of what is left comes in."""
    return Step("record_recovery", after, {"part": part})


def stop(ground: str, after: int = 5, *, lasts: int = 45) -> Step:
    """A suspension; it lasts so many days where its ground ends on a date."""
    return Step("suspend", after, {"ground": ground, "lasts": lasts})


def go_on(ground: str, after: int = 7) -> Step:
    """The end of a ground."""
    return Step("resume", after, {"ground": ground, "proof": "Растайтын құжат"})


def end(ground: str, after: int = 8) -> Step:
    """A termination."""
    return Step("terminate", after, {"ground": ground})


def back(ground: str, after: int = 12) -> Step:
    """A return to the claimant."""
    return Step("return_to_claimant", after, {"ground": ground})


#: Somebody takes part beside the parties; an authority lasts so many days.
AGENT: Final = Step(
    "engage",
    1,
    {
        "role": "representative",
        "whom": "claimants[0]",
        "name": "Өкілов Сенім Мысалұлы",
        "address": "Алматы, Үлгі көшесі, 9-үй",
        "contact": "+7 700 000 00 17",
        "evidence": {
            "authority_basis": "power_of_attorney",
            "barred": "none",
            "powers.receive": "yes",
        },
        "lasts": 24,
    },
)
HELPER: Final = Step(
    "engage", 1, {"role": "interpreter", "whom": "debtors[0]", "name": "Тілмашев Қиял"}
)
INSTEAD: Final = Step(
    "engage",
    1,
    {"role": "coparticipant", "whom": "debtors[0]", "party": "debtors[1]", "evidence": {}},
)


def hand_in(kind: str, text: str, after: int = 3, **more: Any) -> Step:
    """A party hands in a petition or a complaint."""
    return Step("record_submission", after, {"what": kind, "text": text, **more}, "registrar")


def answer(outcome: str, reason: str, after: int = 3, by: str = "bailiff") -> Step:
    """It is answered."""
    return Step("answer_submission", after, {"outcome": outcome, "reason": reason}, by)


PUT_OFF: Final = hand_in("petition_postpone", "Емделіп жатырмын, әрекеттер кейінге қалдырылсын")
TO_SECURE: Final = hand_in(
    "petition_secure", "Борышкер мүлкін сатып жатыр, тыйым салынсын", role="claimant"
)
OBJECTED: Final = Step("record_objection", 1, {"text": "Борышкер жұмыста, емделмейді"}, "registrar")
IDLE: Final = hand_in("complaint_inaction", "Бір айдан бері ешқандай әрекет жасалмады", 9)
#: A party reads the file and explains himself.
READ: Final = Step("show_file", 2, {"access": "copies", "what": "3–9-парақтар"})
EXPLAINED: Final = Step("take_statement", 1, {"statement": "oral", "text": "Айлықтан ұсталуда"})
CHALLENGED: Final = hand_in("recusal", "Сот орындаушысы өндіріп алушының туысы")
NO_RELATIVE: Final = answer("refused", "Туыстығы расталмады", 2, "senior")
OF_A_FINE: Final = hand_in("complaint_penalty", "Айыппұл салу туралы қаулы заңсыз")
#: The court named the heir.
HEIR: Final = (
    Step(
        "replace_party",
        6,
        {
            "event": "death",
            "person": "debtors[0]",
            "kind": "natural",
            "name_kk": "Мұрагеров Жалғас Мысалұлы",
            "evidence": {
                "replacement_ruling": "Мысал аудандық сотының 2-17 ұйғарымы",
                "death_record": "№ 5 акт жазбасы",
            },
        },
    ),
)
MONEY_ORDER: Final = "DOC-TYPE-02"
INTAKE: Final = (
    Plot(8, (0, 5)),
    Plot(3, (0, 1), verdict="defective"),
    Plot(6, (12, 60), (Step("return_defective", 1),), verdict="defective"),
    Plot(
        4,
        (20, 50),
        (Step("return_defective", 2), Step("again", 8, {"cured": True}), *OFFERED),
        verdict="defective",
    ),
    Plot(2, (0, 2), verdict="late"),
    Plot(4, (10, 90), (Step("refuse_late", 2),), verdict="late"),
    Plot(2, (0, 1), verdict="wrong_territory"),
    Plot(4, (8, 40), (Step("send_on", 1),), verdict="wrong_territory"),
    Plot(4, (10, 25), (*OFFERED, Step("again", 3), Step("record_already_received", 1))),
)
RUNNING: Final = (
    Plot(6, (1, 3), BEGUN),
    Plot(4, (3, 4), (*BEGUN, ATTEMPT)),
    Plot(5, (2, 5), OFFERED),
    Plot(4, (6, 12), (*BEGUN, POSTED)),
    Plot(3, (14, 45), OFFERED),
    Plot(7, (16, 50), (*OFFERED, pay("0.3"), pay("0.25"))),
    Plot(3, (70, 85), (*OFFERED, pay("0.1"))),
    Plot(5, (20, 70), (*OFFERED, Step("set_four_months", 6, {"reason": "auction"}))),
    Plot(7, (5, 50), BEGUN, kind=MONEY_ORDER, periodic=True),
    Plot(4, (10, 40), OFFERED, act="demolition"),
    Plot(4, (10, 30), (*OFFERED, AGENT, HELPER, INSTEAD, pay("0.4")), debtors=2),
)
MEASURES: Final = (
    Plot(8, (6, 12), (*OFFERED, FREEZE)),
    Plot(4, (9, 16), (*OFFERED, FREEZE, GRANT)),
    Plot(4, (10, 30), (*OFFERED, FREEZE, REFUSE)),
    Plot(2, (14, 40), (*OFFERED, *FROZEN)),
    Plot(2, (14, 40), (*OFFERED, LISTED, *FROZEN)),
    Plot(2, (20, 40), (*OFFERED, APPLIED, SEALED, TAKEN)),
    Plot(2, (20, 45), (*OFFERED, NOT_LISTED, *FROZEN, ANSWER, pay("0.5"))),
    Plot(2, (24, 45), (*OFFERED, NOT_LISTED, HELD, *FROZEN, COLLECT, pay("0.5"))),
    Plot(1, (30, 45), (*OFFERED, LISTED, SELL)),
)
STANDING: Final = (
    *(
        Plot(1, (16, 50), (*OFFERED, stop(ground), *(HEIR if ground == "SUCC-02" else ())))
        for ground in (
            *("SUSP-MAND-01", "SUSP-MAND-03", "SUSP-MAND-04"),
            *("SUSP-MAND-06", "SUSP-MAND-07", "SUSP-MAND-08", "SUCC-02"),
            *("SUSP-OPT-02", "SUSP-OPT-03"),
            *("SUSP-OPT-05", "SUSP-OPT-06", "SUSP-OPT-07"),
        )
    ),
    Plot(1, (16, 50), (*OFFERED, stop("SUSP-MAND-02")), firm=True),
    Plot(1, (20, 50), (*OFFERED, OF_A_FINE, stop("SUSP-MAND-05", 1))),
    Plot(1, (26, 50), (*OFFERED, IDLE, stop("SUSP-OPT-04", 1))),
    Plot(2, (30, 50), (*OFFERED, stop("SUSP-MAND-04"), stop("SUSP-OPT-06"), FREEZE)),
    Plot(3, (32, 55), (*OFFERED, stop("SUSP-OPT-06"), go_on("SUSP-OPT-06"))),
    Plot(2, (32, 55), (*OFFERED, stop("SUSP-OPT-06", lasts=14))),
    Plot(
        2,
        (32, 55),
        (
            *OFFERED,
            stop("SUSP-OPT-03"),
            Step("correct", 2, {"authority": "court", "reason": "Сот тоқтата тұрудың күшін жойды"}),
        ),
    ),
)
HANDED_IN: Final = (
    Plot(2, (8, 12), (*OFFERED, PUT_OFF)),
    Plot(1, (9, 14), (*OFFERED, PUT_OFF, OBJECTED)),
    Plot(2, (12, 20), (*OFFERED, PUT_OFF, OBJECTED, answer("refused", "Емделуі расталмады"))),
    Plot(2, (12, 20), (*OFFERED, TO_SECURE, answer("granted", "Мүліктің сатылуы расталды"))),
    Plot(
        2,
        (30, 50),
        (
            *OFFERED,
            end("TERMN-01", 4),
            hand_in("complaint_line", "Бас тартуға қол қоймадым", 4, line="terminated"),
            answer("granted", "Сот тоқтату туралы қаулының күшін жойды", 9),
            Step("correct", 2, {"authority": "court", "reason": "Сот қаулының күшін жойды"}),
        ),
    ),
    Plot(2, (8, 14), (*OFFERED, CHALLENGED)),
    Plot(3, (8, 20), (*OFFERED, READ, EXPLAINED)),
    Plot(1, (14, 20), (*OFFERED, CHALLENGED, NO_RELATIVE)),
    Plot(
        1,
        (20, 30),
        (*OFFERED, hand_in("complaint_line", "Хабарланбадым", 14, line="initiated")),
    ),
)
ENDS: Final = (
    Plot(9, (40, 75), (*OFFERED, *FROZEN, ANSWER, ALL_PAID, DONE)),
    Plot(3, (12, 30), (*OFFERED, ALL_PAID, DONE)),
    *(
        Plot(1, (25, 60), (*OFFERED, end(ground)), firm=ground == "TERMN-06")
        for ground in ("TERMN-01", "TERMN-02", "TERMN-03", "TERMN-05", "TERMN-06")
    ),
    Plot(1, (25, 60), (*OFFERED, LISTED, end("TERMN-08"))),
    *(Plot(2, (30, 60), (*OFFERED, back(ground))) for ground in ("RET-01", "RET-04")),
    Plot(2, (30, 60), (*OFFERED, NOT_LISTED, back("RET-02"))),
    Plot(2, (35, 60), (*OFFERED, SEALED, SELL, back("RET-03"))),
    Plot(3, (45, 80), (*OFFERED, back("RET-01"), Step("again", 12), Step("initiate", 1))),
    Plot(2, (14, 30), (*OFFERED, Step("transfer", 6))),
    Plot(2, (25, 40), (*OFFERED, Step("transfer", 6), Step("accept_transfer", 3))),
    Plot(
        3,
        (20, 50),
        (
            *OFFERED,
            Step("send_to_liquidation", 8, {"commission": "Тарату комиссиясы", "decision": "№ 5"}),
        ),
        firm=True,
    ),
    Plot(
        2,
        (25, 40),
        (*OFFERED, stop("SUSP-MAND-01"), Step("record_recovery", 6, {"debtor": 1, "part": "1"})),
        debtors=2,
    ),
)
BANKS: Final = ("BNK-0001", "BNK-0002", "BNK-0003", "BNK-0004", "BNK-0005")
ASKED: Final = Step(
    "send_letter",
    3,
    {
        "kind": "information",
        "to": BANKS,
        "pace": "processing",
        "details": {"asked_for": "Борышкердің шоттары мен олардағы қалдық", "secrecy": "bank"},
    },
)
EMPTY: Final = Step("record_reply", 2, {"outcome": "nothing_held", "answer": "Шот жоқ"})
FOUND: Final = Step(
    "record_reply", 1, {"letter": 1, "outcome": "given", "answer": "Бір шот, 84 000 теңге"}
)
SILENCE: Final = Step(
    "record_breach", 6, {"letter": 2, "outcome": "silent", "proof": "Жауап тіркелмеген"}
)
PROTOCOL: Final = Step(
    "draw_protocol",
    1,
    {
        "kind": "papers_withheld",
        "after": 2,
        "to": ("ALA-BOS",),
        "details": {
            "offender": "«Сынақ Банкі» АҚ",
            "offence_facts": "Сұратылған мәліметтер мерзімінде берілмеді",
            "offence_proof": "Сұрау және оның жеткізілгені туралы белгі",
        },
    },
)
CALLED: Final = Step(
    "send_letter",
    4,
    {
        "kind": "summons",
        "person": "Мысалов Үлгі, борышкердің бас бухгалтері",
        "days": 3,
        "details": {
            "appear_where": "Атқару бөлімі, 5-кабинет",
            "appear_time": "10:00",
            "appear_why": "Түсініктеме беру",
        },
    },
)
UNCLEAR: Final = Step(
    "apply_to_court",
    3,
    {
        "kind": "clarification",
        "to": ("ALA-BOS",),
        "details": {"unclear": "Қай мекенжайдағы құрылыс туралы айтылғаны"},
    },
)
WRITTEN_TO: Final = (
    Plot(2, (9, 12), (*OFFERED, ASKED)),
    Plot(1, (20, 30), (*OFFERED, ASKED, EMPTY, FOUND, SILENCE, PROTOCOL)),
    Plot(1, (18, 25), (*OFFERED, CALLED)),
    Plot(1, (12, 20), (*OFFERED, UNCLEAR)),
    Plot(1, (12, 20), (*OFFERED, UNCLEAR, stop("SUSP-OPT-01", 1))),
)
PLOTS: Final[tuple[Plot, ...]] = (
    *INTAKE,
    *RUNNING,
    *MEASURES,
    *STANDING,
    *HANDED_IN,
    *ENDS,
    *WRITTEN_TO,
)
