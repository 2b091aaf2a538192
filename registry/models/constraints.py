"""The rules of a table that the database keeps as well, asked of a row in one question."""

from collections.abc import Collection
from functools import cache

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, Q
from django.db.models.constraints import BaseConstraint


class CheckedAtOnce(models.Model):
    """A row whose checks are asked together; each by itself only where one is broken, to say which."""

    class Meta:
        """No table of its own."""

        abstract = True

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """As Django does, with fewer questions to the database. Raises ValidationError."""
        if exclude:
            super().validate_constraints(exclude)
            return
        try:
            for constraint in _constraints(type(self)):
                constraint.validate(type(self), self)
        except ValidationError:
            super().validate_constraints(exclude)


@cache
def _constraints(model: type[models.Model]) -> list[BaseConstraint]:
    """The constraints of the table, its checks as one."""
    checks = [each for each in model._meta.constraints if isinstance(each, CheckConstraint)]
    others = [each for each in model._meta.constraints if each not in checks]
    return [CheckConstraint(condition=Q(*(c.condition for c in checks)), name="checks"), *others] if checks else others
