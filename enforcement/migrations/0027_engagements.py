"""Who takes part beside the parties: representatives, witnesses, interpreters and others."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models


KEPT = "REVOKE DELETE, TRUNCATE ON enforcement_engagement FROM oryndau_app"
FREE = "GRANT DELETE ON enforcement_engagement TO oryndau_app"


class Migration(migrations.Migration):
    """The people engaged on a case; none of them is ever deleted."""

    dependencies = [
        ('enforcement', '0026_letter_guards'),
        ('journal', '0003_sound_lines'),
    ]

    operations = [
        migrations.CreateModel(
            name='Engagement',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(max_length=32)),
                ('name', models.CharField(max_length=300)),
                ('iin', models.CharField(blank=True, max_length=12)),
                ('address', models.CharField(blank=True, max_length=300)),
                ('contact', models.CharField(blank=True, max_length=300)),
                ('basis', models.CharField(blank=True, max_length=32)),
                ('powers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=32), default=list, size=None)),
                ('since', models.DateField()),
                ('lasts_until', models.DateField(null=True)),
                ('ended_on', models.DateField(null=True)),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.entry')),
                ('presentation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='engagements', to='enforcement.presentation')),
                ('whom', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='engaged', to='enforcement.participant')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('ended_on', None), ('lasts_until__isnull', False)), fields=['lasts_until', 'id'], name='engagement_running_out')],
            },
        ),
        migrations.RunSQL(KEPT, FREE),
    ]
