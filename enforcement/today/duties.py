"""The rows of the day's lists: what is due, silent or waits, and the next lawful step of each."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Concat, JSONObject
from django.urls import reverse

from deadlines.models import Deadline
from enforcement.core.card import writing
from enforcement.core.law_in_templates import Spoken
from enforcement.core.next_step import answering, next_of
from enforcement.core.waiting import ANSWERED, CHECK, FILE_RETURNED
from enforcement.facts.proceeding import Running
from enforcement.facts.queries import running
from enforcement.lifecycle.presentation import RECEIVED
from enforcement.lifecycle.proceeding import OPEN
from enforcement.models import Case as File
from enforcement.models import (
    Engagement,
    Letter,
    Measure,
    Participant,
    Presentation,
    Proceeding,
    Submission,
)
from law.statute import RULE_SETS, Statute, statute

Row = dict[str, Any]
#: Which line a measure waits for; of a requested one it is the prosecutor's.
BY_BAILIFF: Final = {"sanctioned": "freeze_served", "served": "bank_answered"}

#: The lines by which a debtor is freed of what is live though he owes nothing.
FREES: Final = ("terminated", "measure_lifted")


def duty_rules() -> list[str]:
    """The terms in which the office owes something, in whichever rule set."""
    terms = (term for name in RULE_SETS for term in statute(name).terms())
    return sorted({term.id for term in terms if term.duty})


def debtor_of(presentation: str) -> Subquery:
    """The first debtor of a presentation: {kk, ru}."""
    people = Participant.objects.filter(presentation=OuterRef(presentation), role="debtor")
    return Subquery(
        people.order_by("position").values(told=JSONObject(kk="name_kk", ru="name_ru"))[:1]
    )


def debtor_named(told: Mapping[str, str] | None, language: str) -> str:
    """The debtor's name in the reader's language."""
    return (told or {}).get("ru" if language.startswith("ru") else "kk", "")


def _scope(kind: str) -> Concat:
    return Concat(Value(f"{kind}:"), Cast("id", TextField()), output_field=TextField())


#: Whether a row is the one that the scope of a term names.
NAMED: Final = Case(
    When(tag=OuterRef("scope"), then=Value(True)),
    default=Value(False),
    output_field=BooleanField(),
)


def with_facts(terms: QuerySet[Deadline]) -> QuerySet[Deadline]:
    """Terms with `running`, their proceeding as it stands, and `waiting`, their arrival."""
    proceedings = (
        Proceeding.objects.filter(case__stream=OuterRef("stream"))
        .annotate(tag=_scope("proceeding"), named=NAMED)
        .order_by("-named", F("ended_on").asc(nulls_first=True), "ordinal")
    )
    arrivals = (
        Presentation.objects.filter(case__stream=OuterRef("stream"))
        .annotate(tag=_scope("presentation"), named=NAMED)
        .order_by("-named", "-ordinal")
    )
    told = JSONObject(state="state", verdict=KT("verdict__verdict"), debtor=debtor_of("pk"))
    return terms.annotate(
        running=Subquery(proceedings.values(told=running())[:1]),
        waiting=Subquery(arrivals.values(told=told)[:1]),
    )


def still_owed(terms: QuerySet[Deadline]) -> QuerySet[Deadline]:
    """Terms whose proceeding or arrival is still open: the rest nobody can mend any more."""
    of_stream = Proceeding.objects.filter(case__stream=OuterRef("stream"), state__in=OPEN)
    own = of_stream.annotate(tag=_scope("proceeding")).filter(tag=OuterRef("scope"))
    waiting = Presentation.objects.filter(case__stream=OuterRef("stream"), state=RECEIVED)
    of_arrival = ~Q(scope__startswith="proceeding:")
    return terms.filter(Q(Exists(own)) | (of_arrival & (Q(Exists(of_stream)) | Q(Exists(waiting)))))


def step_of(case_id: UUID, told: Mapping[str, Any] | None, law: Statute, *, on: date) -> Row | None:
    """The next step of a proceeding as a list read it; None where there is none."""
    return next_of(Running.of(told), law=law, on=on, case_id=case_id) if told else None


def duty(deadline: Deadline, today: date, language: str) -> Row:
    """A duty of the day: case, debtor, term, days left, the next step."""
    row: Any = deadline
    case, law = row.stream.case, statute(row.stream.rule_set)
    own = deadline.scope.startswith("presentation:")
    decides = own and row.waiting and row.waiting["state"] == RECEIVED
    if decides:
        step = answering(case.pk, row.waiting["verdict"], law, today)
    else:
        step = step_of(case.pk, row.running, law, on=today)
    return {
        **_about(case, law),
        "debtor": debtor_named(row.waiting["debtor"] if decides else row.running, language),
        "rule": deadline.rule,
        "due_on": deadline.due_on,
        "safe_on": deadline.safe_on,
        # A term that ran out is a duty still: what counts is how many days ago.
        "status": "running",
        "days_left": (deadline.due_on - today).days if deadline.due_on else None,
        "ledger_url": reverse("ledger", args=[case.pk, deadline.pk]),
        "step": step,
    }


def _about(case: File, law: Statute) -> Row:
    """What every row says of its case."""
    return {"case_id": case.pk, "number": case.label, "law": Spoken(law)}


def silence(proceeding: Proceeding, language: str, *, today: date) -> Row:
    """A proceeding nobody acted in: since when, and the next step."""
    row: Any = proceeding
    case = proceeding.case
    law = statute(case.stream.rule_set)
    return {
        **_about(case, law),
        "debtor": debtor_named(row.running, language),
        "since": case.last_act_on,
        "step": step_of(case.pk, row.running, law, on=today),
    }


def surplus(proceeding: Proceeding, language: str, *, today: date) -> Row:
    """A proceeding through which more came than is claimed: how much, since when, and the step
    that gives it back."""
    row: Any = proceeding
    case, now = proceeding.case, Running.of(row.running)
    law = statute(case.stream.rule_set)
    back = [writing("surplus_returned").name]
    return {
        **_about(case, law),
        "debtor": now.name(language),
        "since": row.surplus_since,
        "surplus": row.surplus,
        "step": next_of(now, law=law, on=today, case_id=case.pk, among=back),
    }


def needless(proceeding: Proceeding, language: str, *, today: date) -> Row:
    """A proceeding in which something is live though nothing is owed: what, since when, and the
    step that frees the debtor."""
    row: Any = proceeding
    case, now = proceeding.case, Running.of(row.running)
    law = statute(case.stream.rule_set)
    frees = [writing(line).name for line in FREES]
    return {
        **_about(case, law),
        "debtor": now.name(language),
        "since": row.free_since,
        "live": now.live,
        "step": next_of(now, law=law, on=today, case_id=case.pk, among=frees),
    }


def awaiting(measure: Measure, language: str) -> Row:
    """A measure that waits on others, and the step it waits for where that is the bailiff's."""
    case, line = measure.case, BY_BAILIFF.get(measure.state, "")
    verb = writing(line).name if line else ""
    address = reverse("step", args=[case.pk, verb]) if verb else ""
    return {
        **_about(case, statute(case.stream.rule_set)),
        "debtor": measure.proceeding.debtor.name(language),
        "measure": measure,
        "step": {"verb": verb, "url": f"{address}?measure={measure.pk}"} if verb else None,
    }


