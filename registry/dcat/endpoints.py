"""The services: where each answers, where it is described, and which standard it follows."""

from dataclasses import dataclass

from .words import Node, english, node, ref, stated

_DATA = "/data/"


@dataclass(frozen=True)
class Service:
    """One service; `name` is its place in the catalogue, `address` and `description` are paths."""

    name: str
    title: str
    says: str
    address: str
    description: str
    conforms_to: str = ""


SERVICES = (
    Service(
        "api",
        "API of the register",
        "Every record and list, with the filters of the pages, as JSON, CSV, XLSX, GeoJSON and NDJSON.",
        "/api/v1/",
        "/api/v1/schema/",
        "https://spec.openapis.org/oas/v3.1.0",
    ),
    Service(
        "changes",
        "Feed of changes",
        "Every public change in order, with each record as it stands now, for keeping a copy up to date.",
        "/api/v1/changes/",
        "/api/v1/schema/",
        "https://spec.openapis.org/oas/v3.1.0",
    ),
    Service(
        "ogc",
        "OGC API - Features",
        "Records with their published points, for maps and geographical information systems.",
        "/ogc/",
        "/ogc/api",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    ),
    Service(
        "oai",
        "OAI-PMH",
        "The records for harvesters of libraries, archives and museums.",
        "/oai/",
        "/oai/?verb=Identify",
        "http://www.openarchives.org/OAI/2.0/",
    ),
    Service(
        "reconcile",
        "Reconciliation of names",
        "Finds the record that a name in a table means, for OpenRefine and other clients.",
        "/reconcile/",
        "/reconcile/",
        "https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/",
    ),
)


def described(host: str, service: Service) -> Node:
    """A service as a node of the catalogue."""
    own = {
        "dct:title": english(service.title),
        "dct:description": english(service.says),
        "dcat:endpointURL": ref(host + service.address),
        "dcat:endpointDescription": ref(host + service.description),
        "dct:conformsTo": ref(service.conforms_to),
        "dcat:servesDataset": ref(f"{host}{_DATA}#dataset"),
        "dcat:landingPage": ref(f"{host}/api/docs/") if service.address.startswith("/api/") else None,
    }
    return stated(node("dcat:DataService", f"{host}{_DATA}#{service.name}") | own)
