"""A document goes to another office with the debtor's new address and its history."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """What a transfer carries."""

    dependencies = [("enforcement", "0015_begun_by_mistake")]
    operations = [
        migrations.AddField("transfer", "address", models.CharField(blank=True, max_length=1000)),
        migrations.AddField("transfer", "carried", models.JSONField(default=dict)),
    ]
