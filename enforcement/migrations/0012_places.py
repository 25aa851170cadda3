"""Where execution may be done beside the residence; an act in words of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("enforcement", "0011_above_because")]

    operations = [
        migrations.AddField(
            "participant", "workplace_city", models.CharField(blank=True, default="", max_length=300)
        ),
        migrations.AddField(
            "participant", "property_city", models.CharField(blank=True, default="", max_length=300)
        ),
        migrations.AddField(
            "debt", "act_text", models.CharField(blank=True, default="", max_length=1000)
        ),
        migrations.AddField(
            "debt", "act_city", models.CharField(blank=True, default="", max_length=300)
        ),
    ]
