"""The law's words in templates, in the reader's language."""

from datetime import date
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from enforcement.serializers.words import tenge
from law.model import UnknownRule, Words
from law.statute import DEFAULT_RULE_SET, statute

register = template.Library()
register.filter(tenge)


def reading() -> str:
    """The language the page is read in."""
    return (get_language() or "kk")[:2]


def article_words(rule_id: str, language: str) -> str:
    """«11-бап», «ст. 11», "Art. 11"; empty for a rule without an article."""
    article = statute(DEFAULT_RULE_SET).rule(rule_id).article
    if not article:
        return ""
    return {"kk": f"{article}-бап", "ru": f"ст. {article}"}.get(language, f"Art. {article}")


@register.filter
def law_title(rule_id: str) -> str:
    """A rule's short term."""
    try:
        return statute().rule(rule_id).title.in_(reading())
    except UnknownRule:
        return rule_id


@register.filter
def law_text(rule_id: str) -> str:
    """A rule in one or two sentences."""
    return statute().rule(rule_id).text.in_(reading())


@register.filter
def law_article(rule_id: str) -> str:
    """A rule's article in words."""
    return article_words(rule_id, reading())


@register.filter
def word(key: Any, name: str) -> str:
    """One word of a list of the law: `{{ state|word:"states" }}`."""
    if name in ("steps", "past"):
        step = statute().steps.get(str(key))
        return getattr(step, "title" if name == "steps" else "past").in_(reading()) if step else ""
    found: Words = statute().word(name, str(key))
    return found.in_(reading())


@register.filter
def day_words(text: str) -> str:
    """A fact of a refusal that is a day, or a bound such as `<= 2026-03-10`, in words."""
    bound, _space, day = text.rpartition(" ")
    try:
        written = date_format(date.fromisoformat(day), "SHORT_DATE_FORMAT")
    except ValueError:
        return text
    if bound == "<=":
        return _("%(day)s or earlier") % {"day": written}
    return _("%(day)s or later") % {"day": written} if bound == ">=" else written


@register.simple_tag
def rule(rule_id: str) -> SafeString:
    """A chip that names the rule and its article and holds its text."""
    article = law_article(rule_id)
    return format_html(
        '<span class="rule" data-rule="{}" title="{}">{}{}</span>',
        rule_id,
        law_text(rule_id),
        law_title(rule_id),
        f" · {article}" if article else "",
    )
