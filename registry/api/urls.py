"""Addresses of the API."""

from django.urls import path

from .budgets import CountryBudgetViewSet
from .changes import Changes
from .docs import PAGES, Docs, Schema
from .events import EventViewSet
from .funding import FundingViewSet
from .initiatives import InitiativeViewSet
from .missions import MissionViewSet
from .observations import ObservationViewSet
from .organisations import OrganisationViewSet
from .programmes import ProgrammeViewSet
from .projects import ProjectViewSet
from .proposals import Proposals, ProposalStatus
from .protocols import ProtocolViewSet
from .regions import RegionViewSet
from .resources import ResourceViewSet
from .root import Root
from .sites import SiteViewSet
from .sources import SourceViewSet
from .statements import StatementViewSet
from .vocabularies import VocabularyDetail, VocabularyList

app_name = "api"

VIEWSETS = (
    ProjectViewSet,
    InitiativeViewSet,
    CountryBudgetViewSet,
    FundingViewSet,
    RegionViewSet,
    SiteViewSet,
    MissionViewSet,
    ObservationViewSet,
    ProtocolViewSet,
    ProgrammeViewSet,
    ResourceViewSet,
    OrganisationViewSet,
    EventViewSet,
    SourceViewSet,
    StatementViewSet,
)

urlpatterns = [
    path("docs/", Docs.as_view(), name="docs"),
    *(path(f"docs/{page.name}/", Docs.as_view(page=page), name=f"docs-{page.name}") for page in PAGES[1:]),
    path("v1/", Root.as_view(), name="root"),
    path("v1/schema/", Schema.as_view(), name="schema"),
    path("v1/changes/", Changes.as_view(), name="changes"),
    path("v1/proposals/", Proposals.as_view(), name="proposals"),
    path("v1/proposals/<str:reference>/", ProposalStatus.as_view(), name="proposal"),
    path("v1/vocabularies/", VocabularyList.as_view(), name="vocabulary-list"),
    path("v1/vocabularies/<str:name>/", VocabularyDetail.as_view(), name="vocabulary-detail"),
]
for viewset in VIEWSETS:
    slug = viewset.serializer_class.model.slug
    urlpatterns += [
        path(f"v1/{slug}/", viewset.as_view({"get": "list"}), name=f"{slug}-list"),
        path(f"v1/{slug}/<str:code>/", viewset.as_view({"get": "retrieve"}), name=f"{slug}-detail"),
    ]
