"""A returned document keeps its measures: only termination ends what secures (TERMN-EFF-02)."""

from django.db import migrations

SECURED = """
CREATE OR REPLACE FUNCTION enforcement_secured() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    running uuid;
BEGIN
    IF TG_TABLE_NAME = 'enforcement_measure' THEN running := NEW.proceeding_id;
    ELSE running := NEW.id; END IF;
    -- Whoever ends it and whoever secures it wait for each other.
    PERFORM FROM enforcement_proceeding WHERE id = running FOR NO KEY UPDATE;
    IF EXISTS (SELECT FROM enforcement_proceeding p JOIN enforcement_measure m
        ON m.proceeding_id = p.id WHERE p.id = running
        AND p.state IN ({ended})
        AND m.state IN ('requested', 'sanctioned', 'served'))
    THEN
        RAISE EXCEPTION 'proceeding % has ended with a live measure', running
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$;
"""

# What outlived the return of its document passes to the proceeding on which the document came
# again in the same case, and to no other.
SAME = """
DROP TRIGGER measure_same ON enforcement_measure;
CREATE TRIGGER measure_same BEFORE UPDATE ON enforcement_measure FOR EACH ROW
    WHEN ((OLD.id, OLD.case_id, {proceeding}OLD.kind, OLD.target, OLD.bank, OLD.account,
            OLD.cap, OLD.object, OLD.addressee, OLD.details, OLD.initiator, OLD.replaces_id,
            OLD.requested_on, OLD.requested_by_id)
        IS DISTINCT FROM (NEW.id, NEW.case_id, {new_proceeding}NEW.kind, NEW.target, NEW.bank,
            NEW.account, NEW.cap, NEW.object, NEW.addressee, NEW.details, NEW.initiator,
            NEW.replaces_id, NEW.requested_on, NEW.requested_by_id))
    EXECUTE FUNCTION refuse_change();
"""
PASSES = """
CREATE FUNCTION enforcement_passes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM enforcement_proceeding before, enforcement_proceeding after
        WHERE before.id = OLD.proceeding_id AND after.id = NEW.proceeding_id
        AND before.state = 'returned'
        AND after.case_id = before.case_id AND after.ordinal > before.ordinal)
    THEN
        RAISE EXCEPTION 'measure % cannot secure another proceeding', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER measure_passes BEFORE UPDATE OF proceeding_id ON enforcement_measure FOR EACH ROW
    WHEN (OLD.proceeding_id IS DISTINCT FROM NEW.proceeding_id)
    EXECUTE FUNCTION enforcement_passes();
"""
STAYS = """
DROP TRIGGER measure_passes ON enforcement_measure;
DROP FUNCTION enforcement_passes();
"""


class Migration(migrations.Migration):
    """Secured after the return."""

    dependencies = [("enforcement", "0008_wordings")]
    operations = [
        migrations.RunSQL(
            SECURED.format(ended="'terminated'"),
            SECURED.format(ended="'terminated', 'returned'"),
        ),
        migrations.RunSQL(
            SAME.format(proceeding="", new_proceeding="") + PASSES,
            STAYS
            + SAME.format(
                proceeding="OLD.proceeding_id, ", new_proceeding="NEW.proceeding_id, "
            ),
        ),
    ]
