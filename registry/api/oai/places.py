"""Where the repository is: what its addresses and its identifiers begin with."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

# A domain name, as the guidelines for oai identifiers want it; neither a lone name nor an IP address is one.
_DOMAIN = re.compile(r"[a-z][a-z0-9\-]*(\.[a-z][a-z0-9\-]*)+", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """The public address, else the one that was asked: `root` such as https://register.example, and its host."""

    root: str
    host: str

    @property
    def address(self) -> str:
        """The base URL of the repository."""
        return self.root + reverse("oai:harvest")

    @property
    def has_domain(self) -> bool:
        """Whether the host is a domain name, so that identifiers with it are known everywhere."""
        return bool(_DOMAIN.fullmatch(self.host))

    def identifier(self, code: str) -> str:
        """The identifier of a record."""
        return f"oai:{self.host}:{code}"

    def code(self, identifier: str) -> str:
        """The code in an identifier; "" in one of another repository."""
        start = self.identifier("")
        return identifier.removeprefix(start) if identifier.startswith(start) else ""


def place_of(request: HttpRequest) -> Place:
    """PUBLIC_URL, whichever host was asked: the identifier of a record is the same for everybody."""
    root = settings.PUBLIC_URL or request.build_absolute_uri("/")[:-1]
    host = urlsplit(root).hostname
    return Place(root, "localhost" if ":" in host else host)  # an IPv6 address cannot stand in an identifier
