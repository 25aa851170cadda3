"""Which cases fit what was typed: exact hits first, then those with one letter wrong."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from django.db.models import Case as Choice
from django.db.models import Min, Q, QuerySet, Value, When

from accounts.models import User
from enforcement.facts.access import visible_to
from enforcement.facts.pagination import PAGE
from enforcement.models import Case
from parties.search_keys import LOOK_ALIKES, look, may_be_wrong, once_wrong, readings, sound, words
from parties.spelling import number_key

#: How a typed word may stand in the key of a name, the best first: whole, as a beginning, inside.
WHOLE, BEGINNING, INSIDE = " {} ", " {}", "{}"
#: From how many letters on a word is looked for inside another; initials only begin one.
LEAST_INSIDE: Final = 3
#: Of how many digits an identifier is.
IDENTIFIER: Final = 12
#: A part of a court's number: several groups of digits.
_PART: Final = re.compile(r"(?=.{4})\d+(-\d+)+")
#: The last group of it, by which people know a case of their court.
_END: Final = re.compile(r"\d{3,9}")
#: What people write before an identifier.
LABELS: Final = frozenset(map(look, ("иин", "жсн", "бин", "бсн", "iin", "bin", "jsn", "bsn")))
#: Numbers of a case, of a paper, and either without its year, as the words they are.
_CASE: Final = re.compile(r"(?:([a-z ]+?) ?)?(\d{4}) 0*(\d{1,9})")
_PAPER: Final = re.compile(r"0*(\d{1,9}) (\d{4})")
_ALONE: Final = re.compile(r"0*(\d{1,9})")
_TO_LATIN: Final = str.maketrans(*reversed(LOOK_ALIKES))
NEWEST: Final = ("-opened_on", "-number", "pk")
NAMES: Final = "presentations__participants__party__wordings__"
#: Those in whose place a successor came.
FORMER: Final = "presentations__participants__successions__party__wordings__"


def cases_of(user: User, text: str, *, today: date) -> list[Case]:
    """The cases the user sees that fit what was typed, the best first; a page at most."""
    seen = visible_to(user, on=today)
    found: dict[Any, None] = {}
    for way, final in _ways(seen, text):
        found |= dict.fromkeys(way.values_list("pk", flat=True)[:PAGE])
        if len(found) >= PAGE or (final and found):
            break
    read = Case.objects.select_related("office", "stream").in_bulk(list(found)[:PAGE])
    return [read[key] for key in found if key in read]


def _ways(seen: QuerySet[Case], text: str) -> Iterator[tuple[QuerySet[Case], bool]]:
    """One search after another, and whether nothing else can be meant where it finds something:
    by numbers, by names and identifiers, by names typed wrong."""
    if any(sign.isdigit() for sign in text):
        for numbered, final in _by_number(text):
            yield seen.filter(numbered).order_by(*NEWEST).distinct(), final
    typed = _typed(text)
    if typed:
        yield _ranked(seen, typed), False
        yield seen.filter(_of_former(typed)).order_by(*NEWEST).distinct(), False
    if any(map(_wrong, typed)):
        near = Q()
        for word in typed:
            near &= _stands(word, BEGINNING) | _wrong(word)
        yield seen.filter(near).order_by(*NEWEST).distinct(), False


def _by_number(text: str) -> Iterator[tuple[Q, bool]]:
    """By a case's number, the number of a paper, the court's number."""
    plain = " ".join(words(text)).translate(_TO_LATIN)
    if told := _CASE.fullmatch(plain):
        code, year, number = told.groups()
        office = Q(office__code__iexact=code.replace(" ", "-")) if code else Q()
        yield Q(year=int(year), number=int(number)) & office, bool(code)
    if told := _ALONE.fullmatch(plain):
        yield Q(number=int(told[1])), False
        yield Q(stream__entries__papers__number=int(told[1])), False
    if told := _PAPER.fullmatch(plain):
        papers = "stream__entries__papers__"
        yield Q((f"{papers}number", int(told[1])), (f"{papers}year", int(told[2]))), False
    court = number_key(text)
    yield Q(presentations__document__case_key=court), not court.isdigit()
    if _END.fullmatch(court):
        yield Q(presentations__document__case_key__endswith=f"-{court}"), False
    if _PART.fullmatch(court):
        yield Q(presentations__document__case_key__contains=court), False


def _typed(text: str) -> list[str]:
    """The words typed; digits in groups are one identifier."""
    found = [word for word in words(text) if readings(word) and look(word) not in LABELS]
    if all(word.isdigit() for word in found):
        one = "".join(found)
        return [one] * (0 < len(one) <= IDENTIFIER)
    return found


def _stands(word: str, way: str) -> Q:
    """Where a key holds the word so, as it looks or as it sounds."""
    found = Q()
    for reading in sorted(readings(word)):
        inside = len(reading) >= LEAST_INSIDE and not reading.isdigit()
        told = BEGINNING if way is INSIDE and not inside else way
        found |= Q((f"{NAMES}key__contains", told.format(reading)))
    return found


def _of_former(typed: Sequence[str]) -> Q:
    """Where somebody who was replaced has all the words in one wording."""
    found = Q()
    for word in typed:
        either = Q()
        for reading in sorted(readings(word)):
            either |= Q((f"{FORMER}key__contains", BEGINNING.format(reading)))
        found &= either
    return found


def _all_stand(typed: Sequence[str], way: str) -> Q:
    found = Q()
    for word in typed:
        found &= _stands(word, way)
    return found


def _ranked(seen: QuerySet[Case], typed: Sequence[str]) -> QuerySet[Case]:
    """Cases whose people have all the words in one wording, whole words before parts of them."""
    best = (When(_all_stand(typed, way), then=Value(n)) for n, way in enumerate((WHOLE, BEGINNING)))
    fitting = seen.filter(_all_stand(typed, INSIDE))
    ranked = fitting.annotate(rank=Min(Choice(*best, default=Value(2))))
    return ranked.order_by("rank", *NEWEST)


def _wrong(word: str) -> Q:
    """Where a name has the word with one letter wrong; nothing for what is too short."""
    heard = sound(word)
    if not may_be_wrong(heard):
        return Q()
    return Q((f"{NAMES}near__overlap", sorted(once_wrong(heard))))
