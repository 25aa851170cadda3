"""No line that its readers could not read: it can never be taken out again."""

from django.db import migrations

SOUND = """
ALTER TABLE journal_entry
    ADD CONSTRAINT entry_body_is_an_object CHECK (body IS JSON OBJECT WITH UNIQUE KEYS),
    ADD CONSTRAINT entry_on_a_day CHECK ("on" BETWEEN '0001-01-01' AND '9999-12-31'),
    ADD CONSTRAINT entry_happened_at_an_instant
        CHECK (happened_at BETWEEN '0001-01-02 UTC' AND '9999-12-30 UTC')
"""
UNSOUND = """
ALTER TABLE journal_entry
    DROP CONSTRAINT entry_body_is_an_object,
    DROP CONSTRAINT entry_on_a_day,
    DROP CONSTRAINT entry_happened_at_an_instant
"""


class Migration(migrations.Migration):
    """Constraints of a line."""

    dependencies = [("journal", "0002_chain")]
    operations = [migrations.RunSQL(SOUND, UNSOUND)]
