"""A party in whose place his successor came: who he was is kept."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


KEPT = "REVOKE DELETE, TRUNCATE ON enforcement_succession FROM oryndau_app"
FREE = "GRANT DELETE ON enforcement_succession TO oryndau_app"


class Migration(migrations.Migration):
    """Former parties; none of them is ever deleted."""

    dependencies = [
        ('enforcement', '0027_engagements'),
        ('journal', '0003_sound_lines'),
        ('parties', '0004_kind_of_address'),
    ]

    operations = [
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('event', models.CharField(max_length=32)),
                ('until', models.DateField()),
                ('name_kk', models.CharField(max_length=300)),
                ('name_ru', models.CharField(max_length=300)),
                ('was', models.JSONField()),
                ('annulled_by', models.BigIntegerField(null=True)),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.entry')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='enforcement.participant')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='succeeded', to='parties.party')),
            ],
            options={
                'indexes': [models.Index(fields=['party'], name='succession_former')],
            },
        ),
        migrations.RunSQL(KEPT, FREE),
    ]
