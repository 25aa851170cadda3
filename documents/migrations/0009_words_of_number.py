"""More words say that a number follows: the keys of the numbers stored, anew."""

from django.db import migrations

from parties.spelling import number_key


def rekey(apps, schema_editor):
    """The key of each number as it is made now."""
    documents = apps.get_model("documents", "ExecutiveDocument").objects.exclude(case_number="")
    changed = []
    for document in documents.only("case_number", "case_key").iterator(chunk_size=1000):
        if (key := number_key(document.case_number)) != document.case_key:
            document.case_key = key
            changed.append(document)
    documents.bulk_update(changed, ["case_key"], batch_size=1000)


class Migration(migrations.Migration):
    """A number after the words of a court's case is the number."""

    dependencies = [("documents", "0008_one_number")]
    operations = [migrations.RunPython(rekey, migrations.RunPython.noop)]
