"""A resolution's facts, and the paper made of them as a stranger opens it."""

import re
from collections import Counter
from datetime import date
from functools import lru_cache

import pytest

from documents.rendering import render
from law.statute import statute
from tests.documents.reading import PaperFile

ON = date(2026, 3, 26)
LANGUAGES = ("kk", "ru")
KINDS = ("return_defective", "refuse_late", "send_on", "postpone", "postponement_notice")
COURT = {
    "kk": "Алматы қаласының Бостандық аудандық соты",
    "ru": "Бостандыкский районный суд города Алматы",
}
OTHER_OFFICE = {
    "kk": "Тараз қаласы бойынша атқару бөлімі",
    "ru": "Отдел исполнения по городу Тараз",
}
BANK = {"kk": "«Үлгі Банкі» АҚ", "ru": "АО «Үлгі Банкі»"}
DEBTOR = {"kk": "Ахметов Серік Болатұлы", "ru": "Ахметов Серик Болатович"}
FACTS = {
    "number": "17/2026",
    "issued_on": "2026-03-26",
    "office": {
        "kk": "Алматы қаласы бойынша атқару бөлімі",
        "ru": "Отдел исполнения по городу Алматы",
    },
    "place": {"kk": "Алматы қаласы", "ru": "город Алматы"},
    "bailiff": "Сейітқазы Әсел Нұрланқызы",
    "bailiff_role": "bailiff",
    "received_on": "2026-03-25",
    "document_kind": "DOC-TYPE-01",
    "issuer": COURT,
    "case_number": "7514-25-00-2/1187",
    "decision_on": "2022-12-15",
    "document_issued_on": "2023-01-20",
    "claimants": [BANK],
    "debtors": [DEBTOR],
    "missing": ["WRIT-CONT-03", "WRIT-CONT-04"],
    "uncured": False,
    "last_day": "2026-01-16",
    "presentation_term": "PRES-3Y",
    "start_rule": "PRES-START-01",
    "start_on": "2023-01-16",
    "right_office": OTHER_OFFICE,
    "due_on": "2026-04-06",
    "addressees": [COURT],
    # What the papers of a proceeding rest on beside that.
    "proceeding_no": "ALA-2026-00017/1",
    "initiated_on": "2026-03-25",
    "initiator": "debtor",
    "circumstance": "Борышкердің үйіне баратын жолды су шайып кеткен",
    "postponed_until": "2026-04-20",
    "approved_by": "Оспанов Ерлан Маратұлы",
    "approver_role": "senior_bailiff",
    "participant": BANK,
}
MONTHS = {
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}
every_paper = pytest.mark.parametrize(
    ("kind", "language"), [(kind, language) for kind in KINDS for language in LANGUAGES]
)
every_kind = pytest.mark.parametrize("kind", KINDS)


def printed(kind: str, language: str, **changes: object) -> bytes:
    """The bytes of a paper made of FACTS with `changes`."""
    facts = {**FACTS, **changes}
    return render(kind, facts=facts, language=language, law=statute("lecture"), on=ON)


def opened(kind: str, language: str, **changes: object) -> PaperFile:
    """The same, opened."""
    return PaperFile(printed(kind, language, **changes))


@lru_cache
def usual(kind: str, language: str) -> PaperFile:
    """The paper of the unchanged FACTS, opened once."""
    return opened(kind, language)


def dates(text: str, language: str) -> Counter[date]:
    """Every date written in `text`, in either language."""
    months = MONTHS[language].split()
    day, name, year = r"(?P<day>\d+)", rf"(?P<name>{'|'.join(months)})", r"(?P<year>\d{4})"
    # Kazakh acts are dated with endings: 1999 жылғы 13 шілдедегі.
    written_so = {"kk": rf"{year} (?:ж\.|жылғы) {day} {name}", "ru": rf"{day} {name} {year} г"}
    found = re.finditer(written_so[language], text)
    return Counter(date(int(m["year"]), months.index(m["name"]) + 1, int(m["day"])) for m in found)
