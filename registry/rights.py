"""Where a licence or a statement of rights is explained."""

from registry.models import Rights

_RIGHTS_STATEMENTS = {
    Rights.IN_COPYRIGHT,
    Rights.IN_COPYRIGHT_EU_ORPHAN,
    Rights.IN_COPYRIGHT_EDUCATION,
    Rights.IN_COPYRIGHT_NON_COMMERCIAL,
    Rights.IN_COPYRIGHT_UNLOCATABLE,
    Rights.NO_COPYRIGHT_CONTRACT,
    Rights.NO_COPYRIGHT_NON_COMMERCIAL,
    Rights.NO_COPYRIGHT_OTHER,
    Rights.NO_COPYRIGHT_US,
    Rights.NOT_EVALUATED,
    Rights.UNDETERMINED,
    Rights.NO_KNOWN_COPYRIGHT,
}


def deed(rights: str) -> str:
    """The page that explains a Creative Commons licence or a RightsStatements.org code; for others nothing."""
    if rights in _RIGHTS_STATEMENTS:
        return f"https://rightsstatements.org/page/{rights}/1.0/"
    if rights == Rights.CC0:
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    if rights.startswith("CC-"):
        name, _dash, version = rights.removeprefix("CC-").lower().rpartition("-")
        return f"https://creativecommons.org/licenses/{name}/{version}/"
    return ""
