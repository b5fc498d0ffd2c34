from collections import defaultdict

from django.db import migrations

from timpora.registry.linkage.columns import Record, columns
from timpora.registry.linkage.keys import keys

PART = 2_000  # persons whose keys are in memory at a time


def found_again(apps, _schema):
    """Everybody known gets the keys under which they are found today."""
    person_key, person = apps.get_model("registry", "PersonKey"), apps.get_model("registry", "Person")
    statement = apps.get_model("registry", "Statement")
    person_key.objects.all().delete()
    last = 0
    while told := list(
        person.objects.filter(pk__gt=last)
        .order_by("pk")
        .values_list("pk", "names", "birth_date", "sex", "nationality")[:PART]
    ):
        first, last = told[0][0], told[-1][0]
        areas = defaultdict(set)
        spoken_of = statement.objects.filter(person__gte=first, person__lte=last)
        for pk, area in spoken_of.values_list("person", "area").distinct():
            areas[pk].add(area)
        person_key.objects.bulk_create(
            person_key(person_id=pk, key=key)
            for pk, names, birth, sex, nationality in told
            for key in keys(
                columns(Record(names, birth=birth, sex=sex, nationality=nationality)), areas[pk]
            )
        )


class Migration(migrations.Migration):
    dependencies = [("registry", "0004_keys_of_thirds")]

    operations = [migrations.RunPython(found_again, migrations.RunPython.noop)]
