"""A record as linked data: one schema.org document from its public fields, for pages and the API alike."""

import json

from django.utils.safestring import SafeString, mark_safe

from registry.models import Entry, Source
from registry.models.translations import OWN

from .nodes import Node, day, link, stated
from .nouns import OWN_WORDS
from .types import TYPES, type_of

__all__ = ["MEDIA_TYPE", "REGISTER", "TYPES", "block", "document", "dumped"]

REGISTER = "Caspian Heritage Register"
MEDIA_TYPE = "application/ld+json"
# What could end a block of a page, or a line of a script.
_UNSAFE = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


def document(entry: Entry, address: str) -> Node:
    """The schema.org document of a public record, as `public.records` gives it.

    `address` is the whole address of its page; those of other records are told from it. What is not stated is left out.
    """
    root = address.removesuffix(f"{entry.slug}/{entry.pk}/")
    node = {
        "@context": "https://schema.org",
        "@type": type_of(entry),
        "@id": f"{address}#this",
        "identifier": entry.pk,
        "name": entry.title,
        "alternateName": _names(entry),
        "description": entry.summary,
    }
    own = stated(OWN_WORDS[type(entry)](entry, root))
    return stated(node | {"url": address} | own | {"mainEntityOfPage": _page(entry, address, root)})


def block(entry: Entry, address: str) -> SafeString:
    """The document for a data block of a page; nothing in it can end the block."""
    return mark_safe(dumped(document(entry, address)).translate(_UNSAFE))  # noqa: S308 - no < stays in it


def dumped(node: Node) -> str:
    """As JSON, each script as it is."""
    return json.dumps(node, ensure_ascii=False, separators=(",", ":"))


def _names(entry: Entry) -> list[str | Node]:
    """Other names and translated titles, each with its language where that is known."""
    names = [(name["name"], name.get("language")) for name in entry.other_names]
    names += [(texts["title"], code) for code, texts in entry.translations.items() if "title" in texts]
    return [{"@value": name, "@language": language} if language else name for name, language in names]


def _page(entry: Entry, address: str, root: str) -> Node:
    """The record itself: a page of the register, with its version and its sources."""
    return {
        "@type": "WebPage",
        "@id": address,
        "url": address,
        "name": entry.title,
        "inLanguage": OWN,
        "version": entry.version,
        "dateModified": entry.updated_at.isoformat(),
        "author": {"@type": "Organization", "name": REGISTER, "url": root},
        "isPartOf": {"@type": "DataCatalog", "@id": root, "name": REGISTER, "url": root},
        "citation": [_cited(citation.source, root) for citation in entry.citations.all()],
    }


def _cited(source: Source, root: str) -> Node:
    return link(source, root) | {
        "url": source.url,
        "publisher": {"@type": "Organization", "name": source.publisher} if source.publisher else None,
        "datePublished": day(source.dates),
        "inLanguage": source.language,
    }
