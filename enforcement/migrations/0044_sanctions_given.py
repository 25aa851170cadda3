"""The sanctions given before tell their office; of those with one number the first keeps it."""

from django.db import migrations

from parties.spelling import number_key


def tell(apps, schema_editor):
    """Of whose office a sanction is, is what its prosecutor was when he gave it."""
    measures = apps.get_model("enforcement", "Measure")
    memberships = apps.get_model("accounts", "Membership")
    given = set()
    found = measures.objects.exclude(sanction_number="").exclude(decided_by=None)
    for measure in found.select_related("case").order_by("decided_on", "pk").iterator():
        held = memberships.objects.filter(
            user=measure.decided_by_id,
            role="prosecutor",
            since__lte=measure.decided_on,
            office__supervises=measure.case.office_id,
        ).first()
        key = (number_key(measure.sanction_number) or measure.sanction_number.casefold())[:200]
        if held is None or (place := (held.office_id, measure.decided_on.year, key)) in given:
            continue
        given.add(place)
        measures.objects.filter(pk=measure.pk).update(sanctioned_in=held.office_id, sanction_key=key)


class Migration(migrations.Migration):
    dependencies = [("enforcement", "0043_sanction_numbers")]
    operations = [migrations.RunPython(tell, migrations.RunPython.noop)]
