"""Who reports the register's projects to IATI: the organisation that runs this copy."""

import re
from collections.abc import Callable

from django.core.exceptions import ImproperlyConfigured

# {RegistrationAgency}-{RegistrationNumber}; the standard allows no space and none of / & | ? in it.
_IDENTIFIER = re.compile(r"[A-Z]{2}-[A-Z0-9_]+-[^\s/&|?]+", re.ASCII)
# IATI OrganisationType, version 2.03.
TYPES = ("10", "11", "15", "21", "22", "23", "24", "30", "40", "60", "70", "71", "72", "73", "80", "90")


def settings_of(env: Callable[[str, str], str], *, operator: str) -> dict[str, str]:
    """The identifier and the type of the operator, both "" where it has none.

    Raises ImproperlyConfigured for one without the other, without the operator's name, or for what no code list knows.
    """
    identifier, kind = env("IATI_ORGANISATION", ""), env("IATI_ORGANISATION_TYPE", "")
    if not identifier and not kind:
        return {"IATI_ORGANISATION": "", "IATI_ORGANISATION_TYPE": ""}
    if not _IDENTIFIER.fullmatch(identifier) or not identifier.isprintable():
        raise ImproperlyConfigured(
            "IATI_ORGANISATION is the operator's identifier as IATI writes it, such as XM-DAC-41304: "
            "an agency of org-id.guide, a hyphen, the number there; no space and none of / & | ?."
        )
    if kind not in TYPES:
        raise ImproperlyConfigured(
            f"IATI_ORGANISATION_TYPE is a code of IATI's list OrganisationType: {', '.join(TYPES)}."
        )
    if not operator.strip() or not operator.isprintable():
        raise ImproperlyConfigured("IATI_ORGANISATION needs OPERATOR, the name of that organisation in one line.")
    return {"IATI_ORGANISATION": identifier, "IATI_ORGANISATION_TYPE": kind}
