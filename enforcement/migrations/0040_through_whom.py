"""Through whom something was handed in; who was entered by mistake never took part."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("enforcement", "0036_supervision")]
    operations = [
        migrations.AddField(
            model_name="engagement",
            name="annulled_by",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="submission",
            name="agent",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="enforcement.engagement",
            ),
        ),
    ]
