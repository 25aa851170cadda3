"""What was handed in changes only along its states, each with its line, and stays what it was."""

from django.db import migrations

ANSWERS = ("granted", "granted_in_part", "refused", "withdrawn")
STEPS = (("", "lodged"), *(("lodged", answer) for answer in ANSWERS))
ROWS = ", ".join(f"('submission', '{source}', '{target}')" for source, target in STEPS)
FILL = f"INSERT INTO enforcement_transition (machine, source, target) VALUES {ROWS}"
EMPTY = f"DELETE FROM enforcement_transition WHERE (machine, source, target) IN ({ROWS})"
SAME = (
    *("id", "case_id", "presentation_id", "proceeding_id", "kind", "author_id", "channel", "text"),
    *("received_on", "recorded_by_id", "beside", "line", "concerned_id"),
)
OLD, NEW = (", ".join(f"{row}.{name}" for name in SAME) for row in ("OLD", "NEW"))
GUARD = f"""
CREATE TRIGGER submission_lawful BEFORE INSERT OR UPDATE OF state ON enforcement_submission
    FOR EACH ROW EXECUTE FUNCTION enforcement_lawful('submission');
CREATE CONSTRAINT TRIGGER submission_told
    AFTER INSERT OR UPDATE OF state ON enforcement_submission
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION enforcement_told('submission', 'enforcement_submission');
CREATE CONSTRAINT TRIGGER submission_line AFTER INSERT ON journal_entry
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.machine = 'submission')
    EXECUTE FUNCTION enforcement_told('submission', 'enforcement_submission');
CREATE TRIGGER submission_same BEFORE UPDATE ON enforcement_submission FOR EACH ROW
    WHEN (({OLD}) IS DISTINCT FROM ({NEW}))
    EXECUTE FUNCTION refuse_change();
REVOKE DELETE, TRUNCATE ON enforcement_submission FROM oryndau_app;
"""
UNGUARD = """
GRANT DELETE ON enforcement_submission TO oryndau_app;
DROP TRIGGER submission_same ON enforcement_submission;
DROP TRIGGER submission_line ON journal_entry;
DROP TRIGGER submission_told ON enforcement_submission;
DROP TRIGGER submission_lawful ON enforcement_submission;
"""


class Migration(migrations.Migration):
    """Guards of what participants hand in."""

    dependencies = [("enforcement", "0022_submissions")]
    operations = [migrations.RunSQL(FILL, EMPTY), migrations.RunSQL(GUARD, UNGUARD)]
