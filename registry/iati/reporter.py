"""The organisation that reports: whoever runs this copy of the register."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Reporter:
    """Its identifier, its IATI OrganisationType and its name."""

    identifier: str
    type: str
    name: str


def reporter() -> Reporter | None:
    """The operator of this copy; None where no identifier of IATI is set."""
    if not settings.IATI_ORGANISATION:
        return None
    return Reporter(settings.IATI_ORGANISATION, settings.IATI_ORGANISATION_TYPE, settings.OPERATOR)
