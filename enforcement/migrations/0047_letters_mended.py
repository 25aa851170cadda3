"""What was written of a letter can be annulled: it waits again, or is unmet as before."""

from django.db import migrations

STEPS = (
    *((done, "awaited") for done in ("answered", "unmet", "withdrawn")),
    *((done, "unmet") for done in ("answered", "withdrawn")),
)
ROWS = ", ".join(f"('letter', '{source}', '{target}')" for source, target in STEPS)
FILL = f"INSERT INTO enforcement_transition (machine, source, target) VALUES {ROWS}"
EMPTY = f"DELETE FROM enforcement_transition WHERE (machine, source, target) IN ({ROWS})"


class Migration(migrations.Migration):
    dependencies = [("enforcement", "0046_amended")]
    operations = [migrations.RunSQL(FILL, EMPTY)]
