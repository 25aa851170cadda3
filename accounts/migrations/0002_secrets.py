"""Whoever only reads the database may not sign in with what is read there."""

from django.db import migrations

SECRETS = ("django_session", "accounts_apitoken", "accounts_signinattempt", "accounts_user")
PEOPLE = "SELECT (id, login, full_name, is_active, last_login) ON accounts_user"
# A server from elsewhere may have no such role.
WHERE_IT_IS = """
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'oryndau_reader') THEN
    {}
  END IF;
END $$
"""
HIDE = WHERE_IT_IS.format(
    f"REVOKE ALL ON {', '.join(SECRETS)} FROM oryndau_reader; GRANT {PEOPLE} TO oryndau_reader;"
)
SHOW = WHERE_IT_IS.format(f"GRANT SELECT ON {', '.join(SECRETS)} TO oryndau_reader;")


class Migration(migrations.Migration):
    """Session keys, digests of tokens and passwords are not for the reader."""

    dependencies = [("accounts", "0001_initial"), ("sessions", "0001_initial")]
    operations = [
        migrations.RunSQL(HIDE, SHOW),
        # Attempts are counted against whoever guesses: the application only adds to them.
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE ON accounts_signinattempt FROM oryndau_app",
            "GRANT UPDATE, DELETE ON accounts_signinattempt TO oryndau_app",
        ),
    ]
