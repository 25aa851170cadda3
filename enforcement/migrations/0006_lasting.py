"""A suspension may name the day on which it ends; a document never moves while one holds."""

import django.db.models
from django.db import migrations, models

MOVES = "('proceeding', 'suspended', 'transferred')"
STAYS = f"DELETE FROM enforcement_transition WHERE (machine, source, target) = {MOVES}"
WENT = f"INSERT INTO enforcement_transition (machine, source, target) VALUES {MOVES}"


class Migration(migrations.Migration):
    """The day a suspension ends on, and no transfer of what stands still."""

    dependencies = [("enforcement", "0005_course_guards")]
    operations = [
        migrations.AddField("suspension", "ends_on", models.DateField(null=True)),
        migrations.AddIndex(
            "suspension",
            models.Index(
                condition=models.Q(("ends_on__isnull", False), ("until", None)),
                fields=["ends_on"],
                name="suspension_dated",
            ),
        ),
        migrations.AddConstraint(
            "suspension",
            models.CheckConstraint(
                condition=models.Q(("ends_on__gt", django.db.models.F("since"))),
                name="suspension_ends_after_its_day",
            ),
        ),
        migrations.RunSQL(STAYS, WENT),
    ]
