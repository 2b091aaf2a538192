"""Addresses of the features. Geographic software asks for them without a slash at the end."""

from django.urls import path

from .views import Api, CollectionDetail, CollectionList, Conformance, Item, Items, Landing

app_name = "ogc"

urlpatterns = [
    path("ogc", Landing.as_view(), name="landing-as-typed"),
    path("ogc/", Landing.as_view(), name="landing"),
    path("ogc/api", Api.as_view(), name="api"),
    path("ogc/conformance", Conformance.as_view(), name="conformance"),
    path("ogc/collections", CollectionList.as_view(), name="collections"),
    path("ogc/collections/<str:noun>", CollectionDetail.as_view(), name="collection"),
    path("ogc/collections/<str:noun>/items", Items.as_view(), name="items"),
    path("ogc/collections/<str:noun>/items/<str:code>", Item.as_view(), name="item"),
]
