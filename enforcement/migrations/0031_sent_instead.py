"""A paper for a party who was succeeded before it left went to his successor."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """To whom instead of its addressee a paper went."""

    dependencies = [("enforcement", "0030_claims_known_anew")]
    operations = [
        migrations.AddField("dispatch", "instead", models.JSONField(default=dict)),
    ]
