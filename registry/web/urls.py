"""Addresses of the public pages."""

from django.urls import path

from registry.models import (
    CountryBudget,
    Event,
    Initiative,
    Organisation,
    Project,
    Region,
    Source,
    Statement,
)

from .budgets import CountryBudgetDetail, CountryBudgetList
from .events import EventDetail, EventList
from .home import Home
from .initiatives import InitiativeDetail, InitiativeList
from .organisations import OrganisationDetail, OrganisationList
from .projects import ProjectDetail, ProjectList
from .regions import RegionDetail, RegionList
from .search import Search
from .sources import SourceDetail, SourceList
from .statements import StatementDetail, StatementList

app_name = "registry"

VIEWS = {
    Project: (ProjectList, ProjectDetail),
    Initiative: (InitiativeList, InitiativeDetail),
    CountryBudget: (CountryBudgetList, CountryBudgetDetail),
    Region: (RegionList, RegionDetail),
    Organisation: (OrganisationList, OrganisationDetail),
    Event: (EventList, EventDetail),
    Source: (SourceList, SourceDetail),
    Statement: (StatementList, StatementDetail),
}

urlpatterns = [
    path("", Home.as_view(), name="home"),
    path("search/", Search.as_view(), name="search"),
]
for model, (listing, detail) in VIEWS.items():
    urlpatterns += [
        path(f"{model.slug}/", listing.as_view(), name=f"{model.noun}-list"),
        path(f"{model.slug}/<str:code>/", detail.as_view(), name=f"{model.noun}-detail"),
    ]
