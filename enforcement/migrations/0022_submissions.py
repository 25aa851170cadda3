"""What participants hand in that must be answered: petitions, complaints, challenges."""

import django.db.models.deletion
import django_fsm
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The table of what waits for an answer."""

    dependencies = [
        ('enforcement', '0021_payments'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('state', django_fsm.FSMField(default='lodged', max_length=50, protected=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=48)),
                ('channel', models.CharField(max_length=16)),
                ('text', models.CharField(max_length=1000)),
                ('received_on', models.DateField()),
                ('beside', models.JSONField(default=dict)),
                ('line', models.PositiveIntegerField(null=True)),
                ('decided_on', models.DateField(null=True)),
                ('answer', models.CharField(blank=True, max_length=1000)),
                ('court_act', models.JSONField(default=dict)),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='enforcement.participant')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='enforcement.case')),
                ('concerned', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('presentation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='enforcement.presentation')),
                ('proceeding', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='enforcement.proceeding')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'lodged')), fields=['received_on', 'id'], name='submission_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state', 'lodged'), ('decided_by__isnull', False), _connector='OR'), name='submission_decided_by_somebody'), models.CheckConstraint(condition=models.Q(('concerned__isnull', True), ('decided_by__isnull', True), models.Q(('decided_by', models.F('concerned')), _negated=True), _connector='OR'), name='submission_concerned_never_decides')],
            },
        ),
    ]
