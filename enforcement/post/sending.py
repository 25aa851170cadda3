"""Outgoing post: papers that wait to be sent, until when, the register of what left."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.queries import offices_of
from deadlines.calculator import reckon
from documents.models import Paper
from enforcement.core.card import Line
from enforcement.core.checks import Head
from enforcement.core.fields import bounded, refuse_unknown
from enforcement.core.roles import BAILIFFS
from enforcement.core.step import locked, on_case
from enforcement.core.verb import verb
from enforcement.core.words import reading
from enforcement.facts.access import visible_to
from enforcement.facts.engaged import Engaged
from enforcement.facts.pagination import page
from enforcement.models import Dispatch, Outgoing
from enforcement.post.readdressing import Successors
from journal import actions as journal
from journal.models import Entry
from law.model import Term
from law.refusal import FieldError, Refusal
from law.statute import RULE_SETS, Statute, statute
from law.workdays import calendar

ONE: Final = timedelta(days=1)


@verb(on=Paper, by=BAILIFFS, writes=(Line("dispatched"),), listed=False)
def dispatch(
    paper: Paper,
    *,
    to: Collection[str] = (),
    addressee: str = "",
    channel: str,
    proof: str,
    on: date,
    by: User,
    head: Head | None = None,
) -> Entry:
    """Record that a paper left, with one proof of sending (TERM-SEND-1D, Q18).

    `to`: keys of the paper's own addressees; `addressee`: anybody beside them. Sending again to
    the same is another record.
    """
    case = locked(paper.entry.stream.case.pk, by=by)
    with on_case(dispatch, case, office_id=case.office_id, on=on, by=by, head=head) as law:
        refuse_unknown(law, channel, "channels_of_delivery", "channel")
        addressee, proof = bounded("addressee", addressee, 300), bounded("proof", proof, 300)
        keys = _keys(paper, to)
        for name, given in (("addressee", keys or addressee), ("proof", proof)):
            if not given:
                raise Refusal("evidence_missing", errors=(FieldError(name, "required"),))
        body = {"paper": str(paper.pk), "number": paper.label, "channel": channel, "to": keys}
        entry = journal.record(case.stream, "dispatched", on=on, by=by, body=body)
        sent: dict[str, Any] = {
            "to": keys,
            "addressee": addressee,
            "channel": channel,
            "proof": proof,
        }
        goes_to = Successors.among([paper]).goes_to(paper, on)
        sent["instead"] = {key: told for key, told in goes_to.items() if key in keys}
        Dispatch.objects.create(paper=paper, entry=entry, sent_on=on, **sent)
        return entry


def _keys(paper: Paper, to: Collection[str]) -> list[str]:
    """The keys in the paper's order; 422 for one that is no addressee of it."""
    known = [each["key"] for each in paper.addressees]
    if set(to) - set(known):
        raise Refusal("invalid", errors=(FieldError("addressee", "unknown"),))
    return [key for key in known if key in to]


def may_post(user: User, *, today: date) -> list[Any]:
    """The offices whose post the user sends."""
    return offices_of(user, dispatch.card.by, on=today)


def send_by(law: Statute, kind: str, issued_on: date) -> date | None:
    """The last day to send a paper of this kind; None where the law names none (TERM-SEND-1D)."""
    term = _term(law, issued_on)
    return _last_day(term, issued_on) if term and kind in term.papers else None


def _term(law: Statute, issued_on: date) -> Term | None:
    """How long a paper may wait, and which kinds of papers."""
    rule = law.role("sending_term")
    return law.term(rule, on=issued_on) if rule else None


def _last_day(term: Term, issued_on: date) -> date:
    due = reckon(term, starts_on=issued_on, calendar=calendar(), explain=False).due_on
    assert due is not None
    return due


def waiting(offices: Collection[Any]) -> QuerySet[Outgoing]:
    """Papers that somebody still waits for."""
    return Outgoing.objects.filter(office__in=offices)


def late(offices: Collection[Any], *, today: date) -> QuerySet[Outgoing]:
    """Those of them whose last day to send is over, each by the rule set it was issued under."""
    over = (_late_under(statute(name), today) for name in RULE_SETS)
    return waiting(offices).filter(reduce(or_, over))


def _late_under(law: Statute, today: date) -> Q:
    term, issued = _term(law, today), today
    if term is None:
        return Q(pk__in=())
    while _last_day(term, issued) >= today:
        issued -= ONE
    return Q(paper__rule_set=law.name, kind__in=term.papers, issued_on__lte=issued)


def unsent(offices: Collection[Any], *, after: str = "") -> tuple[list[Outgoing], str]:
    """A page of papers that somebody waits for, the oldest first, and the next page's cursor."""
    found = waiting(offices).select_related("paper__entry__stream__case__office")
    return page(found, "issued_on", "paper_id", after=after)


def register(offices: Collection[Any], *, before: str = "") -> tuple[list[Dispatch], str]:
    """A page of the register, the newest first, and the cursor of the next page."""
    found = Dispatch.objects.filter(paper__office__in=offices)
    found = found.select_related("paper__entry__stream__case__office", "entry__by")
    return page(found, "-sent_on", "-id", after=before)


def paper_of(user: User, paper_id: str) -> Paper | None:
    """A paper of a case the user sees."""
    try:
        wanted = UUID(paper_id)
    except ValueError:
        return None
    found = Paper.objects.filter(pk=wanted, entry__stream__case__in=visible_to(user))
    return found.select_related("entry__stream__case").first()


def sent_to(paper: Paper, sent: Mapping[str, Any], agents: Iterable[Engaged], *, on: date) -> str:
    """Whom one sending of a paper went to: of those it names, and anybody else."""
    known, instead = list(agents), sent["instead"]
    meant = (each for each in paper.addressees if each["key"] in sent["to"])
    names = [addressed(instead.get(each["key"], each), known, on=on) for each in meant]
    return "; ".join(filter(None, [*names, sent["addressee"]]))


def addressed(addressee: Mapping[str, str], agents: Iterable[Engaged], *, on: date) -> str:
    """An addressee in the reader's language, with those of the representatives named on the paper
    who get it for him on that day: whose authority ended gets nothing more (REP-02)."""
    name = addressee["ru" if reading() == "ru" else "kk"]
    serving = {each.name for each in agents if not each.over(on)}
    named = [each for each in addressee.get("through", "").split("; ") if each in serving]
    told = {"name": name, "agents": "; ".join(named)}
    return _("%(name)s, through %(agents)s") % told if named else name
