"""What a record needs before it can be published, and what is wrong with a form, each with the way to its field."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import ModelForm
from django.forms.formsets import BaseFormSet
from django.utils.html import strip_tags

from registry.admin.naming import label
from registry.models import Entry

# The rows of citations are found by a generic relation, whose formset is named after its fields.
_GROUPS = {"citations": "registry-citation-entry_type-entry_code-group"}


@dataclass(frozen=True)
class Step:
    """One thing to do, ticked or not; `anchor` is where on the form."""

    anchor: str
    words: str
    done: bool


@dataclass(frozen=True)
class Mistake:
    """What is wrong and where; without an anchor it concerns the record as a whole."""

    anchor: str
    words: str


def steps(entry: Entry) -> list[Step]:
    """What the stored record needs, in the words of its model."""
    return [Step(anchor(type(entry), item.name), item.words, item.done) for item in entry.publication_checklist()]


def anchor(model: type[Entry], name: str) -> str:
    """The id of a field, or of the rows of a kind, on the form."""
    if name in model.children:
        return _GROUPS.get(name, f"{name}-group")
    return f"id_{name}"


def mistakes(model: type[Entry], form: ModelForm, formsets: list[BaseFormSet]) -> list[Mistake]:
    """All that keeps a form from being stored, in the order of the form."""
    found = list(_of_form(model, form))
    for formset in formsets:
        group = f"{formset.prefix}-group"
        found += [Mistake(group, str(error)) for error in formset.non_form_errors()]
        for row in formset.forms:
            for name, errors in row.errors.items():
                field = row[name] if name in row.fields else None
                words = f"{field.label}: {errors[0]}" if field else str(errors[0])
                found.append(Mistake(field.auto_id if field else group, strip_tags(words)))
    return found


def _of_form(model: type[Entry], form: ModelForm) -> Iterator[Mistake]:
    elsewhere = dict(_elsewhere(model, form))
    for name, errors in form.errors.items():
        for error in errors:
            if name == NON_FIELD_ERRORS:
                yield Mistake(elsewhere.get(str(error), ""), str(error))
            else:
                yield Mistake(form[name].auto_id, f"{form[name].label}: {error}")


def _elsewhere(model: type[Entry], form: ModelForm) -> Iterator[tuple[str, str]]:
    """By what is said of it, the rows that the ledger refused: the form has no field for them."""
    for refusal in getattr(form, "refusals", {}).values():
        if isinstance(refusal, ValidationError) and hasattr(refusal, "error_dict"):
            for name, errors in refusal.error_dict.items():
                said = "; ".join(ValidationError(errors).messages)
                yield f"{label(model, name)}: {said}", anchor(model, name)
