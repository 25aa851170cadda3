"""A week of an office in Almaty, in September 2026, with the mistakes that weeks have.

| day          | what comes and what is done                                              |
|--------------|--------------------------------------------------------------------------|
| Monday 14    | Friday's post: a court's writ, the debtor's name mistyped and put right  |
| Tuesday 15   | yesterday's payment; a notary's inscription, of a notary nobody knew     |
| Wednesday 16 | alimony with arrears, of a father who lives in Taraz and works in Almaty |
| Thursday 17  | a bank pays the same twice; the writ comes again under another spelling  |
| Friday 18    | the inscription, returned, is presented again; what was too much is back |

No holiday falls into the week. Every last day is reckoned by hand: the day of the event is not
counted, and what would end on a Saturday or a Sunday ends on the Monday.
"""

from __future__ import annotations

from typing import Any, Final

import pytest

from enforcement.models import Case
from tests.course import sound
from tests.documents.reading import squeezed
from tests.journeys.week import Sheet, Week
from tests.platform.live import LiveOffice

pytestmark = pytest.mark.prove

FRIDAY_BEFORE: Final = "2026-09-11"
MONDAY, TUESDAY, WEDNESDAY = "2026-09-14", "2026-09-15", "2026-09-16"
THURSDAY, FRIDAY = "2026-09-17", "2026-09-18"

