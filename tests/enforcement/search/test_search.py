"""A case is found however it is asked for; what was found is there again after Back."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from documents.models import Paper
from enforcement.facts.finding import cases_of
from enforcement.facts.pagination import PAGE
from enforcement.initiation import initiate
from enforcement.models import Case
from tests.desk import Desk
from tests.office import DAY, NEXT, paper, receive, user

#: The debtors of the cases, in order of their numbers: name, IIN.
DEBTORS: Final = [
    ("Жүнісбекова Ақмарал Төлегенқызы", "910203401008"),
    ("Баи\u0306дулин Е\u0308лкин", "910204301007"),
    ("О’Коннор Римская\u2011Корсакова", "910205301002"),
    ("Ахметов Серік Болатұлы", "850314300122"),
    ("Сейт\u00adхан\u200bов Дархан", "910207301003"),
    ("Тоқаева Әлия Юрьевна", ""),
]
#: The fourth case has a claimant of its own.
FOURTH: Final = {"name_kk": "«İstanbul İnşaat» ЖШС", "name_ru": "ТОО «İstanbul İnşaat»"}
#: What is typed and the cases that are found, the best first; the rest may follow.
TYPED: Final = [
    # The words of a name in any order, some of them, in whatever case and with whatever marks.
    ("Жүнісбекова Ақмарал Төлегенқызы", [1]),
    ("Ақмарал Жүнісбекова", [1]),
    ("Жүнісбекова, Ақмарал", [1]),
    ("жүнісбекова", [1]),
    ("АҚМАРАЛ", [1]),
    ("Төлегенқызы Ақмарал", [1]),
    ("бекова", [1]),
    ("Байдулин", [2]),
    ("Баи\u0306дулин", [2]),
    ("Ёлкин", [2]),
    ("елкин байдулин", [2]),
    ("О'Коннор", [3]),
    ("О’Коннор", [3]),
    ("ОКоннор", [3]),
    ("Римская-Корсакова", [3]),
    ("Римская Корсакова", [3]),
    ("Корсакова Римская", [3]),
    ("Сейтханов", [5]),
    ("Сейтханов Дархан", [5]),
    ("Ахме\u200bтов", [4]),
    # Initials.
    ("Жүнісбекова А.Т.", [1]),
    ("А.Т. Жүнісбекова", [1]),
    ("Ахметов С.Б.", [4]),
    ("С. Ахметов", [4]),
    ("Ахметов С", [4]),
    ("Ахметов К.", []),
    # Kazakh letters as their kin, Latin look-alikes, Latin spelling.
    ("Жунисбекова Акмарал", [1]),
    ("Nguyen", []),
    ("Axметов Cерік", [4]),
    ("Zhunisbekova Akmaral", [1]),
    ("Junisbekova Aqmaral", [1]),
    ("Akhmetov", [4]),
    ("Axmetov Serik", [4]),
    ("Ahmetov S.B.", [4]),
    ("Baydulin", [2]),
    ("Tokayeva Aliya", [6]),
    ("Toqaeva", [6]),
    ("Тоқаева Юрьевна", [6]),
    ("Seytkhanov", [5]),
    ("İstanbul", [4]),
    ("Istanbul Insaat", [4]),
    ("İnşaat", [4]),
    ('"İstanbul İnşaat" ЖШС', [4]),
    ("стамбул", []),
    # One letter wrong, missing, doubled, in another's place; the exact hit stands first.
    ("Жүнісбеков", [1]),
    ("Ахматов", [4]),
    ("Ахетов Серік", [4]),
    ("Ахмметов", [4]),
    ("Ахмтеов Серік", [4]),
    ("Akhmatov Serik", [4]),
    ("Байдулен", [2]),
    ("Ахмутав", []),
    # An identifier, grouped, begun, named.
    ("850314300122", [4]),
    ("850 314 300 122", [4]),
    ("910203 401008", [1]),
    ("910203-401008", [1]),
    ("ЖСН 850314300122", [4]),
    ("ИИН: 850314 300122", [4]),
    ("850314", [4]),
    ("9102", [5, 3, 2, 1]),
    ("Ахметов 8503", [4]),
    ("850314300123", []),
    # The case's number.
    ("ALA-2026-00003", [3]),
    ("ala-2026-3", [3]),
    ("№ ALA-2026-00003", [3]),
    ("ALA 2026 3", [3]),
    ("2026-3", [3]),
    ("3", [3]),
    ("00003", [3]),
    ("ТРЗ-2026-3", []),
    # The court's number.
    ("7514-25-00-2/8820", [1]),
    ("№ 7514-25-00-2/8820", [1]),
    (" 7514\u201325\u201300\u20132 / 8820 ", [1]),
    ("2/8823", [4]),
    ("2-8823", [4]),
    ("8823", [4]),
    ("/8823", [4]),
    ("№ 8823", [4]),
    ("сот ісі № 8823", [4]),
    ("823", []),
    ("9999", []),
    ("7514-25-00-2/9999", []),
]


def cases() -> list[Case]:
    """One case for each debtor; case n is the n-th of the office."""
    found = []
    for n, (name, iin) in enumerate(DEBTORS):
        debtor = {"name": name, "iin": iin, "birth_date": None, "name_kk": "", "name_ru": ""}
        changes: dict[str, Any] = {"case_number": f"7514-25-00-2/{8820 + n}", "debtor": debtor}
        if n == 3:
            changes["claimant"] = {**FOURTH, "bin": "190750000006", "name": ""}
        found.append(receive(paper(n, **changes)).case)
    return found


def found(typed: str, *, by: str = "bailiff.ala", on: date = DAY) -> list[int]:
    """The numbers of the cases that are found, in order."""
    return [case.number for case in cases_of(user(by), typed, today=on)]


def test_what_people_type_finds_the_case_they_mean(offices: None) -> None:
    cases()
    wrong = {typed: told for typed, told in TYPED if sorted(found(typed)) != sorted(told)}
    assert {typed: found(typed) for typed in wrong} == wrong


def test_the_number_of_a_paper_finds_its_case(offices: None) -> None:
    every = cases()
    initiate(every[3].presentations.get(), on=NEXT, by=user("bailiff.ala"))
    number = Paper.objects.get(kind="initiate").label
    assert number == "1/2026"
    assert found(number) == found("№ 1/2026") == found("0001/2026") == [4]
    assert found("1") == [1, 4], "the case of that number stands before the paper of that number"
    assert found("1/2025") == []


def test_what_is_typed_as_it_is_stands_before_what_is_near_it(offices: None) -> None:
    for number, name in enumerate(["Омарова Ай", "Омаров Бек", "Омарали Ер", "Қомаров Ер"], 1):
        receive(paper(number, debtor={"name": name, "iin": "", "name_kk": "", "name_ru": ""}))
    assert found("Омаров") == [2, 1, 4], "whole words, then beginnings, then the inside of words"
    assert found("Омарова") == [1, 2]
    assert found("Омар") == [3, 2, 1, 4]


def test_a_search_finds_nothing_of_another_office(offices: None) -> None:
    cases()
    typed = ("Ахметов", "Ахматов", "850314300122", "ALA-2026-00003", "7514-25-00-2/8820", "3")
    assert [found(each, by="bailiff.trz") for each in typed] == [[]] * len(typed)


def test_two_names_under_one_number_both_find_both_cases(offices: None) -> None:
    for number, name in enumerate(["Ахметов Серік", "Сәрсенов Серік"], 1):
        debtor = {"name": name, "name_kk": "", "name_ru": "", "iin": "850314300122"}
        receive(paper(number, debtor=debtor))
    assert sorted(found("Ахметов")) == sorted(found("Сәрсенов")) == [1, 2]


def test_what_was_found_is_there_again_under_its_address(offices: None) -> None:
    cases()
    desk = Desk()
    desk.force_login(user("bailiff.ala"))
    sent = desk.post("/search", {"q": "850314300122"})
    assert sent.status_code == 302
    assert "850314" not in sent.url
    for _ in range(2):
        shown = desk.get(sent.url)
        assert [row["number"] for row in shown.context["rows"]] == ["ALA-2026-00004"]
        assert shown.context["q"] == "850314300122"
    assert desk.post("/search", {"q": "850314300122"}).url == sent.url
    another = desk.post("/search", {"q": "Ёлкин"}).url
    assert [row["number"] for row in desk.get(another).context["rows"]] == ["ALA-2026-00002"]
    stranger = Desk()
    stranger.force_login(user("bailiff.ala"))
    assert stranger.get(sent.url).context["q"] == ""


def test_the_list_of_cases_shows_what_the_reader_may_see_page_by_page(offices: None) -> None:
    cases = [receive(paper(number)).case for number in range(PAGE + 1)]
    desk = Desk()
    desk.force_login(user("bailiff.ala"))
    first = desk.get("/cases")
    assert b'data-page="cases"' in first.content
    rest = desk.get("/cases", {"after": first.context["further"]})
    shown = [row["id"] for page in (first, rest) for row in page.context["rows"]]
    assert sorted(shown) == sorted(case.pk for case in cases)
    assert (len(first.context["rows"]), rest.context["further"]) == (PAGE, "")
    desk.force_login(user("bailiff.trz"))
    assert desk.get("/cases").context["rows"] == []
