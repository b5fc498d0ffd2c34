import django.db.models.deletion
from django.db import migrations, models

from timpora.registry.linkage.columns import Record, columns
from timpora.registry.linkage.keys import keys


def found_again(apps, _schema):
    """Everybody known already gets the keys under which they are found."""
    person_key, person = apps.get_model("registry", "PersonKey"), apps.get_model("registry", "Person")
    told = person.objects.values_list("pk", "names", "birth_date", "sex", "nationality")
    made = (
        person_key(person_id=pk, key=key)
        for pk, names, birth, sex, nationality in told.iterator()
        for key in keys(columns(Record(names, birth=birth, sex=sex, nationality=nationality)))
    )
    person_key.objects.bulk_create(made, batch_size=5_000)


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_merging")]

    operations = [
        migrations.CreateModel(
            name="PersonKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.BigIntegerField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="keys",
                        to="registry.person",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("key", "person"), name="person_key_once")],
            },
        ),
        migrations.RunPython(found_again, migrations.RunPython.noop),
    ]
