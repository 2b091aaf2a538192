"""Writes the nodes: as JSON-LD, which they are, and as Turtle, for the harvesters that read nothing else."""

import json
from collections.abc import Iterator
from typing import Any

from .words import PREFIXES, Node

_INDENT = "  "


def as_json_ld(nodes: list[Node]) -> str:
    """One document with a context of its own, so that nobody has to fetch one."""
    return json.dumps({"@context": PREFIXES, "@graph": nodes}, ensure_ascii=False, indent=1)


def as_turtle(nodes: list[Node]) -> str:
    """RDF 1.1 Turtle; each node that has an address stands by itself."""
    prefixes = "".join(f"@prefix {name}: <{address}> .\n" for name, address in PREFIXES.items())
    return prefixes + "".join(f"\n<{node['@id']}> {_said(node, _INDENT)} .\n" for node in nodes)


def _said(node: Node, indent: str) -> str:
    kind = [f"a {node['@type']}"] if "@type" in node else []
    told = [f"{name} {', '.join(_values(value, indent))}" for name, value in node.items() if not name.startswith("@")]
    return f" ;\n{indent}".join([*kind, *told])


def _values(value: Any, indent: str) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        if "@value" in one:
            # What JSON escapes in a text, Turtle escapes in the same way.
            ending = f"@{one['@language']}" if "@language" in one else f"^^{one['@type']}" if "@type" in one else ""
            yield json.dumps(one["@value"], ensure_ascii=False) + ending
        elif one.keys() == {"@id"}:
            yield f"<{one['@id']}>"
        else:
            yield f"[ {_said(one, indent + _INDENT)} ]"
