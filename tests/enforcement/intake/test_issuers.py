"""The directory of issuers is added to by the people of an office, and used at once."""

from __future__ import annotations

from typing import Any, Final

import pytest
from django.test import Client

from accounts.models import ROLES, Office
from enforcement.intake import directory
from law.refusal import Refusal
from tests.office import HOLDERS, paper, receive, user

NOTARY: Final = {
    "new_issuer.kind": "notary",
    "new_issuer.name_kk": "Нотариус Үлгіева Мысал, Алматы",
    "new_issuer.name_ru": "Нотариус Улгиева Мысал, Алматы",
}


def signed_in(login: str) -> Client:
    client = Client()
    client.force_login(user(login))
    return client


@pytest.mark.parametrize("kind", ["notary", "court", "prosecutor", "body"])
def test_a_paper_of_a_new_issuer_is_registered_at_once(offices: None, kind: str) -> None:
    made = directory.add({**NOTARY, "new_issuer.kind": kind}, by=user("registrar.ala"))
    assert (made.kind, made.added_by, made.issues) == (kind, user("registrar.ala"), True)
    arrived = receive(paper(type="DOC-TYPE-08", issuer=made.code), by="registrar.ala")
    assert (arrived.verdict["verdict"], arrived.document.issuer) == ("accept", made)


@pytest.mark.parametrize("role", ROLES)
def test_only_who_registers_leads_or_administers_adds_an_issuer(offices: None, role: str) -> None:
    may = role in ("registrar", "senior_bailiff", "head", "administrator")
    answer = signed_in(HOLDERS[role]).get("/issuers")
    assert answer.status_code == (200 if may else 404)
    if not may:
        with pytest.raises(Refusal, match="wrong_role"):
            directory.add(NOTARY, by=user(HOLDERS[role]))


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"new_issuer.kind": ""}, "new_issuer.kind", "required"),
        ({"new_issuer.kind": "bailiff"}, "new_issuer.kind", "unknown"),
        ({"new_issuer.name_kk": " "}, "new_issuer.name_kk", "required"),
        ({"new_issuer.name_ru": ""}, "new_issuer.name_ru", "required"),
        ({"new_issuer.name_ru": "я" * 301}, "new_issuer.name_ru", "too_long"),
        ({"new_issuer.name_kk": "а\x00б"}, "new_issuer.name_kk", "format"),
    ],
)
def test_an_issuer_has_a_kind_and_both_names(
    offices: None, change: dict[str, str], field: str, code: str
) -> None:
    with pytest.raises(Refusal) as found:
        directory.add({**NOTARY, **change}, by=user("registrar.ala"))
    assert [(error.field, error.code) for error in found.value.errors] == [(field, code)]


def test_one_issuer_is_not_entered_twice(offices: None) -> None:
    first = directory.add(NOTARY, by=user("registrar.ala"))
    again: dict[str, Any] = {**NOTARY, "new_issuer.name_kk": "  нотариус үлгіева мысал,  алматы"}
    with pytest.raises(Refusal) as found:
        directory.add(again, by=user("senior.ala"))
    assert {error.code for error in found.value.errors} == {"known"}
    other = directory.add({**NOTARY, "new_issuer.kind": "body"}, by=user("senior.ala"))
    assert (first.code, other.code) == ("NOT-0001", "BDY-0001")


def test_the_form_of_a_document_takes_a_new_issuer_and_keeps_what_was_typed(offices: None) -> None:
    client = signed_in("registrar.ala")
    posted = {
        **NOTARY,
        "type": "DOC-TYPE-08",
        "office": "ALA",
        "case_number": "77",
        "add_issuer": "1",
    }
    text = client.post("/intake", posted).content.decode()
    assert '<option value="NOT-0001" selected>' in text
    assert 'value="77"' in text
    refused = client.post("/intake", {**posted, "new_issuer.name_kk": ""})
    assert refused.status_code == 422
    assert Office.objects.filter(kind="notary").count() == 1
    clerk = signed_in("clerk").post("/intake", posted)
    assert clerk.status_code == 403
