"""A document is found by the number of its court case, however typed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """An index of case numbers."""

    dependencies = [("documents", "0003_true_to_the_journal")]
    operations = [
        migrations.AddIndex(
            "executivedocument", models.Index(fields=["case_key"], name="document_number")
        ),
    ]
