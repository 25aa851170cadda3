"""Guards of the proceeding's machine and of money: no sum above its debt."""

from django.db import migrations

TRANSITIONS = (
    ("presentation", "received", "admitted"),
    ("proceeding", "", "initiated"),
    ("proceeding", "initiated", "suspended"),
    ("proceeding", "suspended", "initiated"),
    ("proceeding", "initiated", "terminated"),
    ("proceeding", "suspended", "terminated"),
    ("proceeding", "initiated", "returned"),
    ("proceeding", "suspended", "returned"),
    ("proceeding", "initiated", "sent_to_liquidation"),
    ("proceeding", "suspended", "sent_to_liquidation"),
)
ROWS = ", ".join(f"('{machine}', '{source}', '{target}')" for machine, source, target in TRANSITIONS)
FILL = f"INSERT INTO enforcement_transition (machine, source, target) VALUES {ROWS}"
EMPTY = f"DELETE FROM enforcement_transition WHERE (machine, source, target) IN ({ROWS})"

GUARD = """
CREATE TRIGGER proceeding_lawful BEFORE INSERT OR UPDATE OF state ON enforcement_proceeding
    FOR EACH ROW EXECUTE FUNCTION enforcement_lawful('proceeding');
CREATE CONSTRAINT TRIGGER proceeding_told
    AFTER INSERT OR UPDATE OF state ON enforcement_proceeding
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION enforcement_told('proceeding', 'enforcement_proceeding');
CREATE CONSTRAINT TRIGGER proceeding_line AFTER INSERT ON journal_entry
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.machine = 'proceeding')
    EXECUTE FUNCTION enforcement_told('proceeding', 'enforcement_proceeding');
REVOKE DELETE, TRUNCATE ON enforcement_proceeding, enforcement_suspension FROM oryndau_app;
"""
UNGUARD = """
GRANT DELETE ON enforcement_proceeding, enforcement_suspension TO oryndau_app;
DROP TRIGGER proceeding_line ON journal_entry;
DROP TRIGGER proceeding_told ON enforcement_proceeding;
DROP TRIGGER proceeding_lawful ON enforcement_proceeding;
"""

# The debt's row is locked, so that two payments on one joint balance wait for each other.
MONEY = """
CREATE FUNCTION enforcement_within_debt() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    owed numeric;
    paid numeric;
BEGIN
    SELECT amount INTO owed FROM enforcement_debt WHERE id = NEW.debt_id FOR UPDATE;
    SELECT coalesce(sum(amount), 0) INTO paid FROM enforcement_recovery
        WHERE debt_id = NEW.debt_id;
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
UNMONEY = """
DROP TRIGGER recovery_within_debt ON enforcement_recovery;
DROP FUNCTION enforcement_within_debt();
"""
KEPT = ("enforcement_recovery", "enforcement_evidence")


class Migration(migrations.Migration):
    """Guards of the course."""

    dependencies = [("enforcement", "0003_course")]
    operations = [
        migrations.RunSQL(FILL, EMPTY),
        migrations.RunSQL(GUARD, UNGUARD),
        migrations.RunSQL(MONEY, UNMONEY),
        *(
            migrations.RunSQL(f"SELECT keep_forever('{table}')", f"SELECT free_again('{table}')")
            for table in KEPT
        ),
    ]
