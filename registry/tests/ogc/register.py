"""A small register for the tests of features: of every noun that can be somewhere, one record that is."""

from typing import Any

from django.db import transaction

from registry import places
from registry.api.ogc.collections import COLLECTIONS
from registry.models import Dated, Entry, Region
from registry.tests.make import MAKERS, make_region

SHEKI, BAKU = ("47.170600", "41.191900"), ("49.867100", "40.409300")


def place(title: str, point: tuple[str, str], **given: Any) -> Region:
    return make_region(title=title, longitude=point[0], latitude=point[1], precision="exact", **given)


def somewhere(model: type[Entry], where: Region, **given: Any) -> Entry:
    """A record of the noun in the place; for a region, one at the same point."""
    path = places.place_path(model)
    if path == "pk":
        given |= {"longitude": where.longitude, "latitude": where.latitude, "precision": "exact"}
    else:
        given[path] = [where] if path == "regions" else where
    if issubclass(model, Dated):
        given.setdefault("dates", "2018/2021")
    return MAKERS[model](**given)


@transaction.atomic
def one_of_each() -> dict[str, Entry]:
    """By the name of its collection."""
    where = place("Sheki", SHEKI)
    return {name: somewhere(model, where) for name, model in COLLECTIONS.items()}
