"""What is told at intake beside what the paper shows."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0006_part_of_number")]

    operations = [
        migrations.AddField("executivedocument", "beside", models.JSONField(default=dict)),
    ]
