"""Links between the resources: each with its relation, its media type and where it leads."""

from typing import Any

from rest_framework.request import Request
from rest_framework.reverse import reverse

JSON, GEOJSON, HTML, PLAIN = "application/json", "application/geo+json", "text/html", "text/plain"
OPENAPI = "application/vnd.oai.openapi+json"
OPENAPI_3_0 = f"{OPENAPI};version=3.0"  # as the standard writes it


def link(rel: str, media_type: str, title: str, address: str) -> dict[str, Any]:
    """One link; `address` is absolute."""
    return {"href": address, "rel": rel, "type": media_type, "title": title}


def here(request: Request, media_type: str) -> dict[str, Any]:
    """To the answer itself, as it was asked."""
    return link("self", media_type, "This document", request.build_absolute_uri())


def licence(request: Request) -> dict[str, Any]:
    """To the terms that the records may be used under."""
    address = reverse("registry:data-dump", args=["LICENSE.txt"], request=request)
    return link("license", PLAIN, "BSD 3-Clause licence", address)
