"""The prosecutor's office that gave a sanction's number, and the number as it is compared."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_token_limits"), ("enforcement", "0033_submissions_put_right")]
    operations = [
        migrations.AddField(
            "measure",
            "sanctioned_in",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.office",
            ),
        ),
        migrations.AddField(
            "measure",
            "sanction_key",
            models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
    ]
