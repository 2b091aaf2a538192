"""Templates hold together: each is used, whatever it names exists, and every word in it can be translated."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.base import Lexer, Node, Template, TokenType
from django.template.defaulttags import URLNode
from django.template.loader import get_template
from django.template.loader_tags import ExtendsNode, IncludeNode
from django.templatetags.static import StaticNode
from django.urls import get_resolver

from registry.api.docs import PAGES
from registry.models import ENTRIES

FOLDER = settings.BASE_DIR / "templates"
CODE = [path for path in (settings.BASE_DIR / "registry").rglob("*.py") if "tests" not in path.parts]
TEMPLATES = {path.relative_to(FOLDER).as_posix(): path for path in sorted(FOLDER.rglob("*.html"))}
# For what limits requests, which is not part of the register itself.
IN_FRONT = {"429.html"}
# Formats, a clock, a unit, and a code as an example; the same in every language.
NOT_WORDS = {"CSV", "JSON", "SHA-", "JSON-LD", "BibTeX", "RIS", "XLSX", "UTC", "ms", "az"}
# The documentation of the API, which speaks English as the API does.
IN_ENGLISH = ("registry/docs/", "components/docs_sections.html", "components/example.html")
SPOKEN = {"alt", "title", "placeholder", "aria-label", "aria-description", "label"}

every_template = pytest.mark.parametrize("name", TEMPLATES)


def nodes(template: Template, kind: type[Node]) -> Iterator[Node]:
    yield from template.nodelist.get_nodes_by_type(kind)


def fixed(name: object) -> str | None:
    """A name that stands in the template as it is, and is not worked out."""
    if getattr(name, "filters", None):
        return None
    found = getattr(name, "var", name)
    return found if isinstance(found, str) else None


def named_by(template: Template) -> set[str]:
    """The templates that this one extends or includes."""
    names = {fixed(node.parent_name) for node in nodes(template, ExtendsNode)}
    return {name for name in names | {fixed(node.template) for node in nodes(template, IncludeNode)} if name}


def named_by_code() -> set[str]:
    """The templates that views name, those a noun's views put together, and those that take another's place."""
    constants = (node for path in CODE for node in ast.walk(ast.parse(path.read_text())))
    names = {node.value for node in constants if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    names |= {f"registry/{model.noun}_{page}.html" for model in ENTRIES for page in ("list", "detail")}
    names |= {f"registry/docs/{page.template}" for page in PAGES}
    return names | IN_FRONT | {name for name in TEMPLATES if takes_the_place_of_another(name)}


def takes_the_place_of_another(name: str) -> bool:
    apps = [
        Path(folder)
        for engine in get_template("base.html").backend.engine.template_loaders
        for folder in engine.get_dirs()
    ]
    return any((folder / name).exists() for folder in apps if folder != FOLDER)


def address_names(resolver: object = None, space: str = "") -> set[str]:
    """Every name that {% url %} may use."""
    found = set()
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            found |= address_names(pattern, inner)
        elif pattern.name:
            found.add(f"{space}{pattern.name}")
    return found


def test_every_template_is_used():
    used, waiting = set(), named_by_code() & set(TEMPLATES)
    while waiting:
        name = waiting.pop()
        used.add(name)
        waiting |= named_by(get_template(name).template) & set(TEMPLATES) - used
    assert set(TEMPLATES) - used == set()


@every_template
def test_what_a_template_names_exists(name):
    template = get_template(name).template
    for other in named_by(template):
        get_template(other)
    assert {fixed(node.view_name) for node in nodes(template, URLNode)} - {None} - address_names() == set()
    for node in nodes(template, StaticNode):
        path = fixed(node.path.var)
        assert path is None or finders.find(path), path


@every_template
def test_every_word_of_a_template_is_marked_for_translation(name):
    if name == "500.html" or name.startswith(IN_ENGLISH):
        return  # the one must not depend on anything, translation least of all
    assert Plain(name).words - NOT_WORDS == set()


class Plain(HTMLParser):
    """The words of a template that stand outside its tags of translation, in text and in attributes that are read.

    What stands in <code> is for programs, and the same in every language.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.words: set[str] = set()
        self.in_code = False
        said, silenced = [], ""
        for token in Lexer(TEMPLATES[name].read_text()).tokenize():
            if token.token_type == TokenType.TEXT and not silenced:
                said.append(token.contents)
            elif token.token_type == TokenType.VAR:
                self.find(" ".join(re.findall(r'\|(?:default|default_if_none|yesno):"([^"]*)"', token.contents)))
            elif token.token_type == TokenType.BLOCK:
                silenced = self.after(token.split_contents(), silenced)
        self.feed("".join(said))

    @staticmethod
    def after(tag: list[str], silenced: str) -> str:
        """The tag whose end lets words be read again: translations, and blocks that hold the class of an element."""
        if tag[0] == "blocktranslate":
            return "endblocktranslate"
        if tag[0] == "block" and tag[1] in {"bodyclass", "coltype"}:
            return "endblock"
        return "" if tag[0] == silenced else silenced

    def handle_starttag(self, tag: str, pairs: list) -> None:
        self.in_code |= tag == "code"
        described = tag == "meta" and dict(pairs).get("name") == "description"
        for name, value in pairs:
            if name in SPOKEN or (described and name == "content"):
                self.find(value or "")

    def handle_endtag(self, tag: str) -> None:
        self.in_code &= tag != "code"

    def handle_data(self, data: str) -> None:
        if not self.in_code:
            self.find(data)

    def find(self, text: str) -> None:
        self.words |= set(re.findall(r"[A-Za-z][A-Za-z-]+", text))
