"""Guards of the proceeding's machine and of money: no sum above its debt."""

from django.db import migrations

OPEN = ("initiated", "suspended")
ENDS = ("terminated", "returned", "sent_to_liquidation")
PRESENTATION = (("received", "admitted"),)
PROCEEDING = (
    ("", "initiated"),
    ("initiated", "suspended"),
    ("suspended", "initiated"),
    *((open, end) for open in OPEN for end in (*ENDS, "transferred")),
    # A court's or prosecutor's annulment brings an ended proceeding back (Q25).
    *((end, open) for open in OPEN for end in ENDS),
)
MEASURE = (
    ("", "requested"),
    # Money in a bank is never born served: enforcement_born holds it.
    ("", "served"),
    ("requested", "sanctioned"),
    ("requested", "sanction_refused"),
    ("sanctioned", "served"),
    ("requested", "lifted"),
    ("sanctioned", "lifted"),
    ("served", "lifted"),
    ("served", "replaced"),
)
POSTPONEMENT = (("", "requested"), ("requested", "approved"), ("requested", "declined"))
MACHINES = {
    "presentation": PRESENTATION,
    "proceeding": PROCEEDING,
    "measure": MEASURE,
    "postponement": POSTPONEMENT,
}
ROWS = ", ".join(
    f"('{machine}', '{source}', '{target}')"
    for machine, rows in MACHINES.items()
    for source, target in rows
)
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
CREATE TRIGGER measure_lawful BEFORE INSERT OR UPDATE OF state ON enforcement_measure
    FOR EACH ROW EXECUTE FUNCTION enforcement_lawful('measure');
CREATE CONSTRAINT TRIGGER measure_told
    AFTER INSERT OR UPDATE OF state ON enforcement_measure
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION enforcement_told('measure', 'enforcement_measure');
CREATE CONSTRAINT TRIGGER measure_line AFTER INSERT ON journal_entry
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.machine = 'measure')
    EXECUTE FUNCTION enforcement_told('measure', 'enforcement_measure');
CREATE TRIGGER postponement_lawful BEFORE INSERT OR UPDATE OF state ON enforcement_postponement
    FOR EACH ROW EXECUTE FUNCTION enforcement_lawful('postponement');
CREATE CONSTRAINT TRIGGER postponement_told
    AFTER INSERT OR UPDATE OF state ON enforcement_postponement
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION enforcement_told('postponement', 'enforcement_postponement');
CREATE CONSTRAINT TRIGGER postponement_line AFTER INSERT ON journal_entry
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.machine = 'postponement')
    EXECUTE FUNCTION enforcement_told('postponement', 'enforcement_postponement');

CREATE FUNCTION enforcement_born() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.target = 'bank_money') <> (NEW.state = 'requested') THEN
        RAISE EXCEPTION 'a measure on % is not born %', NEW.target, NEW.state
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER measure_born BEFORE INSERT ON enforcement_measure
    FOR EACH ROW EXECUTE FUNCTION enforcement_born();
CREATE TRIGGER measure_same BEFORE UPDATE ON enforcement_measure FOR EACH ROW
    WHEN ((OLD.id, OLD.case_id, OLD.proceeding_id, OLD.kind, OLD.target, OLD.bank, OLD.account,
            OLD.cap, OLD.object, OLD.addressee, OLD.details, OLD.initiator, OLD.replaces_id,
            OLD.requested_on, OLD.requested_by_id)
        IS DISTINCT FROM (NEW.id, NEW.case_id, NEW.proceeding_id, NEW.kind, NEW.target, NEW.bank,
            NEW.account, NEW.cap, NEW.object, NEW.addressee, NEW.details, NEW.initiator,
            NEW.replaces_id, NEW.requested_on, NEW.requested_by_id))
    EXECUTE FUNCTION refuse_change();

CREATE TRIGGER postponement_same BEFORE UPDATE ON enforcement_postponement FOR EACH ROW
    WHEN ((OLD.id, OLD.case_id, OLD.proceeding_id, OLD.reason, OLD.initiator, OLD.until,
            OLD.requested_on, OLD.requested_by_id)
        IS DISTINCT FROM (NEW.id, NEW.case_id, NEW.proceeding_id, NEW.reason, NEW.initiator,
            NEW.until, NEW.requested_on, NEW.requested_by_id))
    EXECUTE FUNCTION refuse_change();