#: What the papers are called.
BEGUN, RETURNED = "қозғау туралы ҚАУЛЫ", "қайтару туралы ҚАУЛЫ"
#: A lender, who brings his papers himself.
LENDER: Final[Sheet] = {
    "claimants[0].kind.legal": True,
    "claimants[0].name_kk": "«Мысал Несие» ЖШС",
    "claimants[0].name_ru": "ТОО «Мысал Несие»",
    "claimants[0].bin": "170540001237",
    "claimants[0].iban": "KZ16125KZT1000004410",
    "claimants[0].city": "Алматы",
    "claimants[0].address_kk": "Назарбаев даңғ., 223-үй",
    "claimants[0].address_ru": "пр. Назарбаева, д. 223",
}
MISTYPED, RIGHT = "Сейтқалиев Ерлан Болатұлы", "Сейтқали Ерлан Болатұлы"
WRIT: Final[Sheet] = {
    "type": "DOC-TYPE-01",
    "issuer": "ALA-BOS",
    "case_number": "7514-26-00-2/4410",
    "decision_on": "2026-07-01",
    "in_force_on": "2026-08-03",
    "issued_on": "2026-08-05",
    "operative": f"{RIGHT}нан «Мысал Несие» ЖШС пайдасына 500 000 теңге өндірілсін.",
    "received_on": FRIDAY_BEFORE,
    "application.on": FRIDAY_BEFORE,
    **LENDER,
    "debtors[0].name": MISTYPED,
    "debtors[0].iin": "840517300411",
    "debtors[0].birth_date": "1984-05-17",
    "debtors[0].city": "Алматы",
    "debtors[0].address_kk": "Төле би көш., 273-үй, 61-пәтер",
    "debtors[0].address_ru": "ул. Толе би, д. 273, кв. 61",
    "debts[0].amount": "500 000",
}
NOTARY: Final = {
    "kind": "notary",
    "name_kk": "Алматы қаласының нотариусы А. С. Үлгібаева",
    "name_ru": "Нотариус города Алматы А. С. Улгибаева",
}
IN_THE_PAPER, IN_HER_PASSPORT = "Кайырбекова Сәуле Ержанқызы", "Қайырбекова Сәуле Ержанқызы"
INSCRIPTION: Final[Sheet] = {
    "type": "DOC-TYPE-08",
    "case_number": "1207",
    "decision_on": "2026-09-07",
    "issued_on": "2026-09-07",
    "operative": f"{IN_THE_PAPER}нан «Мысал Несие» ЖШС пайдасына 85 000 теңге өндірілсін.",
    "received_on": TUESDAY,
    "application.on": TUESDAY,
    **LENDER,
    "debtors[0].name": IN_THE_PAPER,
    "debtors[0].iin": "901123400521",
    "debtors[0].birth_date": "1990-11-23",
    "debtors[0].city": "Алматы",
    "debtors[0].address_kk": "Гагарин даңғ., 136-үй, 9-пәтер",
    "debtors[0].address_ru": "пр. Гагарина, д. 136, кв. 9",
    "debts[0].amount": "85 000",
}
ALIMONY: Final[Sheet] = {
    "type": "DOC-TYPE-02",
    "issuer": "ALA-BOS",
    "case_number": "7514-26-00-2/3301",
    "decision_on": "2026-09-01",
    "issued_on": "2026-09-01",
    "operative": "Төлегенов Дәурен Асқарұлынан Жақсыбекова Айгүл Серікқызының пайдасына ұлына "
    "2026 жылғы 1 мамырдан бастап табысының 1/4 мөлшерінде алимент өндірілсін.",
    "immediate": True,
    "no_objection": True,
    "received_on": WEDNESDAY,
    "application.on": WEDNESDAY,
    "claimants[0].name": "Жақсыбекова Айгүл Серікқызы",
    "claimants[0].iin": "880308400746",
    "claimants[0].birth_date": "1988-03-08",
    "claimants[0].iban": "KZ83125KZT1000003301",
    "claimants[0].city": "Алматы",
    "claimants[0].address_kk": "Абай даңғ., 52-үй, 14-пәтер",
    "claimants[0].address_ru": "пр. Абая, д. 52, кв. 14",
    "debtors[0].name": "Төлегенов Дәурен Асқарұлы",
    "debtors[0].iin": "790629300637",
    "debtors[0].birth_date": "1979-06-29",
    "debtors[0].city": "Тараз",
    "debtors[0].address_kk": "Төле би даңғ., 40-үй",
    "debtors[0].address_ru": "пр. Толе би, д. 40",
    "debts[0].periodic.kind": "alimony",
    "debts[0].periodic.share": "1/4",
    "debts[0].periodic.since": "2026-05-01",
    "debts[0].periodic.until": "2037-02-11",
}
#: Where he works; without it the paper is Taraz's.
WORKS_HERE: Final[Sheet] = {
    "debtors[0].workplace": "«Үлгі Жылу» МКК",
    "debtors[0].workplace_city": "Алматы",
}
#: The same writ as the lender's lawyer wrote it from memory: the number with its sign, long dashes
#: and zeros before it, the name by its Russian spelling, the city by its abbreviation.
AS_ANOTHER_WRITES_IT: Final[Sheet] = {
    "case_number": "№ 7514 – 26 – 00 – 2 / 004410",
    "received_on": THURSDAY,
    "application.on": THURSDAY,
    "debtors[0].name": "Сейткали Ерлан Болатович",
    "debtors[0].city": "г. Алматы",
}
#: The same inscription, its number with its sign and zeros before it.
AS_THE_LENDER_WRITES_IT: Final[Sheet] = {
    "case_number": "№ 0001207",
    "received_on": FRIDAY,
    "application.on": FRIDAY,
    "claimants[0].city": "Алматы қ.",
}
CLAIMANTS_WISH: Final = {
    "evidence.claimant_application.author": "«Мысал Несие» ЖШС директоры",
    "evidence.claimant_application.on": THURSDAY,
    "evidence.claimant_application.number": "55",
}
PAID_IN_FULL: Final = {
    "evidence.full_recovery.what": "Банктің төлем тапсырмасы",
    "evidence.full_recovery.number": "771",
    "evidence.full_recovery.on": THURSDAY,
}
OF_THE_WRIT: Final = {
    "TERM-EXEC-2M": "2026-11-16",
    "TERM-COMPLAINT-10D": "2026-09-24",
    "TERM-VOLUNTARY-5D": "2026-09-21",
}
OF_THE_WRITS_PRESENTATION: Final = [("INTERR-01", FRIDAY_BEFORE), ("INTERR-02", MONDAY)]
OF_THE_INSCRIPTION: Final = {"TERM-EXEC-2M": "2026-11-16", "TERM-COMPLAINT-10D": "2026-09-25"}


