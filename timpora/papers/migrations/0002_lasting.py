"""The database itself refuses to change a paper or what it says, and to delete a paper; contents may be erased."""

from django.db import migrations

WHY = "an issued paper does not change"
KEPT = (("papers_paper", "UPDATE"), ("papers_paper", "DELETE"), ("papers_content", "UPDATE"))
SQLITE = tuple(
    f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, '{WHY}'); END"
    for table, act in KEPT
)
POSTGRESQL = (
    "CREATE FUNCTION papers_lasting() RETURNS trigger LANGUAGE plpgsql AS"
    f" $$ BEGIN RAISE EXCEPTION '{WHY}'; END $$",
    *(
        f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION papers_lasting()"
        for table, act in KEPT
    ),
    "CREATE TRIGGER papers_paper_no_truncate BEFORE TRUNCATE ON papers_paper"
    " FOR EACH STATEMENT EXECUTE FUNCTION papers_lasting()",
)


def guard(apps, schema_editor):
    statements = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
    for statement in statements:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("papers", "0001_initial")]
    operations = [migrations.RunPython(guard, migrations.RunPython.noop, elidable=False)]
