"""Fifty thousand cases for proofs of speed: set-based copies of cases that the verbs made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.apps import apps
from django.db import models

#: What grows with every case, each after what it points to.
GROWING: Final = (
    *(
        "parties_party",
        "parties_address",
        "parties_wording",
        "journal_stream",
        "journal_entry",
        "journal_reading",
    ),
    *("documents_executivedocument", "enforcement_case", "enforcement_presentation"),
    *("enforcement_participant", "enforcement_debt", "enforcement_debt_debtors"),
    *("enforcement_proceeding", "enforcement_suspension", "enforcement_measure"),
    *("enforcement_recovery", "enforcement_refund", "enforcement_assessment"),
    *("enforcement_reversal", "enforcement_transfer"),
    *("deadlines_deadline", "documents_paper", "documents_rendering", "documents_attachment"),
    *("enforcement_evidence", "enforcement_dispatch", "enforcement_outgoing", "exchange_message"),
    *("enforcement_deferral", "enforcement_postponement", "enforcement_item"),
    "enforcement_submission",
    *("enforcement_letter", "enforcement_mark", "enforcement_engagement", "enforcement_succession"),
    *("enforcement_cost", "enforcement_reimbursement"),
)
#: What stays small, or is only ever asked for by its key.
KEPT: Final = {
    *("documents_blob", "documents_register", "enforcement_transition"),
    *("enforcement_reminder", "journal_readingdigest"),
}
#: The apps whose tables hold cases.
OF_CASES: Final = {"parties", "journal", "documents", "deadlines", "exchange", "enforcement"}
#: Above every number the verbs gave, so that copy n of a row gets its number and n times this.
APART: Final = 100_000
KEY: Final = "md5({0}::text || n)::uuid"
NAME: Final = "{0} || ' ' || n"
NUMBER: Final = "{0} || '-' || n"
#: Twelve digits of a party's own, where it has any.
DIGITS: Final = (
    "CASE {0} WHEN '' THEN '' ELSE translate(left(md5({0} || n), 12), 'abcdef', '012345') END"
)
#: `proceeding:<id>` of the copy's own proceeding.
SCOPE: Final = (
    "CASE WHEN length({0}) > 36 THEN split_part({0}, ':', 1) || ':' ||"
    " md5(split_part({0}, ':', 2) || n)::uuid ELSE {0} END"
)
#: What must differ between copies, beside keys.
APIECE: Final = {
    "enforcement_case.number": "{0} + n * 100",
    "documents_paper.number": "{0} + n * 1000",
    "enforcement_presentation.ref": NUMBER,
    "documents_executivedocument.case_number": NUMBER,
    "documents_executivedocument.case_key": NUMBER,
    "parties_party.name_kk": NAME,
    "parties_party.name_ru": NAME,
    "parties_party.iin": DIGITS,
    "parties_party.bin": DIGITS,
    "parties_wording.name_kk": NAME,
    "parties_wording.name_ru": NAME,
    "parties_wording.number": DIGITS,
    "parties_wording.key": f"{NAME} || ' ' || left(md5({{0}} || n), 12) || ' '",
    "deadlines_deadline.scope": SCOPE,
}


def tables() -> dict[str, type[models.Model]]:
    """The growing tables by name, each after what it points to."""
    models_ = apps.get_models(include_auto_created=True)
    found = {model._meta.db_table: model for model in models_}
    own = {name for name, model in found.items() if model._meta.app_label in OF_CASES}
    assert own == {*GROWING, *KEPT}, "a table that grows is copied too"
    return {name: found[name] for name in GROWING}


def columns(model: type[models.Model], *, days: int) -> Iterator[tuple[str, str]]:
    """Each column of a table and what copy `n` has in it; copies begin within so many days."""
    table = model._meta.db_table
    for field in model._meta.local_concrete_fields:
        if field.generated:
            continue
        target: Any = field.related_model
        kept = target is not None and target._meta.db_table not in GROWING
        kind = field.target_field if target else field
        value = APIECE.get(f"{table}.{field.column}", "{0}")
        if not kept and isinstance(kind, models.UUIDField):
            value = KEY
        elif not kept and (target or field.primary_key):
            value = f"{{0}} + n * {APART}::bigint"
        elif isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
            value = f"{{0}} - n %% {days}"
        yield f'"{field.column}"', value.format(f't."{field.column}"')


def copy(cursor: Any, times: int, *, days: int, since: int = 0) -> None:
    """Copy all that grows, or what transactions after `since` wrote, so many times.

    By the owner and past the guards: the copies are no history, only a crowd to be searched. A
    superuser passes by the checks of foreign keys too, which take longer than all the rest.
    """
    cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    if cursor.fetchone()[0]:
        cursor.execute("SET session_replication_role = replica")
    for table, model in tables().items():
        names, values = zip(*columns(model, days=days), strict=True)
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)}"
            f" FROM {table} t, generate_series(1, %s) n"
            " WHERE t.xmin::text::bigint > %s ON CONFLICT DO NOTHING",
            [times, since],
        )
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
