"""Papers, their renderings and all files only grow; register numbers never go back."""

from django.db import migrations

TABLES = ("documents_paper", "documents_rendering", "documents_blob", "documents_attachment")
COUNT_UP = """
CREATE FUNCTION documents_count_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before int := CASE WHEN TG_OP = 'INSERT' THEN -1 ELSE OLD.last END;
BEGIN
    IF NEW.last <> before + 1 THEN
        RAISE EXCEPTION 'a register counts up by one: % -> %', before, NEW.last
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER documents_register_up BEFORE INSERT OR UPDATE ON documents_register
    FOR EACH ROW EXECUTE FUNCTION documents_count_up();
REVOKE DELETE, TRUNCATE ON documents_register FROM oryndau_app;
"""
COUNT_FREE = """
GRANT DELETE ON documents_register TO oryndau_app;
DROP TRIGGER documents_register_up ON documents_register;
DROP FUNCTION documents_count_up();
"""


class Migration(migrations.Migration):
    """Guards of papers and registers."""

    dependencies = [("documents", "0001_initial"), ("journal", "0002_chain")]
    operations = [
        *(
            migrations.RunSQL(f"SELECT keep_forever('{table}')", f"SELECT free_again('{table}')")
            for table in TABLES
        ),
        migrations.RunSQL(COUNT_UP, COUNT_FREE),
    ]