CREATE TRIGGER proceeding_same BEFORE UPDATE ON enforcement_proceeding FOR EACH ROW
    WHEN ((OLD.id, OLD.case_id, OLD.presentation_id, OLD.debtor_id, OLD.ordinal, OLD.initiated_on,
            OLD.voluntary)
        IS DISTINCT FROM (NEW.id, NEW.case_id, NEW.presentation_id, NEW.debtor_id, NEW.ordinal,
            NEW.initiated_on, NEW.voluntary))
    EXECUTE FUNCTION refuse_change();
CREATE TRIGGER transfer_same BEFORE UPDATE ON enforcement_transfer FOR EACH ROW
    WHEN (OLD.accepted_id IS NOT NULL OR (OLD.id, OLD.proceeding_id, OLD.to_id, OLD.sent_on)
        IS DISTINCT FROM (NEW.id, NEW.proceeding_id, NEW.to_id, NEW.sent_on))
    EXECUTE FUNCTION refuse_change();

CREATE FUNCTION enforcement_secured() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    running uuid;
BEGIN
    IF TG_TABLE_NAME = 'enforcement_measure' THEN running := NEW.proceeding_id;
    ELSE running := NEW.id; END IF;
    -- Whoever ends it and whoever secures it wait for each other.
    PERFORM FROM enforcement_proceeding WHERE id = running FOR NO KEY UPDATE;
    IF EXISTS (SELECT FROM enforcement_proceeding p JOIN enforcement_measure m
        ON m.proceeding_id = p.id WHERE p.id = running
        AND p.state IN ('terminated', 'returned')
        AND m.state IN ('requested', 'sanctioned', 'served'))
    THEN
        RAISE EXCEPTION 'proceeding % has ended with a live measure', running
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER proceeding_secured
    AFTER INSERT OR UPDATE OF state ON enforcement_proceeding
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION enforcement_secured();
CREATE CONSTRAINT TRIGGER measure_secures
    AFTER INSERT OR UPDATE OF state ON enforcement_measure
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION enforcement_secured();
REVOKE DELETE, TRUNCATE ON enforcement_measure, enforcement_transfer FROM oryndau_app;
REVOKE DELETE, TRUNCATE ON enforcement_proceeding, enforcement_suspension FROM oryndau_app;
REVOKE DELETE, TRUNCATE ON enforcement_deferral, enforcement_postponement FROM oryndau_app;
"""
UNGUARD = """
GRANT DELETE ON enforcement_deferral, enforcement_postponement TO oryndau_app;
GRANT DELETE ON enforcement_proceeding, enforcement_suspension TO oryndau_app;
GRANT DELETE ON enforcement_measure, enforcement_transfer TO oryndau_app;
DROP TRIGGER measure_secures ON enforcement_measure;
DROP TRIGGER proceeding_secured ON enforcement_proceeding;
DROP FUNCTION enforcement_secured();
DROP TRIGGER postponement_line ON journal_entry;
DROP TRIGGER postponement_told ON enforcement_postponement;
DROP TRIGGER postponement_lawful ON enforcement_postponement;
DROP TRIGGER transfer_same ON enforcement_transfer;
DROP TRIGGER proceeding_same ON enforcement_proceeding;
DROP TRIGGER postponement_same ON enforcement_postponement;
DROP TRIGGER measure_same ON enforcement_measure;
DROP TRIGGER measure_born ON enforcement_measure;
DROP FUNCTION enforcement_born();
DROP TRIGGER measure_line ON journal_entry;
DROP TRIGGER measure_told ON enforcement_measure;
DROP TRIGGER measure_lawful ON enforcement_measure;
DROP TRIGGER proceeding_line ON journal_entry;
DROP TRIGGER proceeding_told ON enforcement_proceeding;
DROP TRIGGER proceeding_lawful ON enforcement_proceeding;
"""

# A case stays as it is but for the day of its last act.
LAST_ACT = """
DROP TRIGGER keep ON enforcement_case;
CREATE TRIGGER keep BEFORE UPDATE ON enforcement_case FOR EACH ROW
    WHEN ((OLD.id, OLD.stream_id, OLD.office_id, OLD.year, OLD.number, OLD.opened_on)
        IS DISTINCT FROM (NEW.id, NEW.stream_id, NEW.office_id, NEW.year, NEW.number, NEW.opened_on))
    EXECUTE FUNCTION refuse_change();
