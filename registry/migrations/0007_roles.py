"""The roles of the desk: editors publish, publishers withdraw and second, stewards keep what is shared, auditors read."""

from django.db import migrations

NOUNS = {
    "project": "project",
    "initiative": "initiative",
    "countrybudget": "country budget",
    "funding": "funding line",
    "region": "region",
    "site": "site",
    "mission": "mission",
    "observation": "observation",
    "protocol": "protocol",
    "programme": "programme",
    "resource": "digital resource",
    "organisation": "organisation",
    "event": "event",
    "source": "source",
    "statement": "statement",
}
OTHERS = {
    ("registry", "exactplace"): "exact place",
    ("registry", "contact"): "contact",
    ("registry", "proposal"): "proposal",
    ("registry", "import"): "import",
    ("registry", "job"): "background job",
    ("registry", "accesstoken"): "access token",
    ("registry", "change"): "change",
    ("registry", "look"): "look",
    ("registry", "privatechange"): "private change",
    ("registry", "user"): "user",
    ("auth", "group"): "group",
}
EDITING = ["view", "add", "change", "delete"]
# The places everything hangs on are published by fewer people than what hangs on them.
RECORDS = {
    "Contributors": ["view", "add", "change"],
    "Editors": [*EDITING, "publish"],
    "Publishers": [*EDITING, "publish", "withdraw"],
    "Stewards": [*EDITING, "publish", "withdraw", "merge"],
    "Auditors": ["view"],
    "Administrators": [*EDITING, "publish", "withdraw", "merge"],
    "Partners": [],
}
NOT_TO_EDITORS = {("publish", "region")}
_READING = {noun: ["view"] for noun in ("exactplace", "contact", "proposal", "import", "job", "change")}
_PUBLISHING = {
    "change": ["view"],
    "exactplace": ["view", "add", "change"],
    "contact": EDITING,
    "proposal": ["view", "review", "add", "second", "delete"],
    "accesstoken": ["view", "add", "delete"],
}
DESK = {
    "Contributors": {"change": ["view"], "exactplace": ["add"], "proposal": ["add"]},
    "Editors": {
        "change": ["view"],
        "exactplace": ["add"],
        "contact": ["view", "add", "change"],
        "proposal": ["view", "review", "add"],
        "accesstoken": ["view", "add", "delete"],
    },
    "Publishers": _PUBLISHING,
    "Stewards": _PUBLISHING | {"import": ["view", "add"], "job": ["view"]},
    "Auditors": _READING
    | {noun: ["view"] for noun in ("look", "privatechange", "accesstoken", "user", "group")},
    "Administrators": _PUBLISHING
    | {"import": ["view", "add"], "job": ["view"], "look": ["view"], "privatechange": ["view"]}
    | {"user": ["view", "add", "change"], "group": ["view"]},
    "Partners": {"proposal": ["add"]},
}


def make_roles(apps, schema_editor):
    """Permissions are made by Django after all migrations; the groups need theirs now, under the same names."""
    content_types = apps.get_model("contenttypes", "ContentType").objects
    permissions = apps.get_model("auth", "Permission").objects
    apps_of = {noun: app for app, noun in OTHERS}

    def permission(action, noun):
        kind, _ = content_types.get_or_create(app_label=apps_of.get(noun, "registry"), model=noun)
        label = NOUNS.get(noun) or OTHERS[apps_of[noun], noun]
        named = {"name": f"Can {action} {label}"}
        return permissions.get_or_create(content_type=kind, codename=f"{action}_{noun}", defaults=named)[0]

    for name, actions in RECORDS.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        wanted = [(action, noun) for noun in NOUNS for action in actions]
        if name == "Editors":
            wanted = [pair for pair in wanted if pair not in NOT_TO_EDITORS]
        wanted += [(action, noun) for noun, can in DESK[name].items() for action in can]
        group.permissions.add(*(permission(action, noun) for action, noun in wanted))


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0006_desk"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