@pytest.fixture
def week(own_office: LiveOffice, browser: Any) -> Week:
    """Give the two windows on Monday morning."""
    found = Week(own_office, browser)
    found.open_office(MONDAY)
    return found


@pytest.mark.rule("TERM-OFFER-3D", "PERIOD-02", "PLACE-01")
def test_a_week_of_an_office(week: Week) -> None:
    writ = fridays_post_is_registered_on_monday(week)
    a_wrong_name_is_put_right_before_anything_has_left(week)
    the_writ_is_initiated_and_offered(week)

    week.day(TUESDAY)
    yesterdays_payment_is_written_down(week)
    inscription = an_inscription_comes_of_a_notary_nobody_knew(week)

    week.day(WEDNESDAY)
    her_name_is_put_right_after_a_paper_has_left(week)
    alimony = alimony_of_a_father_who_works_here_and_lives_elsewhere(week)
    arrears_month_by_month(week)

    week.day(THURSDAY)
    a_bank_pays_the_same_twice(week, writ)
    the_writ_comes_again_under_another_spelling(week)
    the_inscription_is_returned(week, inscription)

    week.day(FRIDAY)
    the_inscription_is_presented_again_under_another_spelling(week)
    what_was_too_much_is_given_back_and_the_writ_ends(week, writ)
    sound([writ, inscription, alimony])


# --- Monday ---------------------------------------------------------------------------------------


def fridays_post_is_registered_on_monday(week: Week) -> Case:
    """The three days for the offer run from Friday the 11th, whenever the paper is typed."""
    week.begin_form()
    week.type_in(WRIT)
    week.check("accept", PRES_3Y="2029-08-03")  # a Friday
    writ = week.register()
    week.stands("received", line="received", terms={"TERM-OFFER-3D": MONDAY})
    return writ


def a_wrong_name_is_put_right_before_anything_has_left(week: Week) -> None:
    """It is the same arrival, of the same Friday, and only its name is another."""
    told = {"values.debtors[0].name": RIGHT, "reason": "Теру кезінде қате кетті"}
    week.registrar.act("correct_intake", **told)
    week.stands("received", line="intake_corrected", terms={"TERM-OFFER-3D": MONDAY})
    assert week.reads(RIGHT)


def the_writ_is_initiated_and_offered(week: Week) -> None:
    """Two months and five days would end on Saturdays, 14 November and 19 September."""
    begun = {"state": "initiated", "stage": "voluntary", "balance": "500000.00"}
    two = {"TERM-EXEC-2M": "2026-11-16", "TERM-COMPLAINT-10D": "2026-09-24"}
    week.bailiff.act("initiate")
    week.stands(**begun, line="initiated", paper="initiate", terms=two)
    assert squeezed(RIGHT) in week.paper(BEGUN)
    assert squeezed(MISTYPED) not in week.paper(BEGUN)

    told = {"channel": "in_person", "outcome": "delivered", "proof": "Борышкердің қолхаты"}
    week.bailiff.act("deliver_offer", **told)
    week.stands(**begun, line="offer_delivered", terms={**two, "TERM-VOLUNTARY-5D": "2026-09-21"})


# --- Tuesday --------------------------------------------------------------------------------------


def yesterdays_payment_is_written_down(week: Week) -> None:
    """It counts from Monday, though Tuesday's line tells it; no term moves."""
    paid = {"amount": "200 000", "received_on": MONDAY, "document": "17"}
    week.bailiff.act("record_recovery", **paid)
    begun = {"state": "initiated", "stage": "voluntary", "balance": "300000.00"}
    week.stands(**begun, line="recovered", terms=OF_THE_WRIT)
    assert week.says("received") == [MONDAY]
    assert week.interruptions() == OF_THE_WRITS_PRESENTATION


