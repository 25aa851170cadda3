"""What ran out with nothing done since is found without the terms of every ended case."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """An index of overdue terms."""

    dependencies = [("deadlines", "0001_initial")]
    operations = [
        migrations.AddIndex(
            "deadline",
            models.Index(
                fields=["rule", "due_on"],
                condition=models.Q(status="expired", ended_on=models.F("due_on")),
                name="deadline_overdue",
            ),
        ),
    ]
