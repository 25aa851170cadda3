"""The folding and the Kazakh order of names, as functions the generated columns call."""

from django.db import migrations

# The same folding as parties/search_keys.py; a test holds the two together.
FOLD = """
CREATE FUNCTION kk_fold(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT btrim(regexp_replace(
        translate(translate(lower($1), 'abcehikmoptxyə', 'авсенікмортхуә'),
                  'әғқңөұүһіё', 'агкноуухие'),
        '[[:space:]]+', ' ', 'g'))
$$
"""
# The 42 letters of the Kazakh alphabet in its order, as signs that sort by their code.
SORT = """
CREATE FUNCTION kk_sort_key(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT translate(upper($1),
        'АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ',
        'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnop')
$$
"""


class Migration(migrations.Migration):
    """kk_fold() and kk_sort_key()."""

    dependencies = []
    operations = [
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS pg_trgm", migrations.RunSQL.noop),
        migrations.RunSQL(FOLD, "DROP FUNCTION kk_fold(text)"),
        migrations.RunSQL(SORT, "DROP FUNCTION kk_sort_key(text)"),
    ]
