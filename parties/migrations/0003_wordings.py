"""Parties are found by every wording they were ever named in, the folding made by the software."""

from importlib import import_module

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

FOLD = import_module("parties.migrations.0001_search_functions").FOLD


class Migration(migrations.Migration):
    """Wording instead of Party.name_folded."""

    dependencies = [("parties", "0002_initial")]
    operations = [
        migrations.CreateModel(
            name="Wording",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("name_kk", models.CharField(max_length=300)),
                ("name_ru", models.CharField(max_length=300)),
                ("number", models.CharField(blank=True, max_length=300)),
                ("key", models.TextField()),
                (
                    "near",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wordings",
                        to="parties.party",
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(
                            models.F("key"), name="gin_trgm_ops"
                        ),
                        name="wording_trigram",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["near"], name="wording_near"
                    ),
                ],
            },
        ),
        migrations.RemoveIndex(model_name="party", name="party_name_trigram"),
        migrations.RemoveField(model_name="party", name="name_folded"),
        migrations.RunSQL("DROP FUNCTION kk_fold(text)", FOLD),
    ]
