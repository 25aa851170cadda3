"""An address says what it is to the party."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The kind of an address."""

    dependencies = [("parties", "0003_wordings")]
    operations = [
        migrations.AddField("address", "kind", models.CharField(blank=True, max_length=16)),
    ]
