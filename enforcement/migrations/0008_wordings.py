"""Whoever is named in a case is found by that name; a case is found by its number alone."""

from typing import Any

from django.db import migrations, models

from parties.models import Wording as Told

BATCH = 2_000


def fill(apps: Any, schema_editor: Any) -> None:
    """Keep how every participant is named."""
    wordings = apps.get_model("parties", "Wording").objects
    people = apps.get_model("enforcement", "Participant").objects.order_by("pk")
    fields = ("party_id", "name_kk", "name_ru", "identifier", "as_written")
    rows = []
    for party, kk, ru, identifier, written in people.values_list(*fields).iterator(BATCH):
        told = Told.of(party, kk, ru, number=identifier or written)
        names = ("id", "party_id", "name_kk", "name_ru", "number", "key", "near")
        rows.append(wordings.model(**{name: getattr(told, name) for name in names}))
        if len(rows) == BATCH:
            wordings.bulk_create(rows, ignore_conflicts=True)
            rows = []
    wordings.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):
    """Fill parties.Wording; an index for a case's number alone."""

    dependencies = [("enforcement", "0007_every_addressee"), ("parties", "0003_wordings")]
    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex("case", models.Index(fields=["number", "year"], name="case_number")),
    ]
