"""A sum that several owe but not jointly becomes a debt of each: equal shares of it."""

from django.db import migrations

# The tiyn that cannot be shared go to the first, one each. The debt keeps the first debtor, what
# the others paid stays paid of their own shares.
SPLIT = """
ALTER TABLE enforcement_debt DISABLE TRIGGER debt_kept;
ALTER TABLE enforcement_recovery DISABLE TRIGGER keep;
DO $$
DECLARE
    owed record;
    each record;
    own uuid;
    part numeric;
BEGIN
    FOR owed IN SELECT d.id, d.amount, count(*) AS many FROM enforcement_debt d
        JOIN enforcement_debt_debtors m ON m.debt_id = d.id
        WHERE NOT d.joint AND d.amount IS NOT NULL
        GROUP BY d.id, d.amount HAVING count(*) BETWEEN 2 AND d.amount * 100
    LOOP
        FOR each IN SELECT m.participant_id AS person,
                row_number() OVER (ORDER BY p.position, p.id) - 1 AS place
            FROM enforcement_debt_debtors m
            JOIN enforcement_participant p ON p.id = m.participant_id
            WHERE m.debt_id = owed.id ORDER BY place
        LOOP
            part := div(owed.amount * 100, owed.many) / 100;
            IF each.place < mod(owed.amount * 100, owed.many) THEN part := part + 0.01; END IF;
            IF each.place = 0 THEN
                UPDATE enforcement_debt SET amount = part, shared = owed.amount
                    WHERE id = owed.id;
                CONTINUE;
            END IF;
            own := gen_random_uuid();
            INSERT INTO enforcement_debt (id, presentation_id, position, claimant_id, claim, joint,
                amount, act, act_text, act_city, periodic_kind, periodic_share, periodic_since,
                periodic_until,
                shared, share, merged)
                SELECT own, presentation_id, position, claimant_id,
                    md5(claim::text || each.place)::uuid, joint, part, act,
                    act_text, act_city, periodic_kind,
                    periodic_share, periodic_since, periodic_until, owed.amount, each.place, merged
                FROM enforcement_debt WHERE id = owed.id;
            UPDATE enforcement_debt_debtors SET debt_id = own
                WHERE debt_id = owed.id AND participant_id = each.person;
            UPDATE enforcement_recovery r SET debt_id = own FROM enforcement_proceeding g
                WHERE g.id = r.proceeding_id AND r.debt_id = owed.id AND g.debtor_id = each.person;
        END LOOP;
    END LOOP;
END
$$;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
ALTER TABLE enforcement_recovery ENABLE TRIGGER keep;
ALTER TABLE enforcement_debt ENABLE TRIGGER debt_kept;
"""


class Migration(migrations.Migration):
    """Shares; on the way back they stay, as debts like others."""

    dependencies = [("enforcement", "0018_money_guards")]
    operations = [migrations.RunSQL(SPLIT, migrations.RunSQL.noop)]
