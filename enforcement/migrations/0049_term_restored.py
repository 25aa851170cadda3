"""A document refused as late waits again once a court restored its term."""

from django.db import migrations

ROW = "('presentation', 'refused_late', 'received')"
FILL = f"INSERT INTO enforcement_transition (machine, source, target) VALUES {ROW}"
EMPTY = f"DELETE FROM enforcement_transition WHERE (machine, source, target) = {ROW}"


class Migration(migrations.Migration):
    """From refused as late back to received."""

    dependencies = [("enforcement", "0048_reply_file")]
    operations = [migrations.RunSQL(FILL, EMPTY)]
