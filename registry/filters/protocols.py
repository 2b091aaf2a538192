"""Questions to the list of protocols."""

from django.utils.translation import gettext_lazy as _

from registry.models import Hazard, Protocol, ProtocolStatus

from .fields import ChosenAmongFilter, ChosenFilter
from .located import LocatedFilter


class ProtocolFilter(LocatedFilter):
    """By status and hazard as well."""

    facets = ("status", "hazard", "country")

    status = ChosenFilter(choices=ProtocolStatus.choices, label=_("Status"))
    hazard = ChosenAmongFilter(field_name="hazards", choices=Hazard.choices, label=_("Hazard"))

    class Meta:
        model = Protocol
        fields: list[str] = []
