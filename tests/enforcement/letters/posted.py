"""Letters as tests send them, and the step that the case page offers at one."""

from __future__ import annotations

from datetime import date
from html import escape, unescape
from typing import Any
from urllib.parse import parse_qsl, unquote_plus

from django.test import Client

from enforcement.letters import prefill
from enforcement.models import Letter, Proceeding
from law.statute import statute
from tests.course import do, later, now
from tests.desk import Desk
from tests.office import NEXT, user

BANKS = ("BNK-0001", "BNK-0002", "BNK-0003", "BNK-0004", "BNK-0005")
ASKED = {"asked_for": "Шоттар мен олардағы қалдық", "secrecy": "bank"}
LETTERS = statute("lecture").letters
OFFENCES = [each.id for each in LETTERS.values() if each.verb == "draw_protocol"]


def said(kind: str) -> dict[str, str]:
    """What a letter of this kind says."""
    law = statute("lecture")
    return {key: next(iter(law.choices(key)), f"Мысал: {key}") for key in LETTERS[kind].asks}


def sent(proceeding: Proceeding, kind: str, *, on: date = NEXT, **given: Any) -> list[Letter]:
    """Letters of a kind to the first of the directory it goes to, or as told."""
    known = LETTERS[kind]
    told: dict[str, Any] = {"kind": kind, "details": said(kind), **given}
    if "to" not in told and "person" not in told:
        whom = {"police": "POL-0001", "organisation": "ORG-0001", "court": "ALA-BOS"}
        first = next((code for each, code in whom.items() if each in known.to), "")
        told |= {"to": [first]} if first else {"to": [], "person": "Үлгібаев Мысал, көмекші"}
    if known.dated:
        told.setdefault("answer_by", later(3, since=on))
    made = do(proceeding, known.verb, on=on, **told)
    return made if isinstance(made, list) else [made]


def five_banks(proceeding: Proceeding, **given: Any) -> list[Letter]:
    told = {"to": BANKS, "pace": "processing", "details": ASKED, **given}
    return sent(proceeding, "information", **told)


def at_desk(login: str = "bailiff.ala") -> Client:
    client = Desk()
    client.force_login(user(login))
    return client


def shown(letter: Letter, verb: str) -> str:
    """The address of a step as the case page offers it at a letter; empty where it does not."""
    page = at_desk().get(f"/cases/{letter.case_id}").content.decode()
    row = page.partition(f'data-letter="{letter.pk}"')[2].partition("</li>")[0]
    _before, found, after = row.partition(f'data-verb="{verb}"')
    return unescape(after.partition('href="')[2].partition('"')[0]) if found else ""


def holds(letter: Letter, address: str) -> dict[str, str]:
    """What the form at the address holds; the address itself names nobody."""
    path, _query, query = address.partition("?")
    told = dict(parse_qsl(query))
    assert letter.name("kk") not in unquote_plus(address), address
    assert told.pop("follows") == str(letter.pk)
    form = at_desk().get(address).content.decode()
    held = prefill.held(now(letter), path.rpartition("/")[2], statute("lecture"))
    for name, text in held.items():
        assert f'name="{name}"' in form, name
        assert escape(text) in form or text == f"{now(letter).decided_on}", (name, text)
    return held | told
