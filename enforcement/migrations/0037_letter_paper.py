"""A letter's paper may be set anew: then the letter names the new number; the rest stays."""

from django.db import migrations

SAME = (
    *("id", "case_id", "proceeding_id", "kind", "to_id", "participant_id", "addressee", "details"),
    *("pace", "sent_on", "sent_by_id", "after_id"),
)


def guard(*names: str) -> str:
    """The trigger that lets these columns of a letter never change."""
    old, new = (", ".join(f"{row}.{name}" for name in names) for row in ("OLD", "NEW"))
    return f"""
DROP TRIGGER letter_same ON enforcement_letter;
CREATE TRIGGER letter_same BEFORE UPDATE ON enforcement_letter FOR EACH ROW
    WHEN (({old}) IS DISTINCT FROM ({new})) EXECUTE FUNCTION refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("enforcement", "0045_sanction_once")]
    operations = [migrations.RunSQL(guard(*SAME), guard(*SAME, "paper"))]
