"""Money as it comes: its payer, its document, what is above, shares, what months owe."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    """What money and what is owed again and again need beside the sum."""

    dependencies = [
        ('enforcement', '0016_carried'),
        ('journal', '0003_sound_lines'),
    ]

    operations = [
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=15)),
                ('on', models.DateField()),
                ('since', models.DateField(null=True)),
                ('until', models.DateField(null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Refund',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=15)),
                ('on', models.DateField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RemoveConstraint(
            model_name='reversal',
            name='reversal_of_one_sum',
        ),
        migrations.AddField(
            model_name='debt',
            name='merged',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
        ),
        migrations.AddField(
            model_name='debt',
            name='periodic_amount',
            field=models.DecimalField(decimal_places=2, max_digits=15, null=True),
        ),
        migrations.AddField(
            model_name='debt',
            name='share',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='debt',
            name='shared',
            field=models.DecimalField(decimal_places=2, max_digits=15, null=True),
        ),
        migrations.AddField(
            model_name='recovery',
            name='document',
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name='recovery',
            name='payer',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='recovery',
            name='source',
            field=models.CharField(default='debtor', max_length=16),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='assessment',
            name='debt',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='enforcement.debt'),
        ),
        migrations.AddField(
            model_name='assessment',
            name='entry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.entry'),
        ),
        migrations.AddField(
            model_name='reversal',
            name='assessment',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversal', to='enforcement.assessment'),
        ),
        migrations.AddField(
            model_name='refund',
            name='entry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.entry'),
        ),
        migrations.AddField(
            model_name='refund',
            name='recovery',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='enforcement.recovery'),
        ),
        migrations.AddField(
            model_name='reversal',
            name='refund',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversal', to='enforcement.refund'),
        ),
        migrations.AddConstraint(
            model_name='reversal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('assessment__isnull', True), ('cost__isnull', True), ('recovery__isnull', False), ('refund__isnull', True), ('reimbursement__isnull', True)), models.Q(('assessment__isnull', True), ('cost__isnull', True), ('recovery__isnull', True), ('refund__isnull', False), ('reimbursement__isnull', True)), models.Q(('assessment__isnull', False), ('cost__isnull', True), ('recovery__isnull', True), ('refund__isnull', True), ('reimbursement__isnull', True)), models.Q(('assessment__isnull', True), ('cost__isnull', False), ('recovery__isnull', True), ('refund__isnull', True), ('reimbursement__isnull', True)), models.Q(('assessment__isnull', True), ('cost__isnull', True), ('recovery__isnull', True), ('refund__isnull', True), ('reimbursement__isnull', False)), _connector='OR'), name='reversal_of_one_sum'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='assessment_above_zero'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('since', None), ('until__isnull', False)), models.Q(('since__isnull', False), ('until', None)), _connector='OR'), name='assessment_of_months_or_arrears'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='refund_above_zero'),
        ),
    ]
