"""A record as unqualified Dublin Core, made from its public document alone."""

import json
from collections.abc import Iterator

from registry import documents, downloads
from registry.models import Entry, FeedEntry, Resource, Source
from registry.models.translations import capitalised

from .mapping import BY_SLUG, ELEMENTS, dcmi_type
from .places import Place
from .values import SPECIAL, Document, addresses, explained, plain
from .writing import Element, described, element

SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
NAMESPACE = "http://www.openarchives.org/OAI/2.0/oai_dc/"
_ELEMENTS = "http://purl.org/dc/elements/1.1/"
_USUAL = {"description": explained, "identifier": addresses, "relation": addresses}
_HAVE_RIGHTS_OF_THEIR_OWN = {Resource, Source}  # those of what the record is about, which are none of ours to give


def record(entry: FeedEntry, place: Place) -> Element:
    """The metadata of a published record; call it with English active."""
    said = dict.fromkeys(_said(BY_SLUG[entry.noun], json.loads(entry.document), place))
    inside = [
        element(f"dc:{name}", words, **({"xml:lang": language} if language else {})) for name, words, language in said
    ]
    return described("oai_dc:dc", NAMESPACE, SCHEMA, inside, dc=_ELEMENTS)


def _said(model: type[Entry], document: Document, place: Place) -> Iterator[tuple[str, str, str]]:
    """Element, words and language, in the order of the standard."""
    fields = {field.name: field for field in documents.fields(model)}
    for name, sources in ELEMENTS.items():
        if name == "type":
            for kind in filter(None, [dcmi_type(model, document.get("kind")), _noun(model)]):
                yield name, kind, ""
        for field in (fields[source] for source in sources if source in fields and source in document):
            read = SPECIAL.get((name, field.name)) or _USUAL.get(name, plain)
            yield from ((name, words, language) for words, language in read(field, document, place))
    if model not in _HAVE_RIGHTS_OF_THEIR_OWN:
        yield "rights", downloads.licence(), ""


def _noun(model: type[Entry]) -> str:
    return str(capitalised(model._meta.verbose_name))
