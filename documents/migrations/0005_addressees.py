"""A paper keeps whom it goes to, as its text and its facts name them."""

from django.db import migrations, models

from documents.wording import addressees
from law.statute import statute


def fill(apps, schema_editor):
    """Papers issued before, as the law's texts name their addressees."""
    papers = apps.get_model("documents", "Paper").objects
    for paper in papers.iterator(chunk_size=500):
        paper.addressees = addressees(statute(paper.rule_set).texts[paper.kind], paper.facts)
        paper.save(update_fields=["addressees"])


class Migration(migrations.Migration):
    """The addressees of papers."""

    dependencies = [("documents", "0004_number"), ("journal", "0002_chain")]
    operations = [
        migrations.AddField("paper", "addressees", models.JSONField(default=list)),
        # Papers never change: only here, once, and guarded again before anybody can see it.
        migrations.RunSQL(
            "SELECT free_again('documents_paper')", "SELECT keep_forever('documents_paper')"
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunSQL(
            "SELECT keep_forever('documents_paper')", "SELECT free_again('documents_paper')"
        ),
    ]
