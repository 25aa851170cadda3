"""What the papers of an office print beside its name."""

from django.db import migrations, models

LONGEST = {
    "address_kk": 300,
    "address_ru": 300,
    "phone": 60,
    "bin": 12,
    "iban": 34,
    "bank": 300,
    "bic": 11,
}


class Migration(migrations.Migration):
    """Address, phone, BIN and deposit account."""

    dependencies = [("accounts", "0004_issuers")]
    operations = [
        migrations.AddField(
            "office",
            name,
            models.CharField(blank=True, db_default="", default="", max_length=longest),
        )
        for name, longest in LONGEST.items()
    ]
