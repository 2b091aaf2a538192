"""A page as a reader meets it: `Page(response).links` are the addresses it leads to, `.text` the words on it."""

from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.http import HttpResponse

_SILENT = {"script", "style", "template"}


class Page(HTMLParser):
    """What the tests ask of an HTML page."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.html = response.content.decode()
        self.text, self.title = "", ""
        self.headings: list[str] = []
        self.links: dict[str, str] = {}
        self.hidden: list[tuple[str, str]] = []
        self._open: list[str] = []
        self._link: str | None = None
        self._base = response.wsgi_request.get_full_path()
        self.feed(self.html)

    def handle_starttag(self, tag: str, pairs: list) -> None:
        given = dict(pairs)
        if tag in {"h1", "title", "a", *_SILENT}:
            self._open.append(tag)
        if tag == "h1":
            self.headings.append("")
        if tag == "a" and "href" in given:
            self._link = urljoin(self._base, given["href"])
            self.links.setdefault(self._link, "")
        if tag == "input" and given.get("type") == "hidden":
            self.hidden.append((given["name"], given["value"]))

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()
        if tag == "a":
            self._link = None

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] in _SILENT:
            return
        self.text += data
        if "h1" in self._open:
            self.headings[-1] += data
        if "title" in self._open:
            self.title += data
        if self._link is not None:
            self.links[self._link] += data

    def inside(self) -> set[str]:
        """The addresses of the register that the page leads to, without fragments."""
        parts = [urlsplit(link) for link in self.links]
        return {p._replace(fragment="").geturl() for p in parts if not p.netloc and p.scheme in {"", "http"}}


def read(client, address: str, status: int = 200) -> Page:
    """The page at an address, which has to answer with the status."""
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return Page(response)
