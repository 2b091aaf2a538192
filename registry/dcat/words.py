"""Nodes and values of the catalogue, as JSON-LD with prefixed names has them."""

import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import override

Node = dict[str, Any]

PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
AUTHORITY = "http://publications.europa.eu/resource/authority/"
_NOT_IN_ADDRESSES = re.compile(r"[\x00-\x20<>\"{}|^`\\]")


def node(kind: str, address: str = "") -> Node:
    """A thing of a type, named by its address or by nothing."""
    return {"@id": iri(address), "@type": kind} if address else {"@type": kind}


def iri(address: str) -> str:
    """An address with nothing in it that would end it."""
    return _NOT_IN_ADDRESSES.sub(lambda found: quote(found[0]), address)


def ref(address: str) -> Node:
    """What stands at the address."""
    return {"@id": iri(address)}


def english(words: str) -> Node:
    """Words that are in English alone."""
    return {"@value": words, "@language": "en"}


def in_each_language(words: Promise) -> list[Node]:
    """Words of the pages, in every language that they have."""
    found = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            found.append({"@value": str(words), "@language": code.partition("-")[0]})
    return found


def typed(value: Any, kind: str) -> Node:
    """A value of a type of XML Schema."""
    return {"@value": str(value), "@type": f"xsd:{kind}"}


def moment(value: datetime) -> Node:
    """In UTC."""
    return typed(value.astimezone(UTC).isoformat(), "dateTime")


def stated(found: Node) -> Node:
    """Without what is not stated."""
    return {name: value for name, value in found.items() if value not in (None, "", [], {})}
