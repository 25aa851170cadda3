"""Money in a bank, whatever it is called, is frozen with the prosecutor's sanction alone."""

from __future__ import annotations

import pytest

from enforcement.measures.bank_money import sanction_for
from law.statute import statute
from tests.course import do, initiated
from tests.office import refused

DEBTS, CASH, THING, DEED = "third_party_obligations", "money", "movable_property", "real_estate"
#: A target, who must obey, what it is laid on; in a bank, whatever it is called.
IN_A_BANK = [
    (DEBTS, "АО «ForteBank»", "деньги на счетах должника"),
    (DEBTS, "ПАО «Сбербанк»", "обязательства перед должником"),
    (DEBTS, "«Нұрбанк» АҚ-ның филиалы", "міндеттемелер"),
    (DEBTS, "в Нурбанке, Алматы", "долг"),
    (DEBTS, "АО «Казпочта»", "переводы должника"),
    (DEBTS, "«Қазпошта» АҚ", "аударымдар"),
    (DEBTS, "Халык", "платежи"),
    (DEBTS, "ТОО «Үлгі»", "деньги на счёте в Народном банке"),
    (DEBTS, "«Үлгі» ЖШС", "борышкердің банктегі шотындағы ақша"),
    (CASH, "«Kaspi.kz»", "деньги должника"),
    (CASH, "", "Kaspi Gold"),
    (CASH, "", "деньги на счёте в Народном банке"),
    (CASH, "", "депозит должника"),
    (CASH, "", "KZ86 125K ZT50-0410-0100"),
    (CASH, "", "шоттағы қаражат"),
    (THING, "", "Деньги на счёте в ForteBank"),
    (THING, "", "500000 тенге в Сбербанке"),
    (THING, "", "Банк шотындағы ақша"),
    (DEED, "", "деньги в Народном банке"),
]
#: The same of what is in no bank.
IN_NO_BANK = [
    (DEBTS, "ТОО «Банкетный зал»", "Жалдау ақысы"),
    (DEBTS, "ТОО «Үлгі», ул. Банковская, 5", "оплата по счёту № 5"),
    (DEBTS, "Барабанков С. И.", "долг по расписке"),
    (DEBTS, "Шабанкулов Е.", "деньги по договору займа"),
    (DEBTS, "ТОО «Каспий Транс»", "оплата по счёту-фактуре"),
    (DEBTS, "Банкротный управляющий ТОО «Үлгі»", "деньги за товар"),
    (CASH, "", "Наличные деньги в кассе, банкноты"),
    (CASH, "", "Сейфтегі қолма-қол ақша"),
    (CASH, "", "Деньги, причитающиеся за аренду"),
    (THING, "АО «ForteBank»", "Автокөлік, банктің тұрағында"),
    (THING, "", "Автомобиль, залог Народного банка на сумму 5 млн тенге"),
    (THING, "", "Транспортное средство, заложено в банке"),
    (THING, "", "Стол для банкетного зала; счётчик купюр"),
    (DEED, "АО «ForteBank»", "Пәтер, банк кепілінде"),
]


@pytest.mark.parametrize(
    ("target", "addressee", "said", "rule"),
    [(*row, "SANCT-01") for row in IN_A_BANK] + [(*row, "") for row in IN_NO_BANK],
)
@pytest.mark.rule("SANCT-01")
def test_money_in_a_bank_is_known_by_whatever_name(
    target: str, addressee: str, said: str, rule: str
) -> None:
    assert sanction_for(statute("lecture"), target, addressee, [said]) == rule


@pytest.mark.rule("SANCT-01")
def test_money_in_a_bank_is_neither_secured_nor_listed_without_a_sanction(offices: None) -> None:
    proceeding = initiated()
    bank = {"kind": "SEC-07", "target": DEBTS, "details": {}}
    bank |= {"object": "деньги на счетах должника", "addressee": "АО «ForteBank»"}
    listed = {"items": "Теледидар; 85000\nДеньги на счёте в ForteBank; 500000"}
    for attempt, field in (
        (
            lambda: do(proceeding, "secure", **bank),
            "target",
        ),
        (lambda: do(proceeding, "inventory", **listed), "items"),
    ):
        with refused("sanction_needed", status=422) as caught:
            attempt()
        assert (caught.value.rule, caught.value.possible) == ("SANCT-01", ("request_freeze",))
        assert [e.field for e in caught.value.errors] == [field]
    assert not proceeding.measures.exists()
