"""A text that grows when it is compared or sorted finds room, or is refused by its field."""

from __future__ import annotations

import pytest

from accounts.models import User
from accounts.passwords import LONGEST as LONGEST_LOGIN
from documents.executive_document import LONGEST_KEY
from documents.models import ExecutiveDocument
from parties.spelling import number_key
from tests.api.asking import Caller, problem
from tests.desk import Desk
from tests.office import paper, user

#: One sign of these is three, eighteen, two, two and one in other forms, up to 33 bytes long.
GROWING = ["ΐ", "ﷺ", "ß", "İ", "𐐀"]
TEXTS = ("name_kk", "name_ru", "city", "address_kk", "address_ru", "workplace")


def test_a_key_has_the_room_of_its_column() -> None:
    assert ExecutiveDocument._meta.get_field("case_key").max_length == LONGEST_KEY
    assert User._meta.get_field("login").max_length == LONGEST_LOGIN


@pytest.mark.parametrize("sign", GROWING)
def test_a_number_whose_key_is_too_long_is_refused_by_name(offices: None, sign: str) -> None:
    for length in (70, 100):
        answer = Caller().send(paper(length, case_number=sign * length))
        if len(number_key(sign * length)) <= LONGEST_KEY:
            assert answer.status_code == 201
            continue
        found = problem(answer)
        assert answer.status_code == 422
        told = [(error["field"], error["code"]) for error in found["errors"]]
        assert told == [("case_number", "too_long")]


@pytest.mark.parametrize("sign", GROWING)
def test_any_text_as_long_as_it_may_be_is_kept(offices: None, sign: str) -> None:
    person = dict.fromkeys(TEXTS, sign * 300)
    told = {"ref": sign * 64, "operative": sign * 5000, "duplicate": sign * 300}
    data = paper(debtor=person, claimant=person, **told)
    answer = Caller().send(data)
    assert answer.status_code == 201, answer.content


def test_what_is_searched_for_may_be_of_any_length(offices: None) -> None:
    desk = Desk(raise_request_exception=False)
    desk.force_login(user("bailiff.ala"))
    for sign in GROWING:
        assert desk.post("/search", {"q": sign * 5000}, follow=True).status_code == 200
