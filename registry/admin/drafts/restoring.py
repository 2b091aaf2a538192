"""A scratch draft beside the stored record: what differs, and its rows where stored ones have gone meanwhile."""

from collections.abc import Iterable

from django.db.models import Model
from django.forms import BaseForm
from django.forms.formsets import BaseFormSet
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from registry import versions
from registry.admin.differences import Difference, differences
from registry.admin.forms import version_from
from registry.admin.naming import Wording, label
from registry.models import Entry


def differing(stored: Entry, form: BaseForm, formsets: Iterable[BaseFormSet], typed: QueryDict) -> list[Difference]:
    """The fields in which a form filled with what was typed differs from the stored record, in words.

    What the form could not read stands as it was typed.
    """
    model = type(stored)
    form.is_valid()
    many = [field.name for field in model._meta.many_to_many if field.name in form.cleaned_data]
    related = {name: list(form.cleaned_data[name]) for name in many}
    for rows in formsets:
        if rows.is_bound:
            rows.is_valid()  # fills the rows, and knows only then which are to go
            related[rows.accessor] = rows.rows()
    held = versions.snapshot(stored)
    found = differences(model, *versions.diff(held, versions.snapshot(form.instance, related)))
    wording = Wording(model, held)
    for name in form.errors:
        if name in typed:
            raw = [text for text in typed.getlist(name) if text]
            found.append(Difference(name, label(model, name), wording.lines(name, held.get(name)), raw))
    return [difference for difference in found if difference.before != difference.after]


def realigned(typed: MultiValueDict, prefix: str, stored: Iterable[Model]) -> MultiValueDict:
    """The rows of one kind; one whose stored row is gone comes after the others, as a new one."""
    there = {str(row.pk) for row in stored}
    total, initial = (version_from(typed.get(f"{prefix}-{name}_FORMS")) or 0 for name in ("TOTAL", "INITIAL"))
    gone = [number for number in range(initial) if typed.get(f"{prefix}-{number}-id") not in there]
    if not gone:
        return typed
    order = [number for number in range(total) if number not in gone and number < initial]
    left = len(order)
    order += gone + list(range(initial, total))
    found = QueryDict(mutable=True)
    for name, values in typed.lists():
        if name.startswith(f"{prefix}-"):
            number, _, field = name.removeprefix(f"{prefix}-").partition("-")
            if (number := version_from(number)) in order:
                name = f"{prefix}-{order.index(number)}-{field}"
                values = [""] if number in gone and field == "id" else values
        found.setlist(name, values)
    found[f"{prefix}-INITIAL_FORMS"] = str(left)
    return found
