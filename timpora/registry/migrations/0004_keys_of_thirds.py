from django.db import migrations


class Migration(migrations.Migration):
    """Made keys that the next one makes anew."""

    dependencies = [("registry", "0003_person_key")]

    operations = []
