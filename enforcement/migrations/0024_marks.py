"""What waits to be given back or released is marked beside its proceeding."""

import django.db.models.deletion
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models

# Nothing is known of what there is before `manage.py recompute_deadlines` reckons it.
FILL = "INSERT INTO enforcement_mark (proceeding_id) SELECT id FROM enforcement_proceeding"

# A proceeding has its mark from its beginning and for ever.
KEPT = """
CREATE FUNCTION enforcement_marked() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO enforcement_mark (proceeding_id) VALUES (NEW.id);
    RETURN NULL;
END
$$;
CREATE TRIGGER proceeding_marked AFTER INSERT ON enforcement_proceeding
    FOR EACH ROW EXECUTE FUNCTION enforcement_marked();
REVOKE INSERT, DELETE, TRUNCATE ON enforcement_mark FROM oryndau_app;
"""
FREE = """
GRANT INSERT, DELETE ON enforcement_mark TO oryndau_app;
DROP TRIGGER proceeding_marked ON enforcement_proceeding;
DROP FUNCTION enforcement_marked();
"""


class Migration(migrations.Migration):
    """A mark for each proceeding, empty until it is reckoned."""

    dependencies = [("enforcement", "0023_submission_guards")]
    operations = [
        migrations.CreateModel(
            name="Mark",
            fields=[
                (
                    "proceeding",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="mark",
                        serialize=False,
                        to="enforcement.proceeding",
                    ),
                ),
                ("surplus", models.DecimalField(decimal_places=2, max_digits=15, null=True)),
                ("surplus_since", models.DateField(null=True)),
                ("free_since", models.DateField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("surplus_since__isnull", False)),
                        fields=["surplus_since"],
                        name="mark_surplus",
                    ),
                    models.Index(
                        condition=models.Q(("free_since__isnull", False)),
                        fields=["free_since"],
                        name="mark_free",
                    ),
                ],
            },
        ),
        migrations.AddIndex("debt", GinIndex(fields=["merged"], name="debt_merged")),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(KEPT, FREE),
    ]
