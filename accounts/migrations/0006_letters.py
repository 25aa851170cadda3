"""The directory holds whoever the office writes to, and who of them takes messages."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_details'),
    ]

    operations = [
        migrations.AddField(
            model_name='office',
            name='online',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AlterField(
            model_name='office',
            name='kind',
            field=models.CharField(choices=[('bailiff', 'Bailiff'), ('court', 'Court'), ('prosecutor', 'Prosecutor'), ('notary', 'Notary'), ('body', 'Body'), ('bank', 'Bank'), ('registry', 'Registry'), ('police', 'Police'), ('organisation', 'Organisation')], max_length=16),
        ),
    ]
