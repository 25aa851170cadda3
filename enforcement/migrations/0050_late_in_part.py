"""What of a paper was out of time is not owed: all that came for it is above the claim."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("enforcement.migrations.0046_amended").WITH_INDEXATION
IN_TIME = """AND NOT coalesce(p.verdict -> 'remarks' @> jsonb_build_array(jsonb_build_object(
            'code', 'late_in_part', 'field', 'debts[' || d.position || ']')), FALSE)"""
CHANGES = (
    (
        "FROM enforcement_debt WHERE claim = claimed GROUP BY presentation_id) AS arrival;",
        "FROM enforcement_debt d JOIN enforcement_presentation p ON p.id = d.presentation_id"
        f" WHERE d.claim = claimed {IN_TIME} GROUP BY presentation_id) AS arrival;",
    ),
    (
        "JOIN enforcement_assessment a ON a.debt_id = d.id",
        "JOIN enforcement_presentation p ON p.id = d.presentation_id"
        " JOIN enforcement_assessment a ON a.debt_id = d.id",
    ),
    ("AND d.amount IS NOT NULL", f"AND d.amount IS NOT NULL {IN_TIME}"),
)


def changed(function: str) -> str:
    """The guard with what is out of time left out of what is owed."""
    for old, new in CHANGES:
        assert old in function
        function = function.replace(old, new)
    return function


class Migration(migrations.Migration):
    dependencies = [("enforcement", "0049_term_restored")]
    operations = [migrations.RunSQL(changed(BEFORE), BEFORE)]
