"""XML as the protocol frames it, without the characters that XML has no place for."""

from collections.abc import Iterable
from xml.etree import ElementTree

from registry.documents import for_xml

from .places import Place

NAMESPACE = "http://www.openarchives.org/OAI/2.0/"
_SCHEMAS = "http://www.w3.org/2001/XMLSchema-instance"

Element = ElementTree.Element


def element(name: str, *inside: "str | Element", **attributes: str) -> Element:
    """An element with text or with other elements in it; what XML cannot hold becomes U+FFFD."""
    made = Element(name, {key: for_xml(value) for key, value in attributes.items()})
    for part in inside:
        if isinstance(part, str):
            made.text = for_xml(part)
        else:
            made.append(part)
    return made


def described(name: str, namespace: str, schema: str, inside: Iterable[Element], **more: str) -> Element:
    """The root of a document of another namespace, with the address of its schema; `more` names further prefixes."""
    prefix = name.partition(":")[0] if ":" in name else ""
    spaces = {f"xmlns:{prefix}" if prefix else "xmlns": namespace, "xmlns:xsi": _SCHEMAS}
    spaces |= {f"xmlns:{short}": uri for short, uri in more.items()}
    made = Element(name, spaces | {"xsi:schemaLocation": f"{namespace} {schema}"})
    made.extend(inside)
    return made


def answer(place: Place, at: str, asked: dict[str, str], content: Element) -> bytes:
    """The whole answer: when it was given, to which request, and the content."""
    request = element("request", place.address, **asked)
    inside = [element("responseDate", at), request, content]
    root = described("OAI-PMH", NAMESPACE, f"{NAMESPACE}OAI-PMH.xsd", inside)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
