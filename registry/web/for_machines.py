"""Addresses that have no language: what crawlers and researchers of security look for first."""

from django.urls import path

from .crawlers import Robots, SecurityContact, SitemapIndex, SitemapPart

app_name = "for_machines"

urlpatterns = [
    path("robots.txt", Robots.as_view(), name="robots"),
    path("sitemap.xml", SitemapIndex.as_view(), name="sitemap"),
    path("sitemap-<slug:noun>-<int:part>.xml", SitemapPart.as_view(), name="sitemap-part"),
    path(".well-known/security.txt", SecurityContact.as_view(), name="security"),
]
