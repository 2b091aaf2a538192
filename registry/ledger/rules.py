"""Asks the rules of the models of many rows at once, with the same answer as `full_clean` and fewer questions.

The rules that the database keeps itself, its constraints, are left to it: it refuses what breaks one.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field, ForeignKey, Model

# Longer texts are hardly ever the same twice.
_MOST_REMEMBERED = 60


class Rules:
    """What the rows of one table must keep; made for one transaction, because it remembers what is in the register."""

    def __init__(self, model: type[Model], *, given: Iterable[str] = ()) -> None:
        """`given` names the fields that the ledger fills in itself."""
        self.relations = [f for f in _checked(model) if isinstance(f, ForeignKey) and f.name not in given]
        self.fields = [f for f in _checked(model) if not isinstance(f, ForeignKey) and f.name not in given]
        self.there: dict[type[Model], set[Any]] = defaultdict(set)
        self.cleaned: dict[tuple[str, Any], Any] = {}

    def learn(self, rows: list[Model]) -> None:
        """Ask once which of the records that the rows point to are there."""
        wanted: dict[type[Model], set[Any]] = defaultdict(set)
        for field in self.relations:
            wanted[field.related_model] |= {getattr(row, field.attname) for row in rows} - {None}
        for model, keys in wanted.items():
            unknown = keys - self.there[model]
            if unknown:
                self.there[model] |= set(model._base_manager.filter(pk__in=unknown).values_list("pk", flat=True))

    def keeps(self, row: Model) -> bool:
        """Whether the row keeps all rules but the database's own; cleans it on the way, as `full_clean` does."""
        values = vars(row)
        for field in self.relations:
            value = values[field.attname]
            if value not in self.there[field.related_model] and not (value is None and field.blank):
                return False
        try:
            for field in self.fields:
                value = values[field.attname]
                if not (field.blank and value in field.empty_values):
                    values[field.attname] = self._clean(field, value, row)
            row.clean()
        except ValidationError:
            return False
        return True

    def _clean(self, field: Field, value: Any, row: Model) -> Any:
        if type(value) is not str or len(value) > _MOST_REMEMBERED:
            return field.clean(value, row)
        known = (field.attname, value)
        if known not in self.cleaned:
            self.cleaned[known] = field.clean(value, row)
        return self.cleaned[known]


@cache
def _checked(model: type[Model]) -> tuple[Field, ...]:
    """What `clean_fields` looks at; the key is the ledger's, and the database's."""
    return tuple(field for field in model._meta.fields if not field.generated and not field.primary_key)
