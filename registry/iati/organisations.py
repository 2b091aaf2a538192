"""Who takes part in an activity, in the four roles that the standard knows."""

from xml.etree.ElementTree import Element

from registry.documents import Document
from registry.models import Flow, Role
from registry.vocabularies import VOCABULARIES

from .around import Around
from .elements import child, narratives
from .reasons import Reasons

# Who gives this money provides funds to the activity; a promise alone makes nobody a funder.
_GIVEN = {Flow.COMMITTED, Flow.DISBURSED, Flow.SPENT}


def organisations(activity: Element, project: Document, around: Around, reasons: Reasons) -> None:
    """Each with its role and its type, as far as it is known; those who gave money count as funding."""
    iati = VOCABULARIES["organisation_role"].iati
    roles = [(row["role"], row["organisation"]) for row in project["participations"]]
    lines = around.funding.get(project["code"], ())
    roles += [(Role.FUNDING, line["funder"]) for line in lines if line["flow"] in _GIVEN and line["funder"]]
    told = dict.fromkeys((iati(role), body["code"]) for role, body in roles if body and iati(role))
    told = [(role, around.organisations[code]) for role, code in told if code in around.organisations]
    for role, body in told:
        narratives(child(activity, "participating-org", role=role, type=body["organisation_type"]), body)
    if not told:
        text = "No organisation is stated that funds it, is accountable for it, extends the funds or implements it."
        reasons.lacks("participations", text)
