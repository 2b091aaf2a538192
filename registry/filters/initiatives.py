"""Questions to the list of initiatives."""

from django.utils.translation import gettext_lazy as _

from registry.models import Initiative, InitiativeKind, InitiativeStatus, OwhcType

from .fields import ChosenFilter
from .located import LocatedFilter


class InitiativeFilter(LocatedFilter):
    """By kind and status as well."""

    facets = ("kind", "status", "scope", "country")

    kind = ChosenFilter(choices=InitiativeKind.choices, label=_("Kind"))
    status = ChosenFilter(choices=InitiativeStatus.choices, label=_("Status"))
    owhc_type = ChosenFilter(choices=OwhcType.choices, label=_("OWHC type"))

    class Meta:
        model = Initiative
        fields: list[str] = []
