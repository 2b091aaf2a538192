"""What the register offers to machines, as catalogues of open data read it: DCAT 3 in the profile DCAT-AP 3."""

from .describing import catalogue
from .writing import as_json_ld, as_turtle

__all__ = ["FORMS", "as_json_ld", "as_turtle", "catalogue"]

# By the ending of the address: the media type, and what writes it.
FORMS = {"jsonld": ("application/ld+json", as_json_ld), "ttl": ("text/turtle; charset=utf-8", as_turtle)}
