"""Sets what a row of a sheet says on a record, for the ledger to store."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from registry import versions
from registry.models import Entry
from registry.versions import Related, Snapshot

from .columns import Sort, columns


def others(model: type[Entry], values: Iterable[Snapshot]) -> dict[str, dict[str, Entry]]:
    """By the name of each many-to-many relation, the records that any of the rows names; one query a relation."""
    wanted: dict[str, set[str]] = defaultdict(set)
    named = [column.name for column in columns(model).values() if column.sort is Sort.RECORDS]
    for snapshot in values:
        for name in named:
            wanted[name] |= set(snapshot.get(name, ()))
    return {
        name: model._meta.get_field(name).related_model.objects.defer("search", "search_text").in_bulk(codes)
        for name, codes in wanted.items()
    }


def fill(entry: Entry, values: Snapshot, known: dict[str, dict[str, Entry]]) -> Related:
    """Set the values; returns the relations and rows for the ledger. Raises ValidationError by field."""
    related: Related = {}
    problems: dict[str, Any] = {}
    for name, value in values.items():
        column = columns(type(entry))[name]
        try:
            if column.sort is Sort.RECORDS:
                related[name] = [known[name][code] for code in value]
            elif column.sort is Sort.ROWS:
                related[name] = [_row(column.row, row) for row in value]
            else:
                setattr(entry, column.field.attname, column.field.to_python(value))
        except KeyError as gone:
            problems[name] = _("%(code)s is no longer in the register.") % {"code": gone.args[0]}
        except ValidationError as error:
            problems[name] = error.messages
    if problems:
        raise ValidationError(problems)
    return related


def _row(child: type[Model], values: Snapshot) -> Model:
    fields = {field.name: field for field in versions.child_fields(child)}
    return child(
        **{
            fields[name].attname: None if value == "" and fields[name].null else fields[name].to_python(value)
            for name, value in values.items()
        }
    )
