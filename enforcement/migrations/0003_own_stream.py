"""What a thing's state is, its own case's stream tells; a case and what arrived stay as is."""

from django.db import migrations

# As in 0002, and the line must stand in the stream of the thing's own case.
TOLD = """
CREATE OR REPLACE FUNCTION enforcement_told() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    thing uuid;
    own uuid;
    now_in text;
    told text;
BEGIN
    IF TG_TABLE_NAME = 'journal_entry' THEN thing := NEW.subject; ELSE thing := NEW.id; END IF;
    EXECUTE format('SELECT t.state, c.stream_id FROM %I t
        JOIN enforcement_case c ON c.id = t.case_id WHERE t.id = $1', TG_ARGV[1])
        INTO now_in, own USING thing;
    SELECT state_after INTO told FROM journal_entry
        WHERE subject = thing AND machine = TG_ARGV[0] AND state_after <> ''
        AND (own IS NULL OR stream_id = own)
        ORDER BY id DESC LIMIT 1;
    IF now_in IS DISTINCT FROM told THEN
        RAISE EXCEPTION '% % is in state %, its journal says %', TG_ARGV[0], thing, now_in, told
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_TABLE_NAME = 'journal_entry' THEN
        IF NEW.stream_id IS DISTINCT FROM own THEN
            RAISE EXCEPTION 'a line about % % in the stream of another case', TG_ARGV[0], thing
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    RETURN NULL;
END
$$;
"""
# A case keeps the right to be locked, which is the right to UPDATE, and a trigger instead.
FIXED = """
CREATE TRIGGER keep BEFORE UPDATE ON enforcement_case
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
REVOKE UPDATE ON enforcement_presentation, enforcement_participant, enforcement_debt
    FROM oryndau_app;
GRANT UPDATE (state) ON enforcement_presentation TO oryndau_app;
REVOKE UPDATE, DELETE ON enforcement_debt_debtors FROM oryndau_app;
"""
LOOSE = """
GRANT UPDATE, DELETE ON enforcement_debt_debtors TO oryndau_app;
REVOKE UPDATE (state) ON enforcement_presentation FROM oryndau_app;
GRANT UPDATE ON enforcement_presentation, enforcement_participant, enforcement_debt
    TO oryndau_app;
DROP TRIGGER keep ON enforcement_case;
"""


class Migration(migrations.Migration):
    """Guards of what belongs to a case."""

    dependencies = [("enforcement", "0002_guards"), ("documents", "0003_true_to_the_journal")]
    operations = [
        migrations.RunSQL(TOLD, migrations.RunSQL.noop),
        migrations.RunSQL(FIXED, LOOSE),
    ]
