"""The fields of an intake as its form shows them: each with its words, what stands, its kind."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Office
from accounts.queries import issuers
from documents.fields import Code, Day, Field, Flag, Sum, Text
from enforcement.core.facts import Facts
from enforcement.core.fields import Asked, Option
from enforcement.core.fields import Field as AskedField
from enforcement.core.form_fields import DayField
from enforcement.core.labels import path_label
from enforcement.core.words import reading, tenge
from enforcement.people import paths
from law.refusal import FieldError, Refusal
from law.statute import Statute

#: A text this long is typed in several lines.
MANY: Final = 1000


@dataclass(frozen=True, kw_only=True)
class Values(AskedField):
    """The single values of an arrival by their paths, those that are told; the others stay."""

    partly: bool = True

    def drawn(self, now: Facts, option: Option | None) -> dict[str, forms.Field]:
        """A field for each value, with what stands there; those of the document itself first."""
        stands, found = paths.values(now.thing.handed_in or {}), {}
        for path, text in sorted(stands.items(), key=lambda each: bool(paths.group_of(each[0]))):
            found[f"{self.name}.{path}"] = field = _drawn(now.law, path, text)
            # It shows what stands, and may be empty: nothing is asked.
            vars(field)["stands"] = True
        return found

    def titles(self, now: Facts) -> dict[str, str]:
        """What the party, claim or part is called that a value is of."""
        groups = filter(None, map(paths.group_of, paths.values(now.thing.handed_in or {})))
        named = {f"{self.name}.{each}": path_label(now.law, each, reading()) for each in groups}
        return {self.name: _("Document"), **named}

    def accept(self, value: Any, now: Facts, given: Asked) -> dict[str, str]:
        """What is typed at each path; a Refusal names what is no path of this arrival."""
        told = value or {}
        known = paths.values(now.thing.handed_in or {})
        unknown = sorted(set(told) - set(known))
        if unknown:
            errors = tuple(FieldError(f"{self.name}.{each}", "unknown_field") for each in unknown)
            raise Refusal("invalid", errors=errors)
        return {path: paths.said(text) for path, text in told.items()}


def _drawn(law: Statute, path: str, stands: str) -> forms.Field:
    """The field in which a value is typed."""
    field = paths.field_at(path)
    told: dict[str, Any] = {"label": _name(law, path), "required": False}
    if isinstance(field, Day):
        return DayField(initial=stands, **told)
    if isinstance(field, Flag):
        return forms.ChoiceField(choices=[("1", _("yes")), ("", _("no"))], initial=stands, **told)
    if isinstance(field, Sum):
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
        return forms.CharField(initial=_sum(stands), widget=widget, **told)
    if isinstance(field, Code):
        known = list(_codes(law, field).items())
        known += [(stands, stands)] * (stands not in dict(known))
        return forms.ChoiceField(
            choices=[("", "—"), *((k, v) for k, v in known if k)], initial=stands, **told
        )
    longest = field.longest if isinstance(field, Text) else MANY
    rows = forms.Textarea(attrs={"rows": 3}) if longest > MANY else None
    return forms.CharField(initial=stands, max_length=longest, widget=rows, **told)


def _name(law: Statute, path: str) -> str:
    """What the value is called under the title of its group."""
    return path_label(law, path, reading()).rpartition(" › ")[2]


def _sum(stands: str) -> str:
    """A sum as it is typed, such as 1 900 659,00."""
    with suppress(ArithmeticError):
        return tenge(Decimal(stands)).rpartition("\u00a0")[0].replace("\u00a0", " ")
    return stands


def _codes(law: Statute, field: Code) -> dict[str, str]:
    """The codes of a list with their words."""
    language = reading()
    if field.of == "issuers":
        return {office.code: office.name(language) for office in issuers()}
    if field.of == "types":
        return {kind.rule.id: kind.rule.title.in_(language) for kind in law.kinds()}
    if field.of == ("kk", "ru"):
        return {"kk": _("Kazakh"), "ru": _("Russian")}
    if isinstance(field.of, tuple):
        return {}
    return {code: words.in_(language) for code, words in law.list(field.of).items()}


def shown(
    law: Statute, path: str, stands: str, *, offices: Mapping[str, Office] | None = None
) -> str:
    """A value in the reader's words: days, sums, codes and flags; `offices`: by their codes, where
    they were read before."""
    known = _known(path)
    if isinstance(known, Flag):
        return _("yes") if paths.read(path, stands) is True else _("no")
    with suppress(ValueError, ArithmeticError):
        if isinstance(known, Day) and stands:
            return date_format(date.fromisoformat(stands), "SHORT_DATE_FORMAT")
        if isinstance(known, Sum) and stands:
            return tenge(Decimal(paths.said(paths.read(path, stands))))
    if isinstance(known, Code) and known.of == "issuers":
        known_ = offices if offices is not None else {each.code: each for each in issuers()}
        found = known_.get(stands)
        return found.name(reading()) if found else stands
    return _codes(law, known).get(stands, stands) if isinstance(known, Code) else stands


def _known(path: str) -> Field | None:
    """How the value at a path is read; None of a contact, which no document tells."""
    with suppress(KeyError):
        return paths.field_at(path)
    return None
