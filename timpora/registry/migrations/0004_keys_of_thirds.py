from django.db import migrations

from timpora.registry.linkage.columns import Record, columns
from timpora.registry.linkage.keys import keys


def found_again(apps, _schema):
    """Everybody known gets the keys under which they are found today."""
    person_key, person = apps.get_model("registry", "PersonKey"), apps.get_model("registry", "Person")
    person_key.objects.all().delete()
    told = person.objects.values_list("pk", "names", "birth_date", "sex", "nationality")
    made = (
        person_key(person_id=pk, key=key)
        for pk, names, birth, sex, nationality in told.iterator()
        for key in keys(columns(Record(names, birth=birth, sex=sex, nationality=nationality)))
    )
    person_key.objects.bulk_create(made, batch_size=5_000)


class Migration(migrations.Migration):
    dependencies = [("registry", "0003_person_key")]

    operations = [migrations.RunPython(found_again, migrations.RunPython.noop)]
