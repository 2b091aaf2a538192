"""The catalogue for portals of open data: one graph in two forms, whole by DCAT-AP 3, and true of the files."""

import hashlib

import pytest
from django.urls import is_valid_path
from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from registry import dumps
from registry.models import Change
from registry.tests.make import make_project, make_region

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # inside rdflib

SPDX, VCARD = Namespace("http://spdx.org/rdf/terms#"), Namespace("http://www.w3.org/2006/vcard/ns#")
HOST = "http://testserver"
# What DCAT-AP 3.0 calls mandatory, and what it recommends that portals cannot do without.
NEEDED = {
    DCAT.Catalog: [DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.dataset, DCAT.service, DCTERMS.license],
    DCAT.Dataset: [DCTERMS.title, DCTERMS.description, DCAT.distribution, DCAT.theme, DCAT.keyword, DCTERMS.publisher],
    DCAT.Distribution: [DCAT.accessURL, DCTERMS.license],
    DCAT.DataService: [DCTERMS.title, DCAT.endpointURL, DCAT.endpointDescription, DCAT.servesDataset],
    FOAF.Agent: [FOAF.name],
    SPDX.Checksum: [SPDX.algorithm, SPDX.checksumValue],
}


@pytest.fixture(autouse=True)
def a_folder_of_its_own(settings, tmp_path):
    """For the dumps of this test."""
    settings.MEDIA_ROOT = tmp_path


def graphs(client):
    """What each form says."""
    found = []
    for form, media_type in (("jsonld", "application/ld+json"), ("ttl", "text/turtle; charset=utf-8")):
        answer = client.get(f"/data/catalogue.{form}")
        assert (answer.status_code, answer["Content-Type"]) == (200, media_type)
        assert answer["Access-Control-Allow-Origin"] == "*"
        same = client.get(f"/data/catalogue.{form}", HTTP_IF_NONE_MATCH=answer["ETag"])
        assert same.status_code == 304
        found.append(Graph().parse(data=answer.content, format="json-ld" if form == "jsonld" else "turtle"))
    return found


@pytest.mark.django_db(transaction=True)
def test_both_forms_say_the_same_have_all_that_the_profile_asks_and_fit_the_files(client, settings):
    settings.OPERATOR, settings.CONTACT = 'A "council"\\ of <heritage>', "mailto:office@register.example"
    make_region(kind="country", iso_code="AZ")
    make_project()
    dump = dumps.make()
    graph, other = graphs(client)
    assert isomorphic(graph, other)
    for kind, names in NEEDED.items():
        things = list(graph.subjects(RDF.type, kind))
        assert things and [(t, name) for t in things for name in names if (t, name, None) not in graph] == []
    [dataset] = graph.subjects(RDF.type, DCAT.Dataset)
    assert {title.language for title in graph.objects(dataset, DCTERMS.title)} == {"en", "az", "ru", "fa"}
    assert graph.value(dataset, DCTERMS.spatial).endswith("country/AZE")
    changed = Change.objects.filter(public=True).order_by("number").values_list("at", flat=True)
    assert graph.value(dataset, DCTERMS.issued).value == changed.first()
    assert graph.value(dataset, DCTERMS.modified).value == changed.last() == dump.changed_at
    assert graph.value(graph.value(dataset, DCTERMS.publisher), FOAF.name) == Literal(settings.OPERATOR)
    assert (None, VCARD.hasEmail, URIRef(settings.CONTACT)) in graph
    files = {}
    for distribution, address in graph.subject_objects(DCAT.downloadURL):
        answer = client.get(address.removeprefix(HOST))
        body = b"".join(answer)
        checksum = graph.value(distribution, SPDX.checksum)
        assert answer.status_code == 200
        assert str(graph.value(checksum, SPDX.checksumValue)).lower() == hashlib.sha256(body).hexdigest()
        assert graph.value(distribution, DCAT.byteSize).value == len(body)
        outside = graph.value(distribution, DCAT.compressFormat) or graph.value(distribution, DCAT.packageFormat)
        assert outside == URIRef(f"http://www.iana.org/assignments/media-types/{answer['Content-Type']}")
        files[address.rpartition("/")[2]] = len(body)
    assert files == {file.name: file.size for file in dump.files}
    for page in graph.objects(None, DCAT.landingPage):
        assert client.get(page.removeprefix(HOST)).status_code == 200


@pytest.mark.django_db
def test_without_a_dump_and_without_settings_the_catalogue_says_no_more_than_is_known(client):
    graph, other = graphs(client)
    assert isomorphic(graph, other)
    assert list(graph.objects(None, DCAT.downloadURL)) == [] == list(graph.objects(None, DCAT.contactPoint))
    assert set(graph.objects(None, FOAF.name)) == {Literal("Not stated", lang="en")}
    assert list(graph.objects(None, DCTERMS.issued)) == []
    [live] = graph.objects(None, DCAT.distribution)
    assert graph.value(live, DCAT.accessURL) == URIRef(f"{HOST}/api/v1/")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["api", "changes", "ogc", "oai", "reconcile"])
def test_every_service_answers_where_the_catalogue_says(client, name):
    graph, _other = graphs(client)
    service = URIRef(f"{HOST}/data/#{name}")
    for address in (graph.value(service, DCAT.endpointURL), graph.value(service, DCAT.endpointDescription)):
        path = address.removeprefix(HOST)
        assert is_valid_path(path.partition("?")[0]) and client.get(path).status_code == 200, path


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/data/", "/fa/data/"])
def test_the_page_leads_to_the_catalogue(client, address):
    page = client.get(address).content.decode()
    for form, media_type in (("jsonld", "application/ld+json"), ("ttl", "text/turtle")):
        assert f'<link rel="alternate" type="{media_type}" href="/data/catalogue.{form}">' in page
        assert f'<a href="/data/catalogue.{form}">' in page
