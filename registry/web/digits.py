"""On Persian pages what people read has Persian digits and commas; codes, addresses and other scripts have not."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from registry.models.translations import page_language

# By language: 0 to 9; below, the point and the comma between them, and the sign (CLDR, numbering system “arabext”).
DIGITS = {"fa": "۰۱۲۳۴۵۶۷۸۹"}
_POINTS = {".": "٫", ",": "٬"}
_PERCENT = "٪"

# A comment, a tag, a character by its name or number, or text.
_PART = re.compile(r"<!--.*?-->|<[^>]*>|&#?\w+;|[^<&]+|[<&]", re.S)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)")
_MARK = re.compile(r'\s(lang|class)="([^"]*)"')
# A word with a Latin letter or an @ is a code, an address, a unit or a name in another language.
_WORD = re.compile(r"[^\s<>]*\d[^\s<>]*", re.ASCII)
_LATIN = re.compile(r"[A-Za-z@]")
# A comma or a semicolon after a Persian letter, or where a text goes on after a name or a link.
_COMMA = re.compile(r"(?:^|(?<=[\u0600-\u06ff\u200c]))[,;](?=\s)")
_COMMAS = {",": "،", ";": "؛"}
_BETWEEN = re.compile(r"(?<=\d)[.,](?=\d)", re.ASCII)
_AS_IT_IS = {"code", "pre", "script", "style", "textarea", "kbd", "samp"}
_VOID = {
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"),
    *("path", "rect", "circle", "use", "line"),
}


class LocalDigits:
    """What a page says is said in the digits of its language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Only pages, and only in a language with digits of its own."""
        response = self.get_response(request)
        digits = DIGITS.get(page_language())
        if digits and not response.streaming and response.headers.get("Content-Type", "").startswith("text/html"):
            response.content = in_digits(response.content.decode(response.charset), page_language())
        return response


def in_digits(html: str, language: str) -> str:
    """The same page; text in another language, in code and in forms stays as it is, and every attribute."""
    table = str.maketrans("0123456789", DIGITS[language])
    kept: list[str] = []  # the elements that are open since one that stays as it is
    said = []
    for part in _PART.findall(html):
        if part.startswith("<"):
            _follow(part, kept, language)
        elif not kept and not part.startswith("&"):
            part = _WORD.sub(lambda word: _word(word[0], table), part)
            part = _COMMA.sub(lambda comma: _COMMAS[comma[0]], part)
        said.append(part)
    return "".join(said)


def _follow(tag: str, kept: list[str], language: str) -> None:
    if not kept and tag.startswith("</"):
        return
    found = _TAG.match(tag)
    if not found or tag.endswith("/>") or found[2].lower() in _VOID:
        return
    name = found[2].lower()
    if found[1]:
        if kept and name in kept:
            while kept.pop() != name:
                pass
    elif kept or _stays(name, tag, language):
        kept.append(name)


def _stays(name: str, tag: str, language: str) -> bool:
    if name in _AS_IT_IS:
        return True
    if " lang=" not in tag and "code" not in tag:
        return False
    marks = {mark[1]: mark[2] for mark in _MARK.finditer(tag)}
    return marks.get("lang", language) != language or "code" in marks.get("class", "").split()


def _word(word: str, table: dict[int, int]) -> str:
    if _LATIN.search(word):
        return word
    return _BETWEEN.sub(lambda point: _POINTS[point[0]], word).replace("%", _PERCENT).translate(table)
