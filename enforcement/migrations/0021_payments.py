"""On which day of each month payments that come again are to be paid."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The day of the month, where the document names one."""

    dependencies = [("enforcement", "0020_waiting")]
    operations = [
        migrations.AddField(
            "debt", "periodic_day", models.PositiveSmallIntegerField(null=True)
        ),
    ]
