"""Questions to the list of programmes."""

from django.utils.translation import gettext_lazy as _

from registry.models import Initiative, Programme, ProgrammeKind, ProgrammeStatus

from .fields import ChosenFilter, CodeFilter
from .located import LocatedFilter


class ProgrammeFilter(LocatedFilter):
    """By kind, whether people can join, and initiative as well."""

    facets = ("kind", "status", "country")

    kind = ChosenFilter(choices=ProgrammeKind.choices, label=_("Kind"))
    status = ChosenFilter(choices=ProgrammeStatus.choices, label=_("Status"))
    initiative = CodeFilter(field_name="initiative", model=Initiative, label=_("Initiative"))

    class Meta:
        model = Programme
        fields: list[str] = []
