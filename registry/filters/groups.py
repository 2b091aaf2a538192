"""The stage of work, over the statuses of a noun."""

from django.db.models import QuerySet

from .fields import ChosenFilter


class StatusGroupFilter(ChosenFilter):
    """Records whose status falls into any of the groups."""

    def filter(self, queryset: QuerySet, value: list[str]) -> QuerySet:
        """`active` finds both ongoing and in progress."""
        return queryset.in_group(value) if value else queryset
