"""Who conducts a case: since when, and his declaration that he has no interest in its outcome."""

from collections.abc import Iterator
from typing import Any, Final

from django.db.models import (
    Case as Either,
)
from django.db.models import Exists, JSONField, OuterRef, QuerySet, Subquery, TextField, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.queries import holders
from enforcement.core.act import Act, keep_evidence
from enforcement.core.card import Annulled, Line
from enforcement.core.facts import Facts
from enforcement.core.fields import Option, Text, Thing
from enforcement.core.roles import BAILIFFS, SENIORS
from enforcement.core.verb import verb
from enforcement.core.waiting import recused
from enforcement.facts.balance import annulling
from enforcement.models import Case, Presentation
from journal.models import Entry
from law.refusal import Fact, FieldError, Kind, Refusal

#: The line by which the case gets its bailiff.
ASSIGNED: Final = "bailiff_assigned"
#: The line by which he who began a proceeding conducts it, until another is assigned.
BEGUN: Final = "initiated"
ASSIGNMENT: Final = Line(ASSIGNED, Annulled.ANY, looked_over=False)


def conductor() -> Subquery:
    """The key of who conducts a case, inside a query of cases: to whom it was assigned last, or who
    began on it."""
    lines = Entry.objects.filter(stream=OuterRef("stream"), kind__in=(ASSIGNED, BEGUN))
    named = KeyTextTransform("bailiff", Cast("body", JSONField()))
    given = When(kind=ASSIGNED, then=named)
    told = lines.exclude(Exists(annulling())).annotate(
        first=Either(When(kind=ASSIGNED, then=Value(0)), default=Value(1)),
        who=Either(given, default=Cast("by_id", TextField()), output_field=TextField()),
    )
    return Subquery(told.order_by("first", "-seq").values("who")[:1])


def conducted(cases: QuerySet[Case], user: User) -> QuerySet[Case]:
    """Those of the cases that the person conducts."""
    return cases.annotate(conductor=conductor()).filter(conductor=str(user.pk))


def bailiffs(now: Facts, option: Option | None) -> Iterator[tuple[User, str]]:
    """Who can conduct the case: the bailiffs of its office but those recused, or challenged now."""
    gone = recused(now) | {str(getattr(now.thing, "concerned_id", ""))}
    for user in holders(now.thing.case.office_id, BAILIFFS, on=now.on):
        if str(user.pk) not in gone:
            yield user, user.full_name


def by_login(now: Facts, text: str) -> User | None:
    """One of them as a command names him."""
    return next((user for user, _name in bailiffs(now, None) if user.login == text), None)


def refuse_unfit_successor(
    act: Act[Any], concerned: Any, successor: User | None, declared: str
) -> None:
    """422 where nobody is named, he is recused himself, or he declared nothing (RECUSE-SELF-01)."""
    errors = [] if successor else [FieldError("successor", "required")]
    errors += [] if declared else [FieldError("declared", "required")]
    if errors:
        raise Refusal("evidence_missing", errors=tuple(errors))
    assert successor is not None
    if successor.pk == concerned or str(successor.pk) in recused(act.now):
        raise Refusal("recused", errors=(FieldError("successor", "unknown"),))


def record_assignment(
    act: Act[Any], arrival: Presentation, bailiff: User, declared: str, **because: int
) -> Entry:
    """The line by which the case gets its bailiff; `because`: the answer that gave it to him."""
    entry = act.record_birth(arrival, ASSIGNED, bailiff=str(bailiff.pk), **because)
    keep_evidence(entry, {"bailiff": bailiff.full_name, "declared": declared})
    return entry


def _takers(now: Facts, option: Option | None) -> Iterator[tuple[User, str]]:
    """Whom the person who signs can give it to: a bailiff himself, a senior bailiff anybody."""
    for user, name in bailiffs(now, option):
        if user.pk == now.by or SENIORS & set(now.roles):
            yield user, name


@verb(
    on=Presentation,
    by=BAILIFFS,
    icon="info",
    asks=(
        Thing("bailiff", label=_("Who conducts the case"), among=_takers, named=by_login),
        Text("declared", label=_("His declaration that he has no interest in the outcome")),
    ),
    writes=(ASSIGNMENT,),
)
def assign_bailiff(act: Act[Presentation], *, bailiff: User, declared: str) -> Entry:
    """Give the case a bailiff, who declares that he has no interest in it (RECUSE-SELF-01).

    A bailiff takes it himself; to another it is given by the senior bailiff. Nobody conducts a
    case from which he was recused.
    """
    rule = act.law.rule_of(act.verb.name)
    if str(bailiff.pk) in recused(act.now):
        error = FieldError("bailiff", "unknown")
        raise Refusal("recused", kind=Kind.NOT_YOURS, rule=rule, errors=(error,))
    if bailiff.pk != act.by.pk and not SENIORS & set(act.now.roles):
        roles = ", ".join(sorted(act.now.roles))
        fact = Fact("role", roles, ", ".join(sorted(SENIORS)))
        raise Refusal("wrong_role", kind=Kind.NOT_YOURS, rule=rule, facts=(fact,))
    return record_assignment(act, act.subject, bailiff, declared)
