"""What waits on others is found by an index of its own, the longest waiting first."""

from django.db import migrations, models

WAITING = models.Q(state__in=("requested", "sanctioned")) | models.Q(
    state="served", target="bank_money", answer=""
)


class Migration(migrations.Migration):
    """The index of measures that wait for a sanction, to be served, or for the bank's answer."""

    dependencies = [("enforcement", "0019_shares")]
    operations = [
        migrations.AddIndex(
            "measure",
            models.Index(
                fields=["requested_on", "id"], condition=WAITING, name="measure_waiting"
            ),
        ),
    ]
