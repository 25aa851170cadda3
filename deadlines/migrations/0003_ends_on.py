"""A term may have its last day from another statute than the rule's own length."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0002_overdue")]

    operations = [
        migrations.AddField("deadline", "ends_on", models.DateField(null=True)),
    ]
