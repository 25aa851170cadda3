"""Why the verdict on a document is that, in the reader's language."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Office
from enforcement.core.refusals import field_label
from enforcement.core.words import reading
from enforcement.remarks import Remark
from enforcement.verdict import OTHER_TERM
from law.statute import Statute


def reasons(law: Statute, verdict: dict[str, Any]) -> list[dict[str, str]]:
    """Why the verdict is that: its rules with their words, and beside each what is to be looked
    at; a remark without a rule stands alone."""
    about: dict[str, list[str]] = {}
    for remark in verdict.get("remarks", ()):
        about.setdefault(remark["rule"], []).append(_looked_at(law, remark, verdict))
    in_force = law.role("content_in_force")
    if in_force and in_force in verdict.get("missing", ()):
        about.setdefault(in_force, []).append(_("Not yet in force on the day received"))
    named = dict.fromkeys((*verdict.get("rules", ()), *about))
    return [_reason(law, each, about.get(each, [])) for each in named]


def _reason(law: Statute, named: str, about: list[str]) -> dict[str, str]:
    rule = law.rule_or_none(named)
    text = rule.text.in_(reading()) if rule else ""
    return {"rule": rule.id if rule else "", "text": text, "about": "; ".join(filter(None, about))}


def _looked_at(law: Statute, remark: Remark, verdict: Mapping[str, Any]) -> str:
    """A remark in words, with the field it is about; nothing where its rule says it all."""
    day, known = law.list("impossible_days").get(remark["code"]), remarks()
    exactly = f"{remark['code']}.{remark['field']}"
    told = day.in_(reading()) if day else known.get(exactly) or known.get(remark["code"])
    late = (verdict.get("late_payments") or {}).get(remark["field"])
    if told and late:
        told = told % {"day": _day(late)}
    if told and remark["code"] == OTHER_TERM:
        told = told % _other_term(verdict[OTHER_TERM])
    return f"{field_label(remark['field'], law)}: {told}" if told else ""


def _day(text: str) -> str:
    return date_format(date.fromisoformat(text), "SHORT_DATE_FORMAT")


def _other_term(told: Mapping[str, str]) -> dict[str, str]:
    """What was told of the term of another statute, its days as a reader reads them."""
    days = {name: _day(told[name]) for name in ("last_on", "ordinary_last_day")}
    return {"act": f"{told['act']}, {told['article']}", **days}


def remarks() -> dict[str, str]:
    """What is to be looked at, where no rule says it."""
    return {
        "other_name": _("this number came under another name before: is it the same person?"),
        "other_sex": _("the IIN is of a man where the name is a woman's, or the other way round"),
        "claim_in_doubt": _(
            "something was paid of a claim of this decision that is not told here as it was: "
            "compare before it is taken twice"
        ),
        "late_payments": _(
            "the payments owed until %(day)s were out of time when the document came: nobody "
            "demands them"
        ),
        "claim_in_doubt.part": _(
            "another debtor's or claimant's writ of the same decision, or the same claim once "
            "more? Name the part where it is a writ of its own; where it is the same claim, leave "
            "it empty: it is set aside"
        ),
        "in_another_part": _(
            "another part of this decision claims the same of the same debtor: compare both with "
            "the operative part before it is executed twice"
        ),
        "place_unknown": _(
            "no office has this place in its territory: where the document is to be executed could "
            "not be judged"
        ),
        OTHER_TERM: _(
            "in time only by a term of another statute, as told at intake: %(act)s, until "
            "%(last_on)s; by the ordinary term the last day was %(ordinary_last_day)s. See that "
            "the statute says so"
        ),
        "original_runs": _(
            "execution on the document it replaces goes on at another office: nothing is begun on "
            "it here"
        ),
        "late_in_part": _(
            "out of time: until a court restores the term only the other claims are enforced"
        ),
    }


def shown(law: Statute, verdict: dict[str, Any], *, right: str | None = None) -> dict[str, Any]:
    """A stored verdict for a page: dates as dates, with its reasons in words.

    `right`: the name of the right office, where the reader knows it already.
    """
    days = ("presentation_last_day", "presentation_start", "return_ruling_due")
    dated = {name: date.fromisoformat(verdict[name]) for name in days if name in verdict}
    if "office" in verdict and right is None:
        office = Office.objects.filter(code=verdict["office"]).first()
        right = office.name(reading()) if office else None
    named = {"office_name": right} if right else {}
    if "of_office" in verdict:
        named["of_office_name"] = Office.objects.get(code=verdict["of_office"]).name(reading())
    return {**verdict, **dated, **named, "reasons": reasons(law, verdict)}
