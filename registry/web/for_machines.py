"""Addresses that have no language: what crawlers, portals of open data and researchers of security look for."""

from django.urls import path

from .crawlers import Robots, SecurityContact, SitemapIndex, SitemapPart
from .data_catalogue import Catalogue

app_name = "for_machines"

urlpatterns = [
    path("robots.txt", Robots.as_view(), name="robots"),
    path("sitemap.xml", SitemapIndex.as_view(), name="sitemap"),
    path("sitemap-<slug:noun>-<int:part>.xml", SitemapPart.as_view(), name="sitemap-part"),
    path("data/catalogue.jsonld", Catalogue.as_view(), name="catalogue-jsonld"),
    path("data/catalogue.ttl", Catalogue.as_view(form="ttl"), name="catalogue-ttl"),
    path(".well-known/security.txt", SecurityContact.as_view(), name="security"),
]
