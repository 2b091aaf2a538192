"""Elements of the standard, and words in their languages."""

from xml.etree.ElementTree import Element, SubElement

from registry.documents import Document, for_xml
from registry.models.translations import OWN

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def child(parent: Element, name: str, **attributes: str | None) -> Element:
    """A new element at the end of the parent; attributes without a value are left out."""
    stated = {key.replace("_", "-"): value for key, value in attributes.items() if value}
    return SubElement(parent, name, stated)


def narrative(parent: Element, words: str, language: str = OWN) -> None:
    """Words as a narrative; the activity says which language those of the register are in."""
    told = SubElement(parent, "narrative", {} if language == OWN else {LANGUAGE: language})
    told.text = for_xml(words)


def narratives(parent: Element, document: Document, name: str = "title") -> None:
    """The words of a field of a record, then their translations."""
    narrative(parent, document[name])
    for language, words in document["translations"].items():
        if words.get(name):
            narrative(parent, words[name], language)
