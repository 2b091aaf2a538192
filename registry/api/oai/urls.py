"""The one address of the protocol."""

from django.urls import path

from .views import harvest

app_name = "oai"

urlpatterns = [path("", harvest, name="harvest")]
