"""Notaries issue documents too, and whoever issues is entered by people of the office."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_purpose")]

    operations = [
        migrations.AlterField(
            "office",
            "kind",
            models.CharField(
                max_length=16,
                choices=[
                    ("bailiff", "Bailiff"),
                    ("court", "Court"),
                    ("prosecutor", "Prosecutor"),
                    ("notary", "Notary"),
                    ("body", "Body"),
                ],
            ),
        ),
        migrations.AddField(
            "office",
            "added_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField("office", "added_at", models.DateTimeField(null=True)),
    ]
