"""A project as an iati-activity, its elements in the order of the schema; nothing in it that no record states."""

from xml.etree.ElementTree import Element

from registry.documents import Document
from registry.models.heritage import heritage_class
from registry.models.projects import IATI_STATUS
from registry.models.translations import OWN

from . import money, organisations, places
from .around import Around
from .dates import dates
from .elements import LANGUAGE, child, narrative, narratives
from .reasons import Reasons
from .reporter import Reporter

# Purpose codes of OECD DAC: culture and recreation, with libraries and museums; preservation of sites.
_CULTURE, _SITE_PRESERVATION = "16061", "41040"
_GENERAL = "1"  # IATI DescriptionType
_WEB_PAGE = "A12"  # IATI DocumentCategory


def activity(project: Document, around: Around, reporter: Reporter | None, reasons: Reasons) -> Element:
    """The element; it may be sent only where `reasons.missing` stays empty."""
    made = Element("iati-activity", {LANGUAGE: OWN, "last-updated-datetime": _last_change(project, around)})
    made.set("linked-data-uri", f"{project['html_url']}jsonld/")
    _reported(made, project, reporter, reasons)
    narratives(child(made, "title"), project)
    if project["summary"]:
        narratives(child(made, "description", type=_GENERAL), project, "summary")
    else:
        reasons.lacks("summary", "No description is stated.")
    organisations.organisations(made, project, around, reasons)
    if status := IATI_STATUS.get(project["status"]):
        child(made, "activity-status", code=status)
    else:
        reasons.lacks("status", "No status is stated.")
    for kind, day in dates(project, reasons):
        child(made, "activity-date", type=kind, iso_date=day)
    if scope := places.scope(project, around):
        child(made, "activity-scope", code=scope)
    if country := places.country(project, around, reasons):
        child(made, "recipient-country", code=country)
    places.locations(made, project, around)
    child(made, "sector", vocabulary="1", code=_sector(project))
    money.transactions(made, project, around, reasons)
    _page(made, project)
    return made


def _reported(made: Element, project: Document, reporter: Reporter | None, reasons: Reasons) -> None:
    """Second hand: the register retells what sources say of the work of others."""
    if reporter is None:
        reasons.lacks(None, "This register has no IATI organisation identifier.")
        return
    child(made, "iati-identifier").text = f"{reporter.identifier}-{project['code']}"
    told = child(made, "reporting-org", ref=reporter.identifier, type=reporter.type, secondary_reporter="1")
    narrative(told, reporter.name)


def _last_change(project: Document, around: Around) -> str:
    lines = around.funding.get(project["code"], ())
    return max([project["updated_at"], *(line["updated_at"] for line in lines)])


def _sector(project: Document) -> str:
    classes = {heritage_class(code) for code in project["heritage_types"]}
    return _SITE_PRESERVATION if classes == {"natural"} else _CULTURE


def _page(made: Element, project: Document) -> None:
    """The project's page here, with its sources; of theirs, the register knows no format and no category."""
    link = child(made, "document-link", url=project["html_url"], format="text/html")
    narratives(child(link, "title"), project)
    child(link, "category", code=_WEB_PAGE)
    child(link, "language", code=OWN)
