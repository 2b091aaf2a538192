"""Elements of the standard: words in their languages, and what XML can hold of them."""

import re
from xml.etree.ElementTree import Element, SubElement

from registry.documents import Document
from registry.models.translations import OWN

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
# What no XML 1.0 document may hold (2.2, Char).
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def child(parent: Element, name: str, **attributes: str | None) -> Element:
    """A new element at the end of the parent; attributes without a value are left out."""
    stated = {key.replace("_", "-"): value for key, value in attributes.items() if value}
    return SubElement(parent, name, stated)


def narrative(parent: Element, words: str, language: str = OWN) -> None:
    """Words as a narrative; the activity says which language those of the register are in."""
    told = SubElement(parent, "narrative", {} if language == OWN else {LANGUAGE: language})
    told.text = _NO_XML.sub("\ufffd", words)


def narratives(parent: Element, document: Document, name: str = "title") -> None:
    """The words of a field of a record, then their translations."""
    narrative(parent, document[name])
    for language, words in document["translations"].items():
        if words.get(name):
            narrative(parent, words[name], language)
