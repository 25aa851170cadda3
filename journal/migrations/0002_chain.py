"""The database numbers, stamps and chains every entry, and refuses to change one."""

from django.db import migrations

# What the first line of a stream points back to, and the one text an entry's hash is taken of.
HASH = """
CREATE FUNCTION journal_genesis(stream uuid, kind text, rule_set text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(sha256(convert_to(
        jsonb_build_array('stream', stream, kind, rule_set)::text, 'UTF8')), 'hex')
$$;
CREATE FUNCTION journal_entry_hash(e journal_entry) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(
        e.id, e.stream_id, e.seq, e.kind, e."on", e.happened_at AT TIME ZONE 'UTC',
        e.recorded_at AT TIME ZONE 'UTC', e.by_id, e.machine, e.subject, e.state_after, e.body,
        e.corrects, e.law_digest, e.calendar, e.xid, e.prev)::text, 'UTF8')), 'hex')
$$;
"""

# SECURITY DEFINER: the app may insert lines but never write a stream's head itself.
CHAIN = """
CREATE FUNCTION journal_chain() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    head journal_stream;
BEGIN
    -- NO KEY: who only notes a reading of the stream does not wait for the verb that writes it.
    SELECT * INTO STRICT head FROM journal_stream WHERE id = NEW.stream_id FOR NO KEY UPDATE;
    -- Guards ask for the last line of a thing: nobody may choose its place.
    NEW.id := nextval(pg_get_serial_sequence('journal_entry', 'id'));
    NEW.seq := head.head_seq + 1;
    NEW.recorded_at := clock_timestamp();
    -- Never below the line before, so that the feed keeps the order of every stream: a transaction
    -- that began earlier may come to this stream later.
    NEW.xid := greatest(pg_current_xact_id()::text::bigint, (SELECT e.xid FROM journal_entry e
        WHERE e.stream_id = head.id AND e.seq = head.head_seq));
    NEW.prev := CASE WHEN head.head_seq = 0
        THEN journal_genesis(head.id, head.kind, head.rule_set) ELSE head.head_hash END;
    NEW.hash := journal_entry_hash(NEW);
    UPDATE journal_stream SET head_seq = NEW.seq, head_hash = NEW.hash WHERE id = head.id;
    RETURN NEW;
END
$$;
CREATE TRIGGER journal_chain BEFORE INSERT ON journal_entry
    FOR EACH ROW EXECUTE FUNCTION journal_chain();

CREATE FUNCTION journal_new_stream() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.head_seq := 0;
    NEW.head_hash := '';
    RETURN NEW;
END
$$;
CREATE TRIGGER journal_new_stream BEFORE INSERT ON journal_stream
    FOR EACH ROW EXECUTE FUNCTION journal_new_stream();
"""

# One function for every table that only grows, here and in the apps above.
APPEND_ONLY = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
"""


# keep_forever('table') makes a table one that only grows, for every role; free_again undoes it.
KEEP = """
CREATE FUNCTION keep_forever(kept regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON %s
        FOR EACH ROW EXECUTE FUNCTION refuse_change()', kept);
    EXECUTE format('CREATE TRIGGER keep_all BEFORE TRUNCATE ON %s
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', kept);
    EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %s FROM oryndau_app', kept);
END
$$;
CREATE FUNCTION free_again(kept regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('GRANT UPDATE, DELETE ON %s TO oryndau_app', kept);
    EXECUTE format('DROP TRIGGER keep_all ON %s', kept);
    EXECUTE format('DROP TRIGGER keep ON %s', kept);
END
$$;
REVOKE ALL ON FUNCTION keep_forever(regclass), free_again(regclass) FROM PUBLIC;
"""
TABLES = ("journal_entry", "journal_reading", "journal_readingdigest")
# A stream's head does move, but only the chain's own function may write it.
KEEP_STREAMS = """
CREATE TRIGGER keep BEFORE DELETE ON journal_stream
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER keep_all BEFORE TRUNCATE ON journal_stream
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON journal_stream FROM oryndau_app;
"""
FREE_STREAMS = "SELECT free_again('journal_stream')"
UNCHAIN = """
DROP TRIGGER journal_new_stream ON journal_stream;
DROP FUNCTION journal_new_stream();
DROP TRIGGER journal_chain ON journal_entry;
DROP FUNCTION journal_chain();
"""


class Migration(migrations.Migration):
    """Chain and guards of the journal."""

    dependencies = [("journal", "0001_initial")]
    operations = [
        migrations.RunSQL(
            HASH,
            "DROP FUNCTION journal_entry_hash(journal_entry);"
            "DROP FUNCTION journal_genesis(uuid, text, text)",
        ),
        migrations.RunSQL(CHAIN, UNCHAIN),
        migrations.RunSQL(APPEND_ONLY, "DROP FUNCTION refuse_change()"),
        migrations.RunSQL(
            KEEP, "DROP FUNCTION keep_forever(regclass); DROP FUNCTION free_again(regclass)"
        ),
        *(
            migrations.RunSQL(f"SELECT keep_forever('{table}')", f"SELECT free_again('{table}')")
            for table in TABLES
        ),
        migrations.RunSQL(KEEP_STREAMS, FREE_STREAMS),
    ]
