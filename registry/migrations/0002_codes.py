"""One sequence a noun, so that handing out a code waits for nobody and no code comes twice."""

from django.db import migrations

NOUNS = ["project", "initiative", "countrybudget", "region", "organisation", "event", "source", "statement"]


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]
    operations = [
        migrations.RunSQL(f"CREATE SEQUENCE registry_{noun}_code", f"DROP SEQUENCE registry_{noun}_code")
        for noun in NOUNS
    ]
