"""Sequences for the codes of the new nouns, and what the three groups may do with them and with what is private."""

from django.db import migrations

NOUNS = {
    "funding": "funding line",
    "site": "site",
    "mission": "mission",
    "observation": "observation",
    "protocol": "protocol",
    "programme": "programme",
    "resource": "digital resource",
}
GROUPS = {
    "Contributors": ["view", "add", "change"],
    "Editors": ["view", "add", "change", "delete"],
    "Publishers": ["view", "add", "change", "delete", "publish"],
}
LABELS = {"exactplace": "exact place", "contact": "contact", "enquiry": "enquiry"}
# Who writes an exact place need not see those of others.
PRIVATE = {
    "Contributors": {"exactplace": ["add"]},
    "Editors": {"exactplace": ["add"], "contact": ["view", "add", "change"], "enquiry": ["view", "change"]},
    "Publishers": {
        "exactplace": ["view", "add", "change"],
        "contact": ["view", "add", "change", "delete"],
        "enquiry": ["view", "change", "delete"],
    },
}


def widen_groups(apps, schema_editor):
    """Permissions are made by Django after all migrations; the groups need theirs now, under the same names."""
    content_types = apps.get_model("contenttypes", "ContentType").objects
    permissions = apps.get_model("auth", "Permission").objects

    def permission(action, noun, label):
        kind, _ = content_types.get_or_create(app_label="registry", model=noun)
        named = {"name": f"Can {action} {label}"}
        return permissions.get_or_create(content_type=kind, codename=f"{action}_{noun}", defaults=named)[0]

    for name, actions in GROUPS.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.add(*(permission(action, noun, label) for noun, label in NOUNS.items() for action in actions))
        private = PRIVATE[name].items()
        group.permissions.add(*(permission(action, noun, LABELS[noun]) for noun, can in private for action in can))


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0004_articles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [
        *(
            migrations.RunSQL(f"CREATE SEQUENCE registry_{noun}_code", f"DROP SEQUENCE registry_{noun}_code")
            for noun in NOUNS
        ),
        migrations.RunPython(widen_groups, migrations.RunPython.noop),
    ]
