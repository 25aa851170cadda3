"""A reply to a letter has its file."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0009_words_of_number"),
        ("enforcement", "0047_letters_mended"),
    ]
    operations = [
        migrations.AddField(
            "letter",
            "file",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="documents.attachment",
            ),
        ),
    ]
