"""Why a freeze exceeds what is left of the debt."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A reason beside the cap."""

    dependencies = [("enforcement", "0010_remarks")]
    operations = [
        migrations.AddField(
            "measure",
            "above_because",
            models.CharField(blank=True, db_default="", default="", max_length=1000),
        ),
    ]
