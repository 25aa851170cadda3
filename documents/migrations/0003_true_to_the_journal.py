"""A file is what its digest says, a paper what its line says, a register counts for one office."""

from django.db import migrations

DIGESTS = """
ALTER TABLE documents_blob ADD CONSTRAINT blob_is_its_digest
    CHECK (digest = encode(sha256(content), 'hex') AND size = octet_length(content));
"""
# The line comes first, then the paper, then its renderings: each is held against the line.
TOLD = """
CREATE FUNCTION documents_told() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    paper documents_paper;
    told jsonb;
BEGIN
    IF TG_TABLE_NAME = 'documents_paper' THEN
        paper := NEW;
    ELSE
        SELECT * INTO STRICT paper FROM documents_paper WHERE id = NEW.paper_id;
    END IF;
    SELECT each INTO told FROM journal_entry e, jsonb_path_query(e.body::jsonb, '$.papers[*]') each
        WHERE e.id = paper.entry_id AND each ->> 'kind' = paper.kind
        AND each ->> 'number' = paper.number || '/' || paper.year;
    IF told IS NULL THEN
        RAISE EXCEPTION 'no line issued paper %/%', paper.number, paper.year
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_TABLE_NAME = 'documents_rendering' THEN
        IF told -> 'digests' ->> NEW.language IS DISTINCT FROM NEW.blob_id THEN
            RAISE EXCEPTION 'paper %/% has other bytes in its line', paper.number, paper.year
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER documents_paper_told BEFORE INSERT ON documents_paper
    FOR EACH ROW EXECUTE FUNCTION documents_told();
CREATE TRIGGER documents_rendering_told BEFORE INSERT ON documents_rendering
    FOR EACH ROW EXECUTE FUNCTION documents_told();
"""
# documents_register_up watches `last`; what the row counts for never changes.
ONE_OFFICE = """
CREATE TRIGGER documents_register_same BEFORE UPDATE ON documents_register FOR EACH ROW
    WHEN ((OLD.id, OLD.office_id, OLD.kind, OLD.year)
        IS DISTINCT FROM (NEW.id, NEW.office_id, NEW.kind, NEW.year))
    EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE ON documents_executivedocument FROM oryndau_app;
"""
UNTRUE = """
GRANT UPDATE, DELETE ON documents_executivedocument TO oryndau_app;
DROP TRIGGER documents_register_same ON documents_register;
DROP TRIGGER documents_rendering_told ON documents_rendering;
DROP TRIGGER documents_paper_told ON documents_paper;
DROP FUNCTION documents_told();
ALTER TABLE documents_blob DROP CONSTRAINT blob_is_its_digest;
"""


class Migration(migrations.Migration):
    """Guards of files, papers and registers."""

    dependencies = [("documents", "0002_keep")]
    operations = [
        migrations.RunSQL(DIGESTS, UNTRUE),
        migrations.RunSQL(TOLD, migrations.RunSQL.noop),
        migrations.RunSQL(ONE_OFFICE, migrations.RunSQL.noop),
    ]
