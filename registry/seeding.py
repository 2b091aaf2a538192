"""Loads the records of the articles through the ledger; a record that is or ever was in the register is left alone.

What is private of them stands in a folder of its own, `fixtures/private`, and goes where only the admin reads.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core import serializers
from django.db.models import Model

from registry import ledger
from registry.models import (
    Change,
    Citation,
    Contact,
    ContactDuty,
    CountryBudget,
    Entry,
    Event,
    Funding,
    Initiative,
    Mission,
    Observation,
    Organisation,
    PrivateChange,
    Programme,
    Project,
    Protocol,
    Region,
    Resource,
    Site,
    Source,
    State,
    Statement,
)
from registry.versions import Related

# What a record points to comes before it.
ORDER = [
    Source,
    Region,
    Organisation,
    Event,
    Site,
    Project,
    Initiative,
    CountryBudget,
    Funding,
    Mission,
    Resource,
    Observation,
    Protocol,
    Programme,
    Statement,
]


@dataclass
class Seeded:
    """The codes that were added, and those that were there already."""

    added: list[str] = field(default_factory=list)
    present: list[str] = field(default_factory=list)


def seed(folder: Path | None = None) -> Seeded:
    """Add each record of the fixtures that the register has never held; one batch, whole or not at all."""
    folder = folder or settings.FIXTURE_DIRS[0]
    entries, rows = _read(folder)
    done = Seeded()
    with ledger.batch(by=None, reason="Records of the founding articles") as batch:
        for entry, codes in entries:
            if type(entry).objects.filter(pk=entry.pk).exists() or Change.objects.of(entry.pk).exists():
                done.present.append(entry.pk)
                continue
            related: Related = {
                name: list(entry._meta.get_field(name).related_model.objects.filter(pk__in=pks))
                for name, pks in codes.items()
            } | rows[entry.pk]
            store = batch.publish if entry.state == State.PUBLISHED else batch.save
            store(entry, related=related)
            done.added.append(entry.pk)
        for contact, duties in _contacts(folder / "private"):
            batch.keep(contact, related={"duties": duties})
    return done


def _contacts(folder: Path) -> list[tuple[Contact, list[ContactDuty]]]:
    """The people behind the records with what they stand behind; none once any contact was ever kept."""
    if Contact.objects.exists() or PrivateChange.objects.exists():
        return []
    found: dict[int, tuple[Contact, list[ContactDuty]]] = {}
    for path in sorted(folder.glob("*.json")):
        for read in serializers.deserialize("json", path.read_text(encoding="utf-8")):
            row = read.object
            if isinstance(row, Contact):
                found[row.pk] = (row, [])
            else:
                found[row.contact_id][1].append(row)
    for contact, _duties in found.values():
        contact.pk = None
    return list(found.values())


def _read(folder: Path) -> tuple[list[tuple[Entry, dict[str, list[str]]]], dict[str, Related]]:
    """All entries in the order of ORDER with their relations as codes, and the rows that belong to each code."""
    entries: list[tuple[Entry, dict[str, list[str]]]] = []
    rows: dict[str, Related] = defaultdict(lambda: defaultdict(list))
    for path in sorted(folder.glob("*.json")):
        for found in serializers.deserialize("json", path.read_text(encoding="utf-8")):
            if isinstance(found.object, Entry):
                entries.append((found.object, found.m2m_data))
            else:
                owner, accessor = _owner(found.object)
                rows[owner][accessor].append(found.object)
    entries.sort(key=lambda pair: ORDER.index(type(pair[0])))
    return entries, rows


def _owner(row: Model) -> tuple[str, str]:
    if isinstance(row, Citation):
        return row.entry_code, "citations"
    back = next(
        f for f in row._meta.fields if f.is_relation and f.remote_field.related_name in f.related_model.children
    )
    return getattr(row, back.attname), back.remote_field.related_name
