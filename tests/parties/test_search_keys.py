"""A name is found however it was typed: case, Kazakh letters, Latin look-alikes, spaces."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parties.search_keys import KIN, LOOK_ALIKES, fold, key, masked, once_wrong, sound, words

MANY = settings(max_examples=300, derandomize=True, database=None, deadline=None)
KAZAKH = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Ахметов Серік Болатұлы", "ахметов серик болатулы"),
        ("Ахметов Серік Болатұлы", "АХМЕТОВ СЕРІК БОЛАТҰЛЫ"),
        ("Ахметов Серік Болатұлы", "  Ахметов\tСерік  Болатұлы "),
        ("Ахметов Серік Болатұлы", "Axметoв Cерiк Бoлaтұлы"),
        ("Нұрғалиева Айгүл Қайратқызы", "Нургалиева Айгул Кайраткызы"),
        ("Омаров Дәурен Ерланұлы", "Омаров Даурен Ерланулы"),
        ("Омаров Дәурен Ерланұлы", "Омаров Дəурен Ерланұлы"),
        ("Омаров Дәурен Ерланұлы", "ОМАРОВ ДƏУРЕН ЕРЛАНҰЛЫ"),
        ("Көктем Үлгі", "Коктем Улги"),
        ("Теңіз", "Тениз"),
        ("Гаухар Шаһмұратова", "Гаухар Шахмуратова"),
        ("Семён", "Семен"),
        ("BTA Bank", "ВТА Ваnк"),
    ],
)
def test_a_name_and_its_mistyped_form_have_one_key(name: str, typed: str) -> None:
    assert fold(name) == fold(typed)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ахметов", "Ахметова"), ("Алматы", "Алма-Ата"), ("Омаров", "Омиров"), ("Тен", "Тенов")],
)
def test_other_names_have_other_keys(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_every_kazakh_letter_of_its_own_is_folded_to_its_kin() -> None:
    own = set(KAZAKH) - set("абвгдежзийклмнопрстуфхцчшщъыьэюя")
    assert own == set(KIN[0])
    for letter in own:
        assert fold(letter) == fold(letter.upper())
        assert fold(letter) not in own


def test_each_look_alike_and_its_letter_have_one_key() -> None:
    for latin, cyrillic in zip(*LOOK_ALIKES, strict=True):
        assert fold(latin) == fold(cyrillic) == fold(latin.upper())


@MANY
@given(st.text(KAZAKH + KAZAKH.upper() + "abcehikmoptxyə -", max_size=60))
def test_a_key_is_its_own_key_and_knows_no_case_and_no_extra_space(text: str) -> None:
    key = fold(text)
    assert fold(key) == key
    assert fold(text.upper()) == fold(text.lower()) == key
    assert fold(f"  {text}  ") == key
    assert "  " not in key


@MANY
@given(st.text(max_size=60))
def test_any_text_has_a_key(text: str) -> None:
    assert fold(text) == fold(fold(text))


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Ахметов", "Akhmetov Ahmetov Axmetov"),
        ("Жүнісбекова", "Zhunisbekova Junisbekova Zhünisbekova"),
        ("Тоқаев", "Tokayev Toqayev Tokaev"),
        ("Щербаков", "Shcherbakov"),
        ("Шыңғыс", "Shyngys Shyngghys Şıñğıs"),
        ("Юлия", "Yuliya Iuliia"),
        ("Евгений", "Yevgeniy Evgenii"),
        ("Цой", "Tsoy Tsoi"),
        ("Қасым", "Kasym Kassym Qasym"),
        ("Мағжан", "Magzhan Maghzhan Mağjan"),
        ("Әлия", "Aliya Äliya"),
        ("Өмірбек", "Omirbek Ömirbek"),
        ("Нұрлан", "Nurlan Nūrlan"),
        ("Челик", "Çelik Chelik"),
    ],
)
def test_a_name_sounds_the_same_in_both_alphabets(cyrillic: str, latin: str) -> None:
    heard = {sound(word) for word in words(latin)}
    assert heard == {sound(word) for word in words(cyrillic)}


def test_a_name_has_no_signs_that_nobody_sees_and_is_parted_by_what_parts_words() -> None:
    assert words("Сейт\u00adхан\u200bов  Дархан") == ["сейтханов", "дархан"]
    assert words("О\u2019Коннор Римская\u2011Корсакова, А.Б.") == [
        *("оконнор", "римская", "корсакова", "а", "б"),
    ]
    assert key("...", "\u200b") == "  "


def one_apart(one: str, other: str) -> bool:
    """Whether two words differ in one letter at most: another, missing, over, swapped."""
    if len(one) < len(other):
        one, other = other, one
    if len(one) - len(other) > 1:
        return False
    if len(one) > len(other):
        return any(one[:n] + one[n + 1 :] == other for n in range(len(one)))
    wrong = [n for n in range(len(one)) if one[n] != other[n]]
    swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1
    return len(wrong) < 2 or (
        swapped and one[wrong[0]] == other[wrong[1]] and one[wrong[1]] == other[wrong[0]]
    )


@MANY
@given(st.text("abc", min_size=3, max_size=6), st.text("abc", min_size=3, max_size=6))
def test_a_word_meets_exactly_those_that_differ_in_one_letter(one: str, other: str) -> None:
    assert bool(once_wrong(one) & masked(other)) == one_apart(one, other)
