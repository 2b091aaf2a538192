"""The catalogue: one data set, the files of its newest dump, and the services that answer questions about it."""

import pycountry
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from registry import public
from registry.dumps import ATTRIBUTION, LICENCE, Dump, DumpFile
from registry.models import Region, RegionKind

from .endpoints import SERVICES, described
from .words import AUTHORITY, Node, english, in_each_language, moment, node, ref, stated, typed

TITLE = _("Caspian Heritage Register")
DESCRIPTION = _(
    "An open register of heritage projects, initiatives and budgets around the Caspian Sea and in the South Caucasus, "
    "each statement with its source."
)
LICENCE_URL = f"https://spdx.org/licenses/{LICENCE}"
_MEDIA_TYPES = "http://www.iana.org/assignments/media-types/"
_LANGUAGES = ("ENG", "AZE", "RUS", "FAS")  # of the words of records, and of the labels of every code list
_KEYWORDS = (
    "cultural heritage",
    "heritage projects",
    "heritage funding",
    "safeguarding",
    "Caspian Sea",
    "South Caucasus",
)
# By the media type of a file: whether it is one file made smaller, or holds several.
_WRAPPED = {"application/gzip": "dcat:compressFormat", "application/zip": "dcat:packageFormat"}


def catalogue(host: str, dump: Dump | None) -> list[Node]:
    """Every node that has an address, the catalogue first; `host` is what addresses begin with.

    The dump is the newest that is offered; without one the services are the only way in.
    """
    with override("en-gb"):  # the addresses of English pages, whatever the page
        files = [_distribution(host, dump, file) for file in dump.files] if dump else []
        distributions = [*files, _live(host)]
        services = [described(host, service) | _terms() for service in SERVICES]
        dataset = _dataset(host, dump, distributions)
        return [_catalogue(host, dataset, services), dataset, *distributions, *services]


def _catalogue(host: str, dataset: Node, services: list[Node]) -> Node:
    own = {
        "dcat:dataset": ref(dataset["@id"]),
        "dcat:service": [ref(service["@id"]) for service in services],
        "dcat:themeTaxonomy": ref(f"{AUTHORITY}data-theme"),
        "foaf:homepage": ref(host + reverse("registry:home")),
    }
    return stated(node("dcat:Catalog", _place(host, "catalogue")) | _said(host) | own)


def _dataset(host: str, dump: Dump | None, distributions: list[Node]) -> Node:
    own = {
        "dct:identifier": {"@value": _place(host, "dataset")},
        "dcat:version": {"@value": str(dump.revision)} if dump else None,
        "dcat:keyword": [english(word) for word in _KEYWORDS],
        "dcat:theme": ref(f"{AUTHORITY}data-theme/EDUC"),  # education, culture and sport
        "dct:accessRights": ref(f"{AUTHORITY}access-right/PUBLIC"),
        "dct:accrualPeriodicity": ref(f"{AUTHORITY}frequency/IRREG"),  # whenever something was published
        "dcat:landingPage": ref(host + reverse("registry:data")),
        "foaf:page": ref(host + reverse("registry:data-fields")),
        "dcat:contactPoint": _contact(),
        "dcat:distribution": [ref(distribution["@id"]) for distribution in distributions],
        "dcat:qualifiedRelation": _what_follows(host, dump) if dump and dump.feed is not None else None,
    }
    return stated(node("dcat:Dataset", _place(host, "dataset")) | _said(host) | own)


def _what_follows(host: str, dump: Dump) -> Node:
    """The feed of changes from where the dump ends: how whoever took it keeps up."""
    return node("dcat:Relationship") | {
        "dct:relation": ref(f"{host}{reverse('api:changes')}?after={dump.feed}"),
        "dcat:hadRole": ref("http://www.iana.org/assignments/relation/next"),
    }


def _said(host: str) -> Node:
    """What holds for the catalogue as for its data set."""
    times = public.changes().order_by("number").values_list("at", flat=True)
    first, last = times.first(), times.last()
    return {
        "dct:title": in_each_language(TITLE),
        "dct:description": in_each_language(DESCRIPTION),
        "dct:publisher": _publisher(),
        "dct:issued": first and moment(first),
        "dct:modified": last and moment(last),
        "dct:language": [ref(f"{AUTHORITY}language/{code}") for code in _LANGUAGES],
        "dct:spatial": [ref(f"{AUTHORITY}country/{code}") for code in _countries()],
    } | _terms()


def _terms() -> Node:
    return {"dct:license": ref(LICENCE_URL)}


def _rights() -> Node:
    """What whoever passes the points on has to say."""
    return {"dct:rights": node("dct:RightsStatement") | {"rdfs:label": english(ATTRIBUTION)}}


def _publisher() -> Node:
    """Who runs this copy; where the settings do not say, the catalogue says so: the profile wants a name."""
    name = {"@value": settings.OPERATOR} if settings.OPERATOR else english("Not stated")
    return node("foaf:Agent") | {"foaf:name": name}


def _contact() -> Node | None:
    """Where the settings name one."""
    if not settings.CONTACT:
        return None
    how = "vcard:hasEmail" if settings.CONTACT.startswith("mailto:") else "vcard:hasURL"
    name = {"vcard:fn": {"@value": settings.OPERATOR}} if settings.OPERATOR else {"vcard:fn": in_each_language(TITLE)}
    return node("vcard:Kind") | name | {how: ref(settings.CONTACT)}


def _countries() -> list[str]:
    """The countries that have a public record, by the three letters of the list of the European Union (ISO 3166-1)."""
    known = Region.objects.public().filter(kind=RegionKind.COUNTRY).order_by("code").values_list("iso_code", flat=True)
    found = [pycountry.countries.get(alpha_2=code) for code in known if code]
    return [country.alpha_3 for country in found if country]


def _distribution(host: str, dump: Dump, file: DumpFile) -> Node:
    form = file.form
    address = host + reverse("registry:data-dump", args=[file.name])
    checksum = node("spdx:Checksum") | {
        "spdx:algorithm": ref("http://spdx.org/rdf/terms#checksumAlgorithm_sha256"),
        "spdx:checksumValue": typed(file.sha256, "hexBinary"),
    }
    own = {
        "dct:title": english(f"The whole register as {form.name}"),
        "dct:format": node("dct:MediaTypeOrExtent") | {"rdfs:label": {"@value": form.name}},
        "dcat:accessURL": ref(host + reverse("registry:data")),
        "dcat:downloadURL": ref(address),
        "dcat:mediaType": ref(_MEDIA_TYPES + form.inside)
        if "x-" not in form.inside
        else None,  # as far as it is registered
        _WRAPPED[form.outside]: ref(_MEDIA_TYPES + form.outside),
        "dcat:byteSize": typed(file.size, "nonNegativeInteger"),
        "spdx:checksum": checksum,
        "dct:issued": moment(dump.made_at),
        "dct:modified": moment(dump.changed_at),
    }
    return stated(node("dcat:Distribution", f"{address}#this") | own | _terms() | _rights())


def _live(host: str) -> Node:
    """The records as they stand at this moment, record by record and list by list."""
    own = {
        "dct:title": english("The records as they stand, through the API"),
        "dcat:accessURL": ref(host + reverse("api:root")),
        "dcat:accessService": ref(_place(host, SERVICES[0].name)),
        "dcat:mediaType": ref(f"{_MEDIA_TYPES}application/json"),
    }
    return node("dcat:Distribution", _place(host, "live")) | own | _terms() | _rights()


def _place(host: str, name: str) -> str:
    return f"{host}{reverse('registry:data')}#{name}"
