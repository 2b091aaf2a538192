"""What each of the six verbs answers: the feed, as far as it is current, in its own order.

A record that changes while somebody harvests takes a later number, so that whoever goes on finds it further on.
"""

from collections.abc import Callable
from urllib.parse import unquote

from django.conf import settings
from django.db.models import QuerySet

from registry.json_ld import REGISTER
from registry.models import ENTRIES, FeedEntry, FeedState
from registry.models.translations import capitalised

from . import dublin_core, tokens
from .arguments import FORMAT, Selection, selection, stamp
from .places import Place
from .refusals import Refused
from .writing import Element, described, element

AT_ONCE = 100  # records in an answer
# An address that cannot exist (RFC 2606), for a register whose operator names none: the protocol wants one.
NOBODY = "nobody@contact.invalid"
_BEGINNING = "1970-01-01T00:00:00Z"  # of a register that was never public
_IDENTIFIERS = "http://www.openarchives.org/OAI/2.0/oai-identifier"
_COLLECTIONS = {model.slug: model for model in ENTRIES}


def identify(place: Place, _given: dict[str, str]) -> Element:
    """Who the repository is, and how it is harvested."""
    first = FeedEntry.objects.order_by("number").values_list("at", flat=True).first()
    inside = [
        element("repositoryName", REGISTER),
        element("baseURL", place.address),
        element("protocolVersion", "2.0"),
        element("adminEmail", _email()),
        element("earliestDatestamp", stamp(first) if first else _BEGINNING),
        element("deletedRecord", "persistent"),
        element("granularity", "YYYY-MM-DDThh:mm:ssZ"),
        element("compression", "gzip"),
    ]
    if place.has_domain:
        inside.append(element("description", _how_records_are_named(place)))
    return element("Identify", *inside)


def list_metadata_formats(place: Place, given: dict[str, str]) -> Element:
    """Dublin Core, for each record alike."""
    if "identifier" in given:
        _entry(place, given["identifier"])
    found = element(
        "metadataFormat",
        element("metadataPrefix", FORMAT),
        element("schema", dublin_core.SCHEMA),
        element("metadataNamespace", dublin_core.NAMESPACE),
    )
    return element("ListMetadataFormats", found)


def list_sets(_place: Place, given: dict[str, str]) -> Element:
    """The collections, all at once."""
    if "resumptionToken" in given:
        raise tokens.bad_token()
    names = {slug: str(capitalised(model._meta.verbose_name_plural)) for slug, model in _COLLECTIONS.items()}
    sets = [element("set", element("setSpec", slug), element("setName", name)) for slug, name in names.items()]
    return element("ListSets", *sets)


def get_record(place: Place, given: dict[str, str]) -> Element:
    """One record."""
    entry = _entry(place, given["identifier"])
    _must_be_known(given["metadataPrefix"])
    return element("GetRecord", _record(entry, place))


def list_identifiers(place: Place, given: dict[str, str]) -> Element:
    """The headers of records."""
    return _list("ListIdentifiers", given, lambda entry: _header(entry, place))


def list_records(place: Place, given: dict[str, str]) -> Element:
    """Records, whole."""
    return _list("ListRecords", given, lambda entry: _record(entry, place))


ANSWERS: dict[str, Callable[[Place, dict[str, str]], Element]] = {
    "Identify": identify,
    "ListMetadataFormats": list_metadata_formats,
    "ListSets": list_sets,
    "GetRecord": get_record,
    "ListIdentifiers": list_identifiers,
    "ListRecords": list_records,
}


def _list(verb: str, given: dict[str, str], written: Callable[[FeedEntry], Element]) -> Element:
    token = given.get("resumptionToken")
    here = tokens.Position(verb, given) if token is None else tokens.position(verb, token)
    _must_be_known(here.arguments["metadataPrefix"])
    waiting = _feed(selection(here.arguments)).filter(number__gt=here.after)
    read = waiting.defer("document") if verb == "ListIdentifiers" else waiting
    entries = list(read[: AT_ONCE + 1])
    if not entries and token is None:
        raise Refused("noRecordsMatch", "No record was told in that time and set.")
    if not entries:  # what was left has changed since, and is later than the list was asked to be
        raise tokens.bad_token()
    some = entries[:AT_ONCE]
    made = element(verb, *map(written, some))
    if token is not None or len(entries) > AT_ONCE:
        sent = here.sent + len(some)
        further = tokens.Position(verb, here.arguments, some[-1].number, sent).token() if entries[AT_ONCE:] else ""
        size = here.sent + waiting.count()
        made.append(element("resumptionToken", further, completeListSize=str(size), cursor=str(here.sent)))
    return made


def _feed(chosen: Selection) -> QuerySet[FeedEntry]:
    found = FeedEntry.objects.current().order_by("number")
    if chosen.set:
        found = found.filter(noun=chosen.set)
    if chosen.since:
        found = found.filter(at__gte=chosen.since)
    return found.filter(at__lt=chosen.before) if chosen.before else found


def _entry(place: Place, identifier: str) -> FeedEntry:
    entry = FeedEntry.objects.current().filter(code=place.code(identifier)).first()
    if entry is None:
        raise Refused("idDoesNotExist", f"Identifiers are like {place.identifier('PRJ-0001')}; this one is not known.")
    return entry


def _must_be_known(prefix: str) -> None:
    if prefix != FORMAT:
        raise Refused("cannotDisseminateFormat", f"Records are disseminated as {FORMAT}.")


def _record(entry: FeedEntry, place: Place) -> Element:
    if entry.state != FeedState.PUBLISHED:
        return element("record", _header(entry, place))
    return element("record", _header(entry, place), element("metadata", dublin_core.record(entry, place)))


def _header(entry: FeedEntry, place: Place) -> Element:
    gone = {} if entry.state == FeedState.PUBLISHED else {"status": "deleted"}
    return element(
        "header",
        element("identifier", place.identifier(entry.code)),
        element("datestamp", stamp(entry.at)),
        element("setSpec", entry.noun),
        **gone,
    )


def _email() -> str:
    """That of CONTACT, where it is one that the protocol takes."""
    address = unquote(settings.CONTACT.removeprefix("mailto:").partition("?")[0])
    is_email = settings.CONTACT.startswith("mailto:") and "." in address.partition("@")[2]
    return address if is_email else NOBODY


def _how_records_are_named(place: Place) -> Element:
    inside = [
        element("scheme", "oai"),
        element("repositoryIdentifier", place.host),
        element("delimiter", ":"),
        element("sampleIdentifier", place.identifier("PRJ-0001")),
    ]
    return described("oai-identifier", _IDENTIFIERS, f"{_IDENTIFIERS}.xsd", inside)
