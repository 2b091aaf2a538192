"""Questions to the list of statements."""

from django.utils.translation import gettext_lazy as _

from registry.models import Event, Organisation, Statement, Verification

from .base import EntryFilter
from .fields import AboutFilter, ChosenFilter, CodeFilter, YearFilter


class StatementFilter(EntryFilter):
    """By verification, speaker's affiliation, event and what they are about."""

    facets = ("verification",)
    orders = {"dates": "dates_earliest"}

    verification = ChosenFilter(choices=Verification.choices, label=_("Verification"))
    organisation = CodeFilter(field_name="affiliation", model=Organisation, label=_("Affiliation"))
    event = CodeFilter(field_name="event", model=Event, label=_("Event"))
    about = AboutFilter(field_name="about", label=_("About"))
    year = YearFilter(label=_("Year"))

    class Meta:
        model = Statement
        fields: list[str] = []
