"""Who a party was, and who takes part on what authority, stays as it was written."""

from django.db import migrations

GUARD = """
CREATE TRIGGER succession_same BEFORE UPDATE ON enforcement_succession FOR EACH ROW
    WHEN ((OLD.id, OLD.entry_id, OLD.participant_id, OLD.party_id, OLD.event, OLD.until,
            OLD.name_kk, OLD.name_ru, OLD.was)
        IS DISTINCT FROM (NEW.id, NEW.entry_id, NEW.participant_id, NEW.party_id, NEW.event,
            NEW.until, NEW.name_kk, NEW.name_ru, NEW.was))
    EXECUTE FUNCTION refuse_change();
CREATE TRIGGER engagement_same BEFORE UPDATE ON enforcement_engagement FOR EACH ROW
    WHEN ((OLD.id, OLD.presentation_id, OLD.entry_id, OLD.role, OLD.whom_id, OLD.name, OLD.iin,
            OLD.address, OLD.contact, OLD.basis, OLD.powers, OLD.since, OLD.lasts_until)
        IS DISTINCT FROM (NEW.id, NEW.presentation_id, NEW.entry_id, NEW.role, NEW.whom_id,
            NEW.name, NEW.iin, NEW.address, NEW.contact, NEW.basis, NEW.powers, NEW.since,
            NEW.lasts_until))
    EXECUTE FUNCTION refuse_change();
"""
UNGUARD = """
DROP TRIGGER engagement_same ON enforcement_engagement;
DROP TRIGGER succession_same ON enforcement_succession;
"""


class Migration(migrations.Migration):
    dependencies = [("enforcement", "0028_succession")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
