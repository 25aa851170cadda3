"""The directory: issuers of documents and whomever else the office writes to; people add to it."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

import clock
from accounts.models import ADMINISTRATOR, HEAD, REGISTRAR, SENIOR_BAILIFF, Office, User
from accounts.queries import directory as known
from accounts.queries import offices_of
from documents.fields import CONTROL, LONGEST
from enforcement.core.http_status import status_of
from enforcement.core.refusals import field_errors
from enforcement.core.step import one_at_a_time
from enforcement.core.words import reading
from enforcement.intake.receiving import receiving_law
from law.refusal import Fact, FieldError, Kind, Refusal

#: Who enters what the directory lacks.
ADDING: Final = frozenset({REGISTRAR, SENIOR_BAILIFF, HEAD, ADMINISTRATOR})
#: What stands before the number in an issuer's code, by its kind.
ISSUING: Final = {"court": "CRT", "notary": "NOT", "prosecutor": "PRO", "body": "BDY"}
#: Those to whom letters go, beside them.
WRITTEN_TO: Final = {"bank": "BNK", "registry": "REG", "police": "POL", "organisation": "ORG"}
PREFIX: Final = ISSUING | WRITTEN_TO
#: The fields, under the names they have inside the form of a document.
FIELDS: Final = ("new_issuer.kind", "new_issuer.name_kk", "new_issuer.name_ru")


def may_add(user: User) -> bool:
    """Whether the person enters somebody into the directory today."""
    return bool(offices_of(user, ADDING, on=clock.today()))


@transaction.atomic
def add(given: Mapping[str, Any], *, by: User) -> Office:
    """Somebody new with its kind and its names in both languages; one of that name is not made
    twice."""
    if not may_add(by):
        fact = Fact("role", "-", ", ".join(sorted(ADDING)))
        raise Refusal("wrong_role", kind=Kind.NOT_YOURS, facts=(fact,))
    kind, *names = (" ".join(str(given.get(name, "")).split()) for name in FIELDS)
    if errors := tuple(_faults(kind, names)):
        raise Refusal("invalid", errors=errors)
    one_at_a_time("issuers")
    same = known().filter(kind=kind)
    for field, path, name in zip(("name_kk", "name_ru"), FIELDS[1:], names, strict=True):
        if same.filter(**{f"{field}__iexact": name}).exists():
            raise Refusal("invalid", errors=(FieldError(path, "known"),))
    number = Office.objects.filter(code__startswith=PREFIX[kind]).count() + 1
    return Office.objects.create(
        code=f"{PREFIX[kind]}-{number:04d}",
        kind=kind,
        name_kk=names[0],
        name_ru=names[1],
        added_by=by,
        added_at=clock.now(),
    )


def _faults(kind: str, names: list[str]) -> list[FieldError]:
    found = [] if kind in PREFIX else [FieldError(FIELDS[0], "unknown" if kind else "required")]
    for path, name in zip(FIELDS[1:], names, strict=True):
        code = "too_long" if len(name) > LONGEST else "format" if CONTROL.search(name) else ""
        if code or not name:
            found.append(FieldError(path, code or "required"))
    return found


def typed(posted: Mapping[str, Any]) -> dict[str, str]:
    """What was typed of a new issuer, by the names its fields have in a template."""
    return {name.rpartition(".")[2]: str(posted.get(name, "")) for name in FIELDS}


def kinds(among: Collection[str] = ISSUING) -> list[tuple[str, str]]:
    """The kinds of issuers, or of others, with their words."""
    words = receiving_law().list("addressee_kinds")
    return [(code, words[code].in_(reading())) for code in among]


@login_required
def directory(request: HttpRequest) -> HttpResponse:
    """Everybody by kind and name, and a form for one that is missing."""
    assert isinstance(request.user, User)
    if not may_add(request.user):
        raise Http404
    if request.method != "POST":
        return _directory(request)
    try:
        made = add(request.POST, by=request.user)
    except Refusal as refused:
        return _directory(request, refused)
    messages.success(
        request, _("Added to the directory: %(name)s") % {"name": made.name(reading())}
    )
    return redirect("issuers")


def _directory(request: HttpRequest, refused: Refusal | None = None) -> HttpResponse:
    everybody = kinds(PREFIX)
    words = dict(everybody)
    listed = [
        {"code": each.code, "kind": words.get(each.kind, each.kind), "name": each.name(reading())}
        for each in known().order_by("kind", "name_kk")
    ]
    errors = field_errors(refused.errors, receiving_law()) if refused else {}
    context = {"rows": listed, "kinds": everybody, "errors": errors, "typed": typed(request.POST)}
    status = status_of(refused) if refused else 200
    return render(request, "enforcement/intake/issuers.html", context, status=status)