"""
NO_ACT = """
DROP TRIGGER keep ON enforcement_case;
CREATE TRIGGER keep BEFORE UPDATE ON enforcement_case
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""
# The claim's rows are locked, so that two payments on one joint balance wait for each other,
# whichever arrival or office names the claim.
MONEY = """
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
CREATE TRIGGER debt_kept BEFORE UPDATE ON enforcement_debt
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""
UNMONEY = """
DROP TRIGGER debt_kept ON enforcement_debt;
DROP TRIGGER recovery_within_debt ON enforcement_recovery;
DROP FUNCTION enforcement_within_debt();
"""
# The cost's row is locked; an annulled cost is worth nothing, so nothing of it was paid back.
COSTS = """
CREATE FUNCTION enforcement_within_cost() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    spent numeric;
    paid numeric;
BEGIN
    IF NEW.cost_id IS NULL THEN RETURN NULL; END IF;
    SELECT amount INTO spent FROM enforcement_cost WHERE id = NEW.cost_id FOR UPDATE;
    IF EXISTS (SELECT FROM enforcement_reversal WHERE cost_id = NEW.cost_id)
        THEN spent := 0; END IF;
    SELECT coalesce(sum(r.amount), 0) INTO paid FROM enforcement_reimbursement r
        WHERE r.cost_id = NEW.cost_id
        AND NOT EXISTS (SELECT FROM enforcement_reversal v WHERE v.reimbursement_id = r.id);
    IF paid > spent THEN
        RAISE EXCEPTION 'paid back % of a cost of %', paid, spent
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER reimbursement_within_cost AFTER INSERT ON enforcement_reimbursement
    FOR EACH ROW EXECUTE FUNCTION enforcement_within_cost();
CREATE TRIGGER reversal_within_cost AFTER INSERT ON enforcement_reversal
    FOR EACH ROW EXECUTE FUNCTION enforcement_within_cost();
"""
UNCOSTS = """
DROP TRIGGER reversal_within_cost ON enforcement_reversal;
DROP TRIGGER reimbursement_within_cost ON enforcement_reimbursement;
DROP FUNCTION enforcement_within_cost();
"""
# The post to send: what was issued and not dispatched, kept by the database itself.
OUTGOING = """
INSERT INTO enforcement_outgoing (paper_id, office_id, issued_on)
    SELECT id, office_id, issued_on FROM documents_paper;
CREATE FUNCTION enforcement_goes_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'documents_paper' THEN
        INSERT INTO enforcement_outgoing (paper_id, office_id, issued_on)
            VALUES (NEW.id, NEW.office_id, NEW.issued_on);
    ELSE
        DELETE FROM enforcement_outgoing WHERE paper_id = NEW.paper_id;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER paper_goes_out AFTER INSERT ON documents_paper
    FOR EACH ROW EXECUTE FUNCTION enforcement_goes_out();
CREATE TRIGGER paper_gone AFTER INSERT ON enforcement_dispatch
    FOR EACH ROW EXECUTE FUNCTION enforcement_goes_out();
"""
NO_OUTGOING = """
DROP TRIGGER paper_gone ON enforcement_dispatch;
DROP TRIGGER paper_goes_out ON documents_paper;
DROP FUNCTION enforcement_goes_out();
"""
KEPT = (
    "enforcement_recovery",
    "enforcement_cost",
    "enforcement_reimbursement",
    "enforcement_reversal",
    "enforcement_evidence",
    "enforcement_dispatch",
    "enforcement_item",
)


class Migration(migrations.Migration):
    """Guards of the course."""

    dependencies = [("enforcement", "0004_course")]
    operations = [
        migrations.RunSQL(FILL, EMPTY),
        migrations.RunSQL(GUARD, UNGUARD),
        migrations.RunSQL(LAST_ACT, NO_ACT),
        migrations.RunSQL(MONEY, UNMONEY),
        migrations.RunSQL(OUTGOING, NO_OUTGOING),
        migrations.RunSQL(COSTS, UNCOSTS),
        *(
            migrations.RunSQL(f"SELECT keep_forever('{table}')", f"SELECT free_again('{table}')")
            for table in KEPT
        ),
    ]
