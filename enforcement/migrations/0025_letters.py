"""What a bailiff asks of others and waits for."""

import django.db.models.deletion
import django_fsm
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_letters'),
        ('enforcement', '0024_marks'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('state', django_fsm.FSMField(default='awaited', max_length=50, protected=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=24)),
                ('addressee', models.CharField(blank=True, max_length=300)),
                ('details', models.JSONField(default=dict)),
                ('paper', models.CharField(blank=True, max_length=32)),
                ('pace', models.CharField(blank=True, max_length=16)),
                ('sent_on', models.DateField()),
                ('received_on', models.DateField(null=True)),
                ('answer_by', models.DateField(null=True)),
                ('outcome', models.CharField(blank=True, max_length=24)),
                ('replied_on', models.DateField(null=True)),
                ('number', models.CharField(blank=True, max_length=64)),
                ('decided_on', models.DateField(null=True)),
                ('after', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='enforcement.letter')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='enforcement.case')),
                ('participant', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='enforcement.participant')),
                ('proceeding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='enforcement.proceeding')),
                ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'awaited')), fields=['sent_on', 'id'], name='letter_awaited')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('addressee', ''), ('participant', None), ('to__isnull', False)), models.Q(('addressee', ''), ('participant__isnull', False), ('to', None)), models.Q(('participant', None), ('to', None), models.Q(('addressee', ''), _negated=True)), _connector='OR'), name='letter_to_somebody')],
            },
        ),
    ]
