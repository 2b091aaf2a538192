"""Three groups to start with: contributors draft, editors also delete drafts, publishers decide what the public reads."""

from django.db import migrations

NOUNS = {
    "project": "project",
    "initiative": "initiative",
    "countrybudget": "country budget",
    "region": "region",
    "organisation": "organisation",
    "event": "event",
    "source": "source",
    "statement": "statement",
}
GROUPS = {
    "Contributors": ["view", "add", "change"],
    "Editors": ["view", "add", "change", "delete"],
    "Publishers": ["view", "add", "change", "delete", "publish"],
}


def make_groups(apps, schema_editor):
    """Permissions are made by Django after all migrations; the groups need theirs now, under the same names."""
    content_types = apps.get_model("contenttypes", "ContentType").objects
    permissions = apps.get_model("auth", "Permission").objects

    def permission(action, noun, label):
        kind, _ = content_types.get_or_create(app_label="registry", model=noun)
        named = {"name": f"Can {action} {label}"}
        return permissions.get_or_create(content_type=kind, codename=f"{action}_{noun}", defaults=named)[0]

    for name, actions in GROUPS.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.add(permission("view", "change", "change"))
        group.permissions.add(*(permission(action, noun, label) for noun, label in NOUNS.items() for action in actions))


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0002_codes"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
