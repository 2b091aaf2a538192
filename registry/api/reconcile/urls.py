"""Addresses of the reconciliation service."""

from csp.decorators import csp_replace
from django.urls import path
from django.views.decorators.clickjacking import xframe_options_exempt

from .views import Preview, Properties, Record, Service, SuggestEntity, SuggestProperty, SuggestType

app_name = "reconcile"

service = Service.as_view()
service.says_what_is_broken = True  # the parser of its forms does, and how long they may be
# Clients show it in a frame of their own pages, wherever these run. It holds one link, and nothing to click but that.
framed = csp_replace({"frame-ancestors": ["*"]})(xframe_options_exempt(Preview.as_view()))

urlpatterns = [
    path("reconcile/", service, name="service"),
    # As people type the address: a redirect would turn a form that is sent there into a question without a body.
    path("reconcile", service, name="service-as-typed"),
    path("reconcile/suggest/entity/", SuggestEntity.as_view(), name="suggest-entity"),
    path("reconcile/suggest/type/", SuggestType.as_view(), name="suggest-type"),
    path("reconcile/suggest/property/", SuggestProperty.as_view(), name="suggest-property"),
    path("reconcile/properties/", Properties.as_view(), name="properties"),
    path("reconcile/records/<str:code>/", Record.as_view(), name="record"),
    path("reconcile/preview/<str:code>/", framed, name="preview"),
]
