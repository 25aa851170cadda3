"""No more is given back than came above a claim; what counts to a claim is never above it."""

from django.db import migrations

DEBT = """
CREATE FUNCTION enforcement_within_debt() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    owed numeric;
    paid numeric;
    claimed uuid;
BEGIN
    SELECT claim INTO claimed FROM enforcement_debt WHERE id = NEW.debt_id AND amount IS NOT NULL;
    PERFORM FROM enforcement_debt WHERE claim = claimed ORDER BY id FOR UPDATE;
    SELECT min(amount) INTO owed FROM enforcement_debt WHERE claim = claimed;
    SELECT coalesce(sum(r.amount), 0) INTO paid
        FROM enforcement_debt d JOIN enforcement_recovery r ON r.debt_id = d.id
        WHERE d.claim = claimed
        AND NOT EXISTS (SELECT FROM enforcement_reversal v WHERE v.recovery_id = r.id);
    IF owed IS NULL OR paid > owed THEN
        RAISE EXCEPTION 'recovered % of a debt of %', paid, owed
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER recovery_within_debt AFTER INSERT ON enforcement_recovery
    FOR EACH ROW EXECUTE FUNCTION enforcement_within_debt();
"""
NO_DEBT = """
DROP TRIGGER recovery_within_debt ON enforcement_recovery;
DROP FUNCTION enforcement_within_debt();
"""
# What came is a fact and never too much: of it counts what the claim is, the rest is given back.
# The claim's rows are locked, so that two who give back of one claim wait for each other. A sum
# annulled is worth nothing, so nothing of it was given back.
SURPLUS = """
CREATE FUNCTION enforcement_within_surplus() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    claimed uuid;
    every uuid[];
    came numeric;
    back numeric;
    rest numeric;
    owed numeric;
BEGIN
    IF NEW.recovery_id IS NULL THEN RETURN NULL; END IF;
    SELECT d.claim INTO claimed FROM enforcement_recovery r
        JOIN enforcement_debt d ON d.id = r.debt_id WHERE r.id = NEW.recovery_id;
    PERFORM FROM enforcement_debt WHERE claim = claimed ORDER BY id FOR UPDATE;
    SELECT CASE WHEN v.id IS NULL THEN r.amount ELSE 0 END INTO came FROM enforcement_recovery r
        LEFT JOIN enforcement_reversal v ON v.recovery_id = r.id WHERE r.id = NEW.recovery_id;
    SELECT coalesce(sum(b.amount), 0) INTO back FROM enforcement_refund b
        WHERE b.recovery_id = NEW.recovery_id
        AND NOT EXISTS (SELECT FROM enforcement_reversal v WHERE v.refund_id = b.id);
    SELECT coalesce(max(whole), 0) INTO owed FROM (SELECT sum(amount) AS whole
        FROM enforcement_debt WHERE claim = claimed GROUP BY presentation_id) AS arrival;
    SELECT array_agg(DISTINCT one) INTO every FROM enforcement_debt d,
        unnest(array_append(d.merged, d.claim)) AS one WHERE d.claim = claimed;
    SELECT coalesce(sum(r.amount), 0) - coalesce(sum((SELECT sum(b.amount)
            FROM enforcement_refund b WHERE b.recovery_id = r.id
            AND NOT EXISTS (SELECT FROM enforcement_reversal v WHERE v.refund_id = b.id))), 0)
        INTO rest FROM enforcement_debt d JOIN enforcement_recovery r ON r.debt_id = d.id
        WHERE d.claim = ANY(every)
        AND NOT EXISTS (SELECT FROM enforcement_reversal v WHERE v.recovery_id = r.id);
    IF back > came OR (TG_TABLE_NAME = 'enforcement_refund' AND rest < owed) THEN
        RAISE EXCEPTION 'given back % of %, of a debt of % is left paid %', back, came, owed, rest
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER refund_within_surplus AFTER INSERT ON enforcement_refund
    FOR EACH ROW EXECUTE FUNCTION enforcement_within_surplus();
CREATE TRIGGER reversal_within_surplus AFTER INSERT ON enforcement_reversal
    FOR EACH ROW EXECUTE FUNCTION enforcement_within_surplus();
"""
NO_SURPLUS = """
DROP TRIGGER reversal_within_surplus ON enforcement_reversal;
DROP TRIGGER refund_within_surplus ON enforcement_refund;
DROP FUNCTION enforcement_within_surplus();
"""
KEPT = ("enforcement_refund", "enforcement_assessment")


class Migration(migrations.Migration):
    """What is above a claim is kept beside it."""

    dependencies = [("enforcement", "0017_money")]
    operations = [
        migrations.RunSQL(NO_DEBT, DEBT),
        migrations.RunSQL(SURPLUS, NO_SURPLUS),
        *(
            migrations.RunSQL(f"SELECT keep_forever('{table}')", f"SELECT free_again('{table}')")
            for table in KEPT
        ),
    ]
