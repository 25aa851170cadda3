"""A proceeding begun by mistake is annulled, and its document waits as before."""

from django.db import migrations, models

STEPS = "('proceeding', 'initiated', 'annulled'), ('presentation', 'admitted', 'received')"
LAWFUL = f"INSERT INTO enforcement_transition (machine, source, target) VALUES {STEPS}"
UNLAWFUL = f"DELETE FROM enforcement_transition WHERE (machine, source, target) IN ({STEPS})"
ONCE = "proceeding_debtor_once"


class Migration(migrations.Migration):
    """The state of what is void, and another proceeding after it."""

    dependencies = [("enforcement", "0014_people_put_right")]
    operations = [
        migrations.RunSQL(LAWFUL, UNLAWFUL),
        migrations.RemoveConstraint("proceeding", ONCE),
        migrations.AddConstraint(
            "proceeding",
            models.UniqueConstraint(
                fields=["presentation", "debtor"],
                condition=~models.Q(state="annulled"),
                name=ONCE,
            ),
        ),
    ]