def an_inscription_comes_of_a_notary_nobody_knew(week: Week) -> Case:
    """Three years run from the day after it was given; the two months would end on a Sunday."""
    week.begin_form()
    week.type_in(INSCRIPTION)
    week.add_issuer(**NOTARY)
    week.check("accept", PRES_3Y="2029-09-07")  # a Friday
    inscription = week.register()
    week.stands("received", line="received", terms={"TERM-OFFER-3D": FRIDAY})

    week.bailiff.act("initiate")
    begun = {"state": "initiated", "stage": "voluntary", "balance": "85000.00"}
    week.stands(**begun, line="initiated", paper="initiate", terms=OF_THE_INSCRIPTION)
    week.send(BEGUN, channel="courier", proof="Курьердің № 31 тізілімі")
    week.stands(**begun, line="dispatched", terms=OF_THE_INSCRIPTION)
    return inscription


# --- Wednesday ------------------------------------------------------------------------------------


def her_name_is_put_right_after_a_paper_has_left(week: Week) -> None:
    """What has left stays as it was; the line keeps the old name, and both are found."""
    told = {"field": "debtors[0].name", "value": IN_HER_PASSPORT}
    week.bailiff.act("put_right", **told, ground="Жеке куәлік № 038112233, 2019-05-20")
    begun = {"state": "initiated", "stage": "voluntary", "balance": "85000.00"}
    week.stands(**begun, line="party_put_right", terms=OF_THE_INSCRIPTION)
    assert squeezed(IN_THE_PAPER) in week.paper(BEGUN)
    for name in (IN_THE_PAPER, IN_HER_PASSPORT):
        assert week.finds(name)


def alimony_of_a_father_who_works_here_and_lives_elsewhere(week: Week) -> Case:
    """By his home it is Taraz's; by his work it is ours. It is executed at once, without end."""
    week.begin_form()
    week.type_in(ALIMONY)
    assert "Тараз қаласы" in week.check("wrong_territory")
    week.type_in(WORKS_HERE)
    week.check("accept")
    alimony = week.register()
    week.stands("received", line="received", terms={})

    week.bailiff.act("initiate")
    complaint = {"TERM-COMPLAINT-10D": "2026-09-28"}  # the 26th is a Saturday
    begun = {"state": "initiated", "stage": "coercive", "terms": complaint}
    week.stands(**begun, line="initiated", paper="initiate")
    return alimony


def arrears_month_by_month(week: Week) -> None:
    """May to August, a quarter of 240 000 each; what his employer withheld covers the oldest."""
    complaint = {"TERM-COMPLAINT-10D": "2026-09-28"}
    begun = {"state": "initiated", "stage": "coercive", "terms": complaint}
    week.bailiff.act("set_monthly_sum", income="240 000", proof="Жұмыс берушінің № 5 анықтамасы")
    week.stands(**begun, line="monthly_sum_set", arrears="240000.00")
    owed, nothing = "60 000,00 ₸", "0,00 ₸"
    unpaid = ("2026-05", "2026-06", "2026-07", "2026-08")
    assert week.months() == dict.fromkeys(unpaid, (owed, nothing, owed))
    paid = {"amount": "100 000", "source": "employer", "document": "902"}
    week.bailiff.act("record_recovery", **paid, payer="«Үлгі Жылу» МКК")
    week.stands(**begun, line="recovered", arrears="140000.00")
    in_part = (owed, "40 000,00 ₸", "20 000,00 ₸")
    paid_and_not = ((owed, owed, nothing), in_part, (owed, nothing, owed), (owed, nothing, owed))
    assert week.months() == dict(zip(unpaid, paid_and_not, strict=True))


# --- Thursday -------------------------------------------------------------------------------------


