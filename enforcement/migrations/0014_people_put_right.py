"""People and intake can be put right: a phone and an e-mail address, what was handed in, whole
texts beside a line."""

from django.db import migrations, models

# What arrived can be put right, but stays whose and where it was; a claim of which something was
# paid stays what it is.
MENDED = """
GRANT UPDATE (verdict, handed_in) ON enforcement_presentation TO oryndau_app;
GRANT UPDATE ON documents_executivedocument, enforcement_participant, enforcement_debt
    TO oryndau_app;
CREATE TRIGGER document_same BEFORE UPDATE ON documents_executivedocument FOR EACH ROW
    WHEN (OLD.id IS DISTINCT FROM NEW.id) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER participant_same BEFORE UPDATE ON enforcement_participant FOR EACH ROW
    WHEN ((OLD.id, OLD.presentation_id, OLD.role, OLD.position)
        IS DISTINCT FROM (NEW.id, NEW.presentation_id, NEW.role, NEW.position))
    EXECUTE FUNCTION refuse_change();
DROP TRIGGER debt_kept ON enforcement_debt;
CREATE TRIGGER debt_same BEFORE UPDATE ON enforcement_debt FOR EACH ROW
    WHEN ((OLD.id, OLD.presentation_id, OLD.position, OLD.claim)
        IS DISTINCT FROM (NEW.id, NEW.presentation_id, NEW.position, NEW.claim))
    EXECUTE FUNCTION refuse_change();
CREATE FUNCTION enforcement_unpaid() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM enforcement_debt d JOIN enforcement_recovery r ON r.debt_id = d.id
        WHERE d.claim = OLD.claim
        AND NOT EXISTS (SELECT FROM enforcement_reversal v WHERE v.recovery_id = r.id)) THEN
        RAISE EXCEPTION 'something was paid of the claim %', OLD.claim
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER debt_kept BEFORE UPDATE ON enforcement_debt
    FOR EACH ROW EXECUTE FUNCTION enforcement_unpaid();
"""
KEPT = """
DROP TRIGGER debt_kept ON enforcement_debt;
DROP FUNCTION enforcement_unpaid();
DROP TRIGGER debt_same ON enforcement_debt;
CREATE TRIGGER debt_kept BEFORE UPDATE ON enforcement_debt
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER participant_same ON enforcement_participant;
DROP TRIGGER document_same ON documents_executivedocument;
REVOKE UPDATE ON documents_executivedocument, enforcement_participant, enforcement_debt
    FROM oryndau_app;
REVOKE UPDATE (verdict, handed_in) ON enforcement_presentation FROM oryndau_app;
"""


class Migration(migrations.Migration):
    """What corrections of people and of intake keep."""

    dependencies = [("enforcement", "0013_evidence_parts")]
    operations = [
        migrations.AddField(
            "participant", "email", models.CharField(blank=True, max_length=254)
        ),
        migrations.AddField(
            "participant", "phone", models.CharField(blank=True, max_length=60)
        ),
        migrations.AddField("presentation", "handed_in", models.JSONField(null=True)),
        migrations.AlterField("evidence", "text", models.TextField()),
        migrations.RunSQL(MENDED, KEPT),
    ]
