"""The law's words in templates, in the reader's language: asked of the `law` of the case."""

from datetime import date
from typing import Any, Final

from django import template
from django.template import Context
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from enforcement.core.law_in_templates import Listed, Spoken
from enforcement.core.words import reading, tenge
from law.model import Words

register = template.Library()
register.filter(tenge)


@register.filter
def law_title(rule_id: str, law: Spoken) -> str:
    """A rule's short term; the id itself where this rule set has no such rule."""
    rule = law.law.rule_or_none(rule_id)
    return rule.title.in_(reading()) if rule else rule_id


@register.filter
def law_text(rule_id: str, law: Spoken) -> str:
    """A rule in one or two sentences; empty where this rule set has no such rule."""
    rule = law.law.rule_or_none(rule_id)
    return rule.text.in_(reading()) if rule else ""


@register.filter
def law_article(rule_id: str, law: Spoken) -> str:
    """A rule's article in words: «11-бап», «ст. 11», "Art. 11"; empty for one without."""
    rule = law.law.rule_or_none(rule_id)
    article = rule.article if rule else ""
    if not article:
        return ""
    return {"kk": f"{article}-бап", "ru": f"ст. {article}"}.get(reading(), f"Art. {article}")


@register.filter
def role(name: str, law: Spoken) -> str:
    """The rule that plays a part in this rule set; empty where none does."""
    return law.law.role(name)


@register.filter
def word(key: Any, known: Listed) -> str:
    """One word of a list of the law: `{{ state|word:law.states }}`."""
    if known.name == "steps":
        step = known.law.steps.get(str(key))
        return step.title.in_(reading()) if step else ""
    words: Words = known.law.word(known.name, str(key))
    return words.in_(reading())


#: What a fact is that is not there.
NOTHING: Final = "-"


@register.filter
def day_words(text: str) -> str:
    """A fact of a refusal that is a day, or a bound such as `<= 2026-03-10`, in words."""
    if text == NOTHING:
        return "—"
    bound, _space, day = text.rpartition(" ")
    try:
        written = date_format(date.fromisoformat(day), "SHORT_DATE_FORMAT")
    except ValueError:
        return text
    if bound == "<":
        return _("earlier than %(day)s") % {"day": written}
    if bound == "<=":
        return _("%(day)s or earlier") % {"day": written}
    return _("%(day)s or later") % {"day": written} if bound == ">=" else written


@register.simple_tag(takes_context=True)
def rule(context: Context, rule_id: str) -> SafeString:
    """A chip that names the rule and its article and holds its text."""
    law: Spoken = context["law"]
    article = law_article(rule_id, law)
    return format_html(
        '<span class="rule" data-rule="{}" title="{}">{}{}</span>',
        rule_id,
        law_text(rule_id, law),
        law_title(rule_id, law),
        f" · {article}" if article else "",
    )
