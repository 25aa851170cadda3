"""A paper has left when it was sent to every addressee, not to the first of them."""

from django.db import migrations, models

# What is left of some addressees after a sending to these keys and to a name as typed.
LEFT = """
CREATE FUNCTION enforcement_left(waiting jsonb, keys jsonb, typed text)
RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(jsonb_agg(each ORDER BY place), '[]')
    FROM jsonb_array_elements(waiting) WITH ORDINALITY AS told(each, place)
    WHERE NOT jsonb_exists(keys, each ->> 'key')
    AND typed NOT IN (each ->> 'kk', each ->> 'ru')
$$;
"""
NO_LEFT = "DROP FUNCTION enforcement_left(jsonb, jsonb, text)"
# A paper that names nobody waits until it was sent to somebody.
EVERY = """
CREATE OR REPLACE FUNCTION enforcement_goes_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'documents_paper' THEN
        INSERT INTO enforcement_outgoing (paper_id, office_id, kind, issued_on, waiting)
            VALUES (NEW.id, NEW.office_id, NEW.kind, NEW.issued_on, NEW.addressees);
    ELSE
        UPDATE enforcement_outgoing SET waiting = enforcement_left(waiting, NEW."to", NEW.addressee)
            WHERE paper_id = NEW.paper_id;
        DELETE FROM enforcement_outgoing WHERE paper_id = NEW.paper_id AND waiting = '[]';
    END IF;
    RETURN NULL;
END
$$;
"""
FIRST = """
CREATE OR REPLACE FUNCTION enforcement_goes_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'documents_paper' THEN
        INSERT INTO enforcement_outgoing (paper_id, office_id, issued_on)
            VALUES (NEW.id, NEW.office_id, NEW.issued_on);
    ELSE
        DELETE FROM enforcement_outgoing WHERE paper_id = NEW.paper_id;
    END IF;
    RETURN NULL;
END
$$;
"""
# What was sent before is known by the name as it was typed.
FILL = """
DELETE FROM enforcement_outgoing;
INSERT INTO enforcement_outgoing (paper_id, office_id, kind, issued_on, waiting)
    SELECT id, office_id, kind, issued_on, addressees FROM documents_paper;
DO $$
DECLARE
    sent record;
BEGIN
    FOR sent IN SELECT paper_id, addressee FROM enforcement_dispatch LOOP
        UPDATE enforcement_outgoing SET waiting = enforcement_left(waiting, '[]', sent.addressee)
            WHERE paper_id = sent.paper_id;
    END LOOP;
END
$$;
DELETE FROM enforcement_outgoing o USING enforcement_dispatch d
    WHERE d.paper_id = o.paper_id AND o.waiting = '[]';
"""
EMPTY = """
DELETE FROM enforcement_outgoing o USING enforcement_dispatch d WHERE d.paper_id = o.paper_id;
"""


class Migration(migrations.Migration):
    """Every addressee."""

    dependencies = [
        ("documents", "0005_addressees"),
        ("enforcement", "0006_lasting"),
    ]
    operations = [
        migrations.AddField("dispatch", "to", models.JSONField(default=list)),
        migrations.AlterField(
            "dispatch", "addressee", models.CharField(blank=True, max_length=300)
        ),
        migrations.AddField(
            "outgoing", "kind", models.CharField(default="", max_length=32), preserve_default=False
        ),
        migrations.AddField("outgoing", "waiting", models.JSONField(default=list)),
        migrations.AddIndex(
            "outgoing",
            models.Index(fields=["office", "kind", "issued_on"], name="outgoing_late"),
        ),
        migrations.RunSQL(LEFT, NO_LEFT),
        migrations.RunSQL(EVERY, FIRST),
        migrations.RunSQL(FILL, EMPTY),
    ]
