"""Evidence is a thing: it has parts beside the words."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Parts of evidence."""

    dependencies = [("enforcement", "0012_places")]
    operations = [
        migrations.AddField("evidence", "parts", models.JSONField(default=dict)),
    ]
