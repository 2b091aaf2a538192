"""Where the surfaces hang: pages, API and admin."""

from django.urls import path

urlpatterns: list = []
