"""Guards of letters: lawful states, each with its line, and what was sent stays as it was."""

from django.db import migrations

STEPS = (
    ("", "awaited"),
    ("awaited", "answered"),
    ("unmet", "answered"),
    ("awaited", "unmet"),
    ("awaited", "withdrawn"),
)
ROWS = ", ".join(f"('letter', '{source}', '{target}')" for source, target in STEPS)
FILL = f"INSERT INTO enforcement_transition (machine, source, target) VALUES {ROWS}"
EMPTY = f"DELETE FROM enforcement_transition WHERE (machine, source, target) IN ({ROWS})"
GUARD = """
CREATE TRIGGER letter_lawful BEFORE INSERT OR UPDATE OF state ON enforcement_letter
    FOR EACH ROW EXECUTE FUNCTION enforcement_lawful('letter');
CREATE CONSTRAINT TRIGGER letter_told
    AFTER INSERT OR UPDATE OF state ON enforcement_letter
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION enforcement_told('letter', 'enforcement_letter');
CREATE CONSTRAINT TRIGGER letter_line AFTER INSERT ON journal_entry
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.machine = 'letter')
    EXECUTE FUNCTION enforcement_told('letter', 'enforcement_letter');
CREATE TRIGGER letter_same BEFORE UPDATE ON enforcement_letter FOR EACH ROW
    WHEN ((OLD.id, OLD.case_id, OLD.proceeding_id, OLD.kind, OLD.to_id, OLD.participant_id,
            OLD.addressee, OLD.details, OLD.paper, OLD.pace, OLD.sent_on, OLD.sent_by_id,
            OLD.after_id)
        IS DISTINCT FROM (NEW.id, NEW.case_id, NEW.proceeding_id, NEW.kind, NEW.to_id,
            NEW.participant_id, NEW.addressee, NEW.details, NEW.paper, NEW.pace, NEW.sent_on,
            NEW.sent_by_id, NEW.after_id))
    EXECUTE FUNCTION refuse_change();
REVOKE DELETE, TRUNCATE ON enforcement_letter FROM oryndau_app;
"""
UNGUARD = """
GRANT DELETE ON enforcement_letter TO oryndau_app;
DROP TRIGGER letter_same ON enforcement_letter;
DROP TRIGGER letter_line ON journal_entry;
DROP TRIGGER letter_told ON enforcement_letter;
DROP TRIGGER letter_lawful ON enforcement_letter;
"""


class Migration(migrations.Migration):
    dependencies = [("enforcement", "0025_letters")]
    operations = [migrations.RunSQL(FILL, EMPTY), migrations.RunSQL(GUARD, UNGUARD)]