def a_bank_pays_the_same_twice(week: Week, writ: Case) -> None:
    """Both sums are written down; what is above the debt waits to be given back."""
    week.take_up(writ)
    begun = {"state": "initiated", "stage": "voluntary", "balance": "0.00", "terms": OF_THE_WRIT}
    paid = {"amount": "300 000", "payer": "«Үлгі Банкі» АҚ", "document": "771"}
    week.bailiff.act("record_recovery", **paid)
    week.stands(**begun, line="recovered")
    week.bailiff.act("record_recovery", **paid)
    week.stands(**begun, line="recovered", surplus="300000.00")
    assert week.says("above") == ["300000.00"]
    assert week.interruptions() == OF_THE_WRITS_PRESENTATION


def the_writ_comes_again_under_another_spelling(week: Week) -> None:
    """The same court, decision and number, however they are written: it was received."""
    week.begin_form()
    week.type_in({**WRIT, **AS_ANOTHER_WRITES_IT})
    week.check("already_received")
    week.register()
    week.bailiff.act("record_already_received")
    begun = {"state": "initiated", "stage": "voluntary", "balance": "0.00"}
    told = {"line": "already_received_recorded", "surplus": "300000.00", "terms": OF_THE_WRIT}
    week.stands(**begun, **told)


def the_inscription_is_returned(week: Week, inscription: Case) -> None:
    """At the claimant's wish, 25 000 paid: three years begin anew on this day."""
    week.take_up(inscription)
    week.bailiff.act("record_recovery", amount="25 000", document="44")
    begun = {"state": "initiated", "stage": "voluntary", "balance": "60000.00"}
    week.stands(**begun, line="recovered", terms=OF_THE_INSCRIPTION)
    week.bailiff.act("return_to_claimant", ground="RET-01", **CLAIMANTS_WISH)
    # Both last days are of a Monday: 17 September 2029, and the 28th since the 27th is a Sunday.
    terms = {"PRES-3Y": "2029-09-17", "TERM-COMPLAINT-10D": "2026-09-28"}
    told = {"line": "returned_to_claimant", "paper": "return_to_claimant", "terms": terms}
    week.stands("returned", **told, balance="60000.00")
    assert squeezed(IN_HER_PASSPORT) in week.paper(RETURNED)


# --- Friday ---------------------------------------------------------------------------------------


def the_inscription_is_presented_again_under_another_spelling(week: Week) -> None:
    """It is the same claim: what was paid stays paid."""
    week.begin_form()
    known = {"issuer": NOTARY["name_kk"], **AS_THE_LENDER_WRITES_IT}
    week.type_in({**INSCRIPTION, **known})
    week.check("accept", PRES_3Y="2029-09-17")
    week.register()
    of_the_return = {"TERM-COMPLAINT-10D": "2026-09-28"}
    offer = {"TERM-OFFER-3D": "2026-09-21", **of_the_return}
    week.stands("received", line="received", terms=offer)
    week.bailiff.act("initiate")
    begun = {"state": "initiated", "stage": "voluntary", "balance": "60000.00"}
    two = {"TERM-EXEC-2M": "2026-11-18", "TERM-COMPLAINT-10D": "2026-09-28"}
    week.stands(**begun, line="initiated", paper="initiate", terms=two)


def what_was_too_much_is_given_back_and_the_writ_ends(week: Week, writ: Case) -> None:
    """Nothing is owed and nothing is kept."""
    week.take_up(writ)
    week.bailiff.act("return_surplus", proof="№ 9 төлем тапсырмасы")
    begun = {"state": "initiated", "stage": "voluntary", "balance": "0.00"}
    week.stands(**begun, line="surplus_returned", terms=OF_THE_WRIT)
    week.bailiff.act("terminate", ground="TERMN-07", **PAID_IN_FULL)
    over = {"TERM-COMPLAINT-10D": "2026-09-28"}
    week.stands("terminated", line="terminated", paper="terminate", terms=over, balance="0.00")
