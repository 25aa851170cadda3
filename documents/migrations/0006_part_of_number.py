"""Papers and executive documents are found by their number alone, or by a part of it."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations, models


class Migration(migrations.Migration):
    """Two indexes."""

    dependencies = [
        ("documents", "0005_addressees"),
        ("parties", "0001_search_functions"),
    ]
    operations = [
        migrations.AddIndex(
            "executivedocument",
            GinIndex(
                OpClass(models.F("case_key"), name="gin_trgm_ops"), name="document_number_part"
            ),
        ),
        migrations.AddIndex(
            "paper", models.Index(fields=["number", "year"], name="paper_number")
        ),
    ]
