"""What a court changed of a claim: another method beside its wording; a sum with what indexation
added to it is what no more is given back than came above."""

from django.db import migrations, models

WITH_INDEXATION = """
CREATE OR REPLACE FUNCTION enforcement_within_surplus() RETURNS trigger LANGUAGE plpgsql
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
    SELECT owed + coalesce(sum(a.amount), 0) INTO owed FROM enforcement_debt d
        JOIN enforcement_assessment a ON a.debt_id = d.id
        WHERE d.claim = ANY(every) AND d.amount IS NOT NULL
        AND NOT EXISTS (SELECT FROM enforcement_reversal v WHERE v.assessment_id = a.id);
    IF back > came OR (TG_TABLE_NAME = 'enforcement_refund' AND rest < owed) THEN
        RAISE EXCEPTION 'given back % of %, of a debt of % is left paid %', back, came, owed, rest
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$;
"""
WITHOUT = """
CREATE OR REPLACE FUNCTION enforcement_within_surplus() RETURNS trigger LANGUAGE plpgsql
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
"""
#: How a claim is executed can change also once something was paid of it.
UNPAID = """
CREATE OR REPLACE FUNCTION enforcement_unpaid() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    {method}
    IF EXISTS (SELECT FROM enforcement_debt d JOIN enforcement_recovery r ON r.debt_id = d.id
        WHERE CASE WHEN to_jsonb(OLD) - 'claim' - 'merged' = to_jsonb(NEW) - 'claim' - 'merged'
            THEN d.id = OLD.id ELSE d.claim = OLD.claim END
        AND NOT EXISTS (SELECT FROM enforcement_reversal v WHERE v.recovery_id = r.id)) THEN
        RAISE EXCEPTION 'something was paid of the claim %', OLD.claim
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
"""
FREE = UNPAID.format(
    method="IF to_jsonb(OLD) - 'method' = to_jsonb(NEW) - 'method' THEN RETURN NEW; END IF;"
)
FIXED = UNPAID.format(method="")


class Migration(migrations.Migration):
    dependencies = [("enforcement", "0031_sent_instead")]
    operations = [
        migrations.AddField("debt", "method", models.TextField(blank=True, default="")),
        migrations.RunSQL(FREE, FIXED),
        migrations.RunSQL(WITH_INDEXATION, WITHOUT),
    ]
