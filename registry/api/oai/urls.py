"""The one address of the protocol."""

from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from .views import Harvest

app_name = "oai"

urlpatterns = [
    path("", csrf_exempt(Harvest.as_view()), name="harvest")
]  # a POST asks as a GET does, and changes nothing
