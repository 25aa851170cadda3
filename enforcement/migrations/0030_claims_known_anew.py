"""Which claim a debt is can be known anew, unless money came on that very debt."""

from django.db import migrations

UNPAID = """
CREATE OR REPLACE FUNCTION enforcement_unpaid() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM enforcement_debt d JOIN enforcement_recovery r ON r.debt_id = d.id
        WHERE {of}
        AND NOT EXISTS (SELECT FROM enforcement_reversal v WHERE v.recovery_id = r.id)) THEN
        RAISE EXCEPTION 'something was paid of the claim %', OLD.claim
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
DROP TRIGGER debt_same ON enforcement_debt;
CREATE TRIGGER debt_same BEFORE UPDATE ON enforcement_debt FOR EACH ROW
    WHEN ((OLD.id, OLD.presentation_id, OLD.position{old})
        IS DISTINCT FROM (NEW.id, NEW.presentation_id, NEW.position{new}))
    EXECUTE FUNCTION refuse_change();
"""
#: What is claimed stays what something was paid of, wherever; what it is the same claim as, where
#: something was paid on it.
ANEW = UNPAID.format(
    of="""CASE WHEN to_jsonb(OLD) - 'claim' - 'merged' = to_jsonb(NEW) - 'claim' - 'merged'
            THEN d.id = OLD.id ELSE d.claim = OLD.claim END""",
    old="",
    new="",
)
FIXED = UNPAID.format(of="d.claim = OLD.claim", old=", OLD.claim", new=", NEW.claim")


class Migration(migrations.Migration):
    """Corrected, a paper can tell another claim than it was taken for."""

    dependencies = [("enforcement", "0037_letter_paper")]
    operations = [migrations.RunSQL(ANEW, FIXED)]
