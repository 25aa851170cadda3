"""A prosecutor's office gives a number once a year."""

import django.db.models.functions.datetime
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("enforcement", "0044_sanctions_given")]
    operations = [
        migrations.AddConstraint(
            "measure",
            models.UniqueConstraint(
                F("sanctioned_in"),
                django.db.models.functions.datetime.ExtractYear("decided_on"),
                F("sanction_key"),
                condition=Q(sanctioned_in__isnull=False),
                name="sanction_number_once",
            ),
        ),
    ]
