"""The database refuses an unlawful transition, and a state without its journal line."""

from django.db import migrations

# Equal to enforcement/lifecycle (a test holds them together); an empty source is the birth.
PRESENTATION = (
    ("", "received"),
    ("received", "returned_defective"),
    ("received", "refused_late"),
    ("received", "sent_on"),
    ("received", "already_received"),
)

FILL = "INSERT INTO enforcement_transition (machine, source, target) VALUES " + ", ".join(
    f"('presentation', '{source}', '{target}')" for source, target in PRESENTATION
)

# TG_ARGV[0] names the machine; every later machine takes the same two functions.
LAWFUL = """
CREATE FUNCTION enforcement_lawful() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before text := CASE WHEN TG_OP = 'INSERT' THEN '' ELSE OLD.state END;
BEGIN
    IF before = NEW.state OR EXISTS (SELECT FROM enforcement_transition t
        WHERE t.machine = TG_ARGV[0] AND t.source = before AND t.target = NEW.state)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'unlawful transition of %: % -> %', TG_ARGV[0], before, NEW.state
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER presentation_lawful BEFORE INSERT OR UPDATE OF state ON enforcement_presentation
    FOR EACH ROW EXECUTE FUNCTION enforcement_lawful('presentation');
"""

# Deferred to the commit, and reading the row again: what counts is what stays.
TOLD = """
CREATE FUNCTION enforcement_told() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    thing uuid;
    now_in text;
    told text;
BEGIN
    IF TG_TABLE_NAME = 'journal_entry' THEN thing := NEW.subject; ELSE thing := NEW.id; END IF;
    EXECUTE format('SELECT state FROM %I WHERE id = $1', TG_ARGV[1]) INTO now_in USING thing;
    SELECT state_after INTO told FROM journal_entry
        WHERE subject = thing AND machine = TG_ARGV[0] AND state_after <> ''
        ORDER BY id DESC LIMIT 1;
    IF now_in IS DISTINCT FROM told THEN
        RAISE EXCEPTION '% % is in state %, its journal says %', TG_ARGV[0], thing, now_in, told
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER presentation_told
    AFTER INSERT OR UPDATE OF state ON enforcement_presentation
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION enforcement_told('presentation', 'enforcement_presentation');
CREATE CONSTRAINT TRIGGER presentation_line AFTER INSERT ON journal_entry
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.machine = 'presentation')
    EXECUTE FUNCTION enforcement_told('presentation', 'enforcement_presentation');
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON enforcement_transition FROM oryndau_app;
REVOKE DELETE, TRUNCATE ON enforcement_case, enforcement_presentation,
    enforcement_participant, enforcement_debt FROM oryndau_app;
"""
UNTOLD = """
GRANT DELETE ON enforcement_case, enforcement_presentation,
    enforcement_participant, enforcement_debt TO oryndau_app;
GRANT INSERT, UPDATE, DELETE ON enforcement_transition TO oryndau_app;
DROP TRIGGER presentation_line ON journal_entry;
DROP TRIGGER presentation_told ON enforcement_presentation;
DROP FUNCTION enforcement_told();
"""


class Migration(migrations.Migration):
    """Guards of the machines."""

    dependencies = [("enforcement", "0001_initial"), ("journal", "0002_chain")]
    operations = [
        migrations.RunSQL(FILL, "DELETE FROM enforcement_transition"),
        migrations.RunSQL(
            LAWFUL,
            "DROP TRIGGER presentation_lawful ON enforcement_presentation;"
            "DROP FUNCTION enforcement_lawful()",
        ),
        migrations.RunSQL(TOLD, UNTOLD),
    ]