def authority(engagement: Engagement, language: str) -> Row:
    """Somebody whose authority ends or is over, and the step that writes that he left."""
    case = engagement.presentation.case
    verb = writing("engagement_ended").name
    address = reverse("step", args=[case.pk, verb])
    return {
        **_about(case, statute(case.stream.rule_set)),
        "debtor": debtor_named(vars(engagement)["debtor"], language),
        "on": engagement.lasts_until,
        "about": engagement.name,
        "step": {"verb": verb, "url": f"{address}?engagement={engagement.pk}"},
    }


def asking(asked: Submission, language: str) -> Row:
    """What waits for an answer: whose, about what, who decides, the step that answers it."""
    case, law = asked.case, statute(asked.case.stream.rule_set)
    kind = law.submissions[asked.kind]
    verb = writing(FILE_RETURNED if kind.of == CHECK else ANSWERED).name
    address = reverse("step", args=[case.pk, verb])
    told: Any = asked
    office = asked.supervisor.name(language) if asked.supervisor else ""
    lodged = told.then[language] or office
    return {
        **_about(case, law),
        "debtor": lodged or (asked.concerned.full_name if asked.concerned else ""),
        "received_on": asked.received_on,
        "answer_by": asked.answer_by,
        "kind": kind,
        "step": {"verb": verb, "url": f"{address}?{asked.MACHINE}={asked.pk}"},
    }


def replying(letter: Letter, *, language: str, today: date) -> Row:
    """A letter that waits for its reply: of whom what was asked; once it is late, the step that
    says so."""
    told: Any = letter
    case, law = letter.case, statute(letter.case.stream.rule_set)
    late = told.due is not None and told.due < today
    verb = writing("letter_unmet" if late else "reply_received").name
    address = reverse("step", args=[case.pk, verb])
    kind = law.letters[letter.kind].title.in_(language)
    return {
        **_about(case, law),
        "debtor": letter.proceeding.debtor.name(language),
        "about": f"{kind}: {told.then[language] or letter.name(language)}",
        "late": late,
        "due": told.due,
        "sent_on": letter.sent_on,
        "step": {"verb": verb, "url": f"{address}?{Letter.MACHINE}={letter.pk}"},
    }


def arriving(arrival: Presentation, language: str, *, today: date) -> Row:
    """A document that waits for a decision, and the step that answers its verdict."""
    row: Any = arrival
    law = statute(arrival.case.stream.rule_set)
    return {
        **_about(arrival.case, law),
        "debtor": debtor_named(row.debtor, language),
        "received_on": arrival.received_on,
        "verdict": arrival.verdict,
        "step": answering(arrival.case_id, arrival.verdict["verdict"], law, today),
    }
