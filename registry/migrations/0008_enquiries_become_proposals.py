"""What visitors wrote about a record joins the proposals: one queue, one conversation, one way to erase."""

from django.db import migrations

MODELS = {
    "PRJ": "project",
    "INI": "initiative",
    "BUD": "countrybudget",
    "FND": "funding",
    "REG": "region",
    "SIT": "site",
    "MIS": "mission",
    "OBS": "observation",
    "PRO": "protocol",
    "PGM": "programme",
    "RES": "resource",
    "ORG": "organisation",
    "EVT": "event",
    "SRC": "source",
    "STM": "statement",
}
STATES = {
    "received": "waiting",
    "held": "held",
    "passed_on": "passed_on",
    "answered": "closed",
    "closed": "closed",
}
BACK = {"held": "held", "passed_on": "passed_on", "waiting": "received", "asked": "received", "seconded": "received"}
KINDS = ("join", "message")
# What the groups had before; only to go back.
RIGHTS = {
    "Editors": ["view", "change"],
    "Publishers": ["view", "change", "delete"],
    "Stewards": ["view", "change", "delete"],
    "Administrators": ["view", "change", "delete"],
    "Auditors": ["view"],
}


def to_proposals(apps, schema_editor):
    """Each keeps its words, its day and its history; a note of the editors becomes a word among editors."""
    proposals = apps.get_model("registry", "Proposal").objects
    messages = apps.get_model("registry", "ProposalMessage").objects
    changes = apps.get_model("registry", "PrivateChange").objects.filter(what="enquiry")
    moved = {}
    for enquiry in apps.get_model("registry", "Enquiry").objects.order_by("pk"):
        noun = MODELS.get(enquiry.code[:3], "")
        record = apps.get_model("registry", noun).objects.filter(pk=enquiry.code).first() if noun else None
        last = changes.filter(key=str(enquiry.pk)).order_by("-at").first()
        at = last.at if last else enquiry.received_at
        state = STATES[enquiry.state]
        proposal = proposals.create(
            kind=enquiry.kind,
            origin="public",
            state=state,
            entry_type=noun,
            code=enquiry.code,
            title=record.title if record else "",
            name=enquiry.name,
            email=enquiry.email,
            text=enquiry.text,
            received_at=enquiry.received_at,
            decided_at=at if state in {"passed_on", "closed"} else None,
            erased_at=enquiry.erased_at,
            version=enquiry.version,
        )
        if enquiry.note:
            messages.create(proposal=proposal, at=at, internal=True, text=enquiry.note)
        moved[str(enquiry.pk)] = str(proposal.pk)
    follow(apps, moved)


def to_enquiries(apps, schema_editor):
    """The way back: words among editors become the note; what was said to the visitor has no place and is lost."""
    enquiries = apps.get_model("registry", "Enquiry").objects
    found = apps.get_model("registry", "Proposal").objects.filter(kind__in=KINDS)
    moved = {}
    for proposal in found.order_by("pk"):
        note = "\n\n".join(proposal.messages.filter(internal=True).exclude(text="").values_list("text", flat=True))
        enquiry = enquiries.create(
            kind=proposal.kind,
            code=proposal.code,
            name=proposal.name,
            email=proposal.email,
            text=proposal.text[:4000],
            state=BACK.get(proposal.state, "closed"),
            note=note[:2000],
            received_at=proposal.received_at,
            erased_at=proposal.erased_at,
            version=proposal.version,
        )
        moved[str(proposal.pk)] = str(enquiry.pk)
    follow(apps, moved)
    found.update(folded_into=None)
    found.delete()


def follow(apps, moved):
    """The history and the looks go on under the new key: erasing the row finds and erases them."""
    for name in ("PrivateChange", "Look"):
        rows = list(apps.get_model("registry", name).objects.filter(what="enquiry", key__in=moved))
        for row in rows:
            row.key = moved[row.key]
        apps.get_model("registry", name).objects.bulk_update(rows, ["key"], batch_size=1000)


def take_rights(apps, schema_editor):
    """Nobody has rights to what is no longer there."""
    kinds = apps.get_model("contenttypes", "ContentType").objects.filter(app_label="registry", model="enquiry")
    apps.get_model("auth", "Permission").objects.filter(content_type__in=kinds).delete()
    kinds.delete()


def give_rights(apps, schema_editor):
    """As they were before."""
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label="registry", model="enquiry")
    permissions = apps.get_model("auth", "Permission").objects
    for name, actions in RIGHTS.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        for action in actions:
            named = {"name": f"Can {action} enquiry"}
            found = permissions.get_or_create(content_type=kind, codename=f"{action}_enquiry", defaults=named)
            group.permissions.add(found[0])


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0007_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [
        migrations.RunPython(to_proposals, to_enquiries),
        migrations.DeleteModel("Enquiry"),
        migrations.RunPython(take_rights, give_rights),
    ]
