"""One scratch draft an editor and record; of a form, only what belongs to the record is kept."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Model
from django.forms import BaseForm, FileField
from django.http import QueryDict
from django.utils import timezone

from registry import ledger
from registry.admin.forms import version_from
from registry.models import Scratch, User

MOST = 1024 * 1024  # bytes
# What a form of an entry carries beside the fields of the record.
_BESIDE = {"version", "reason", "plan_at", "plan_zone"}


def kept_names(form: type[BaseForm]) -> set[str]:
    """The fields of the form that are kept: those of the record, and neither files nor what the form asks besides."""
    of_the_record = {field.name for field in form._meta.model._meta.get_fields()} | _BESIDE
    return {
        name for name, field in form.base_fields.items() if name in of_the_record and not isinstance(field, FileField)
    }


def narrowed(typed: QueryDict, names: set[str], prefixes: Iterable[str]) -> dict[str, list[str]]:
    """Of what came in, the kept fields and the rows; the parts of a field are named `field-part`."""
    rows = tuple(f"{prefix}-" for prefix in prefixes)
    return {
        name: values
        for name, values in typed.lists()
        if "__prefix__" not in name and (name.startswith(rows) or name.partition("-")[0] in names)
    }


def keep(user: User, model: type[Model], code: str, typed: dict[str, list[str]]) -> Scratch:
    """Put what was typed in the place of what this editor typed before; of two windows, the last one stands."""
    version = version_from((typed.get("version") or [""])[-1])
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        scratch = find(user, model, code) or Scratch(by=user, entry_type=model._meta.model_name, code=code)
        scratch.typed, scratch.version, scratch.saved_at = typed, version, timezone.now()
        ledger.put(scratch)
    return scratch


def find(user: User, model: type[Model], code: str) -> Scratch | None:
    """What this editor has typed for the record and not saved; "" stands for a new one."""
    return Scratch.objects.filter(by=user, entry_type=model._meta.model_name, code=code).first()


def forget(user: User, model: type[Model], code: str) -> None:
    """Drop it: it was saved, proposed or thrown away."""
    ledger.drop(Scratch.objects.filter(by=user, entry_type=model._meta.model_name, code=code))


def as_sent(scratch: Scratch) -> QueryDict:
    """What was typed, as a browser would send it."""
    data = QueryDict(mutable=True)
    for name, values in scratch.typed.items():
        data.setlist(name, values)
    return data
