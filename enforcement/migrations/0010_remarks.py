"""What is remarked of a document names its code and field beside the rule."""

from django.db import migrations

from law.statute import statute

FIELDS = {"issued_before_force": "issued_on", "unsealed_order": "sealed"}


def tell_in_full(apps, schema_editor):
    """Remarks that were rule ids alone."""
    for arrival in _remarked(apps):
        law = statute(arrival.case.stream.rule_set)
        codes = {law.role(code): code for code in FIELDS}
        arrival.verdict["remarks"] = [
            {"code": codes[rule], "field": FIELDS[codes[rule]], "rule": rule}
            for rule in arrival.verdict["remarks"]
        ]
        arrival.save(update_fields=["verdict"])


def tell_rules_alone(apps, schema_editor):
    """The rule ids of remarks, as they were told before."""
    for arrival in _remarked(apps):
        told = [each["rule"] for each in arrival.verdict["remarks"] if each["code"] in FIELDS]
        arrival.verdict["remarks"] = told
        arrival.save(update_fields=["verdict"])


def _remarked(apps):
    arrivals = apps.get_model("enforcement", "Presentation").objects
    found = arrivals.filter(verdict__has_key="remarks").select_related("case__stream")
    return found.iterator(chunk_size=500)


class Migration(migrations.Migration):
    """Remarks: [{code, field, rule}]."""

    dependencies = [
        ("enforcement", "0009_secured_after_return"),
        ("journal", "0002_chain"),
    ]
    operations = [migrations.RunPython(tell_in_full, tell_rules_alone)]
