"""A sanction's number is given once a year by the prosecutor's office."""

from typing import Final

from accounts.models import Office
from accounts.queries import supervising
from documents.issuing import next_number
from enforcement.core.act import Act
from enforcement.core.step import one_at_a_time
from enforcement.models import Measure
from law.refusal import Fact, FieldError, Kind, Refusal
from parties.spelling import number_key

#: One sign of a number can stand for several in its key.
LONGEST_KEY: Final = 200


def number_it(act: Act[Measure], told: str) -> str:
    """The number told, or the next of the office's register; a Refusal for one that it gave.

    A register begins anew every year, so that a number may come again in another one.
    """
    office = supervising(act.by, act.case.office_id, on=act.on)
    one_at_a_time(f"sanctions of {office.pk} in {act.on.year}")
    number = told or _next(act, office)
    if told and _given(act, office, told):
        facts = (Fact("ref", told, f"≠ {told}"),)
        rule = act.law.rule_of(act.verb.name)
        errors = (FieldError("number", "number_taken"),)
        raise Refusal(
            "sanction_number_taken", kind=Kind.STATE, rule=rule, facts=facts, errors=errors
        )
    act.subject.sanctioned_in, act.subject.sanction_key = office, _key(number)
    return number


def _next(act: Act[Measure], office: Office) -> str:
    """The next number that nobody wrote by hand before."""
    while True:
        number = f"{next_number(office, 'sanction', year=act.on.year)}/{act.on.year}"
        if not _given(act, office, number):
            return number


def _given(act: Act[Measure], office: Office, number: str) -> bool:
    year = act.on.year
    own = Measure.objects.filter(sanctioned_in=office, decided_on__year=year)
    return own.filter(sanction_key=_key(number)).exists()


def _key(number: str) -> str:
    """The number however it was written."""
    return (number_key(number) or number.casefold())[:LONGEST_KEY]
