import django.db.models.deletion
from django.db import migrations, models


def read_again(apps, _schema_editor):
    """Lists that were read wait for their columns again: their lines are kept otherwise from now on."""
    batches = apps.get_model("exchange", "Batch").objects
    if batches.filter(asked_at__isnull=False, committed_at__isnull=True).exists():
        raise RuntimeError("A list is being taken in. Let the earlier version finish it, then migrate.")
    read = batches.filter(asked_at__isnull=True, mapped_at__isnull=False)
    apps.get_model("exchange", "Row").objects.filter(batch__in=read.values("pk")).delete()
    read.update(mapped_at=None)


class Migration(migrations.Migration):
    dependencies = [("exchange", "0002_gaps")]

    operations = [
        migrations.RunPython(read_again, migrations.RunPython.noop),
        migrations.RemoveField(model_name="upload", name="lines"),
        migrations.AddField(model_name="upload", name="remarks", field=models.TextField(blank=True, default=""), preserve_default=False),
        migrations.CreateModel(
            name="UploadPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first", models.PositiveIntegerField()),
                ("last", models.PositiveIntegerField()),
                ("lines", models.TextField()),
                ("upload", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="exchange.upload")),
            ],
        ),
        migrations.AddIndex(
            model_name="row",
            index=models.Index(condition=models.Q(("taken_at__isnull", True)), fields=["batch", "number"], name="row_untaken"),
        ),
        migrations.AddField(model_name="batch", name="forgotten_at", field=models.DateTimeField(blank=True, null=True)),
    ]
