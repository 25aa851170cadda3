"""An attempt says what the password was asked for: to sign in, or to sign an act."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Attempts known so far were made at the door."""

    dependencies = [("accounts", "0002_secrets")]
    operations = [
        migrations.AddField(
            model_name="signinattempt",
            name="purpose",
            field=models.CharField(db_default="sign_in", default="sign_in", max_length=16),
        ),
    ]
