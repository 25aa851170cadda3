"""The prosecutor's supervision stands among what must be answered."""

import django.db.models.deletion
from django.db import migrations, models

ROW = "('submission', 'lodged', 'file_returned')"
FILL = f"INSERT INTO enforcement_transition (machine, source, target) VALUES {ROW}"
EMPTY = f"DELETE FROM enforcement_transition WHERE (machine, source, target) = {ROW}"
GUARD = """
CREATE TRIGGER submission_supervised_same BEFORE UPDATE ON enforcement_submission FOR EACH ROW
    WHEN ((OLD.supervisor_id, OLD.answer_by) IS DISTINCT FROM (NEW.supervisor_id, NEW.answer_by))
    EXECUTE FUNCTION refuse_change();
"""
UNGUARD = "DROP TRIGGER submission_supervised_same ON enforcement_submission;"


class Migration(migrations.Migration):
    """Whose supervision, its last day, and the return of a file."""

    dependencies = [("enforcement", "0029_who_was_kept"), ("accounts", "0006_letters")]
    operations = [
        migrations.AddField(
            "submission",
            "supervisor",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.office",
            ),
        ),
        migrations.AddField("submission", "answer_by", models.DateField(null=True)),
        migrations.AddIndex(
            "submission",
            models.Index(
                condition=models.Q(("supervisor__isnull", False)),
                fields=["received_on", "id"],
                name="submission_supervised",
            ),
        ),
        migrations.RunSQL(FILL, EMPTY),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
