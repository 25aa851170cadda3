"""An answer can be annulled, what was written down wrong is put right while it waits."""

from django.db import migrations

STEPS = (
    *((answer, "lodged") for answer in ("granted", "granted_in_part", "refused", "withdrawn")),
    ("lodged", "misrecorded"),
)
ROWS = ", ".join(f"('submission', '{source}', '{target}')" for source, target in STEPS)
FILL = f"INSERT INTO enforcement_transition (machine, source, target) VALUES {ROWS}"
EMPTY = f"DELETE FROM enforcement_transition WHERE (machine, source, target) IN ({ROWS})"
ALWAYS = ("id", "case_id", "presentation_id", "recorded_by_id")
WAITING = (
    *("proceeding_id", "kind", "author_id", "channel", "text", "received_on", "beside", "line"),
    *("concerned_id", "agent_id"),
)


def row(which: str, names: tuple[str, ...]) -> str:
    """These columns of the old or the new row."""
    return ", ".join(f"{which}.{name}" for name in names)


def guard(always: tuple[str, ...], waiting: tuple[str, ...]) -> str:
    """The trigger that lets these columns never change, and those only while it waits."""
    moved = f"({row('OLD', always)}) IS DISTINCT FROM ({row('NEW', always)})"
    if waiting:
        told = f"({row('OLD', waiting)}) IS DISTINCT FROM ({row('NEW', waiting)})"
        moved += f" OR ({told} AND NOT (OLD.state = 'lodged' AND NEW.state = 'lodged'))"
    return f"""
DROP TRIGGER submission_same ON enforcement_submission;
CREATE TRIGGER submission_same BEFORE UPDATE ON enforcement_submission FOR EACH ROW
    WHEN ({moved}) EXECUTE FUNCTION refuse_change();
"""


class Migration(migrations.Migration):
    """What is written of a submission is mended while it waits, its answer annulled."""

    dependencies = [("enforcement", "0040_through_whom")]
    operations = [
        migrations.RunSQL(FILL, EMPTY),
        migrations.RunSQL(guard(ALWAYS, WAITING), guard((*ALWAYS, *WAITING), ())),
    ]
