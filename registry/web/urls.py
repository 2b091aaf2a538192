"""Addresses of the public pages."""

from django.urls import path

from registry.models import (
    CountryBudget,
    Event,
    Funding,
    Initiative,
    Mission,
    Observation,
    Organisation,
    Programme,
    Project,
    Protocol,
    Region,
    Resource,
    Site,
    Source,
    Statement,
)

from .budgets import CountryBudgetDetail, CountryBudgetList
from .calendar import CalendarPage
from .calendar_feeds import CalendarFeed, ProgrammeFeed
from .changes import Changes
from .citing import CiteFile
from .compare import Compare
from .council import Council
from .data import Data, DataFields, DumpFile, FieldsFile
from .display import DisplayPage
from .enquiries import Join, Write
from .events import EventDetail, EventList
from .feeds import ChangesFeed, EntryFeed
from .funding import FundingDetail, FundingList
from .history import History, VersionPage
from .home import Home
from .initiatives import InitiativeDetail, InitiativeList
from .linked_data import LinkedData
from .map import MapPage, MapPins, MapPlace
from .missions import MissionDetail, MissionList
from .observations import ObservationDetail, ObservationList
from .organisations import OrganisationDetail, OrganisationList
from .pages import About, Accessibility, Names, Privacy
from .programmes import ProgrammeDetail, ProgrammeList
from .projects import ProjectDetail, ProjectList
from .proposal_page import ProposalPage
from .proposals import Choose, Correct, ProposeNew
from .protocols import ProtocolDetail, ProtocolList
from .regions import RegionDetail, RegionList
from .resources import ResourceDetail, ResourceFile, ResourceList, ResourcePreview
from .search import Search
from .sites import SiteDetail, SiteList
from .sources import SourceDetail, SourceList
from .statements import StatementDetail, StatementList
from .timeline import Timeline

app_name = "registry"

VIEWS = {
    Project: (ProjectList, ProjectDetail),
    Initiative: (InitiativeList, InitiativeDetail),
    CountryBudget: (CountryBudgetList, CountryBudgetDetail),
    Funding: (FundingList, FundingDetail),
    Region: (RegionList, RegionDetail),
    Site: (SiteList, SiteDetail),
    Mission: (MissionList, MissionDetail),
    Observation: (ObservationList, ObservationDetail),
    Protocol: (ProtocolList, ProtocolDetail),
    Programme: (ProgrammeList, ProgrammeDetail),
    Resource: (ResourceList, ResourceDetail),
    Organisation: (OrganisationList, OrganisationDetail),
    Event: (EventList, EventDetail),
    Source: (SourceList, SourceDetail),
    Statement: (StatementList, StatementDetail),
}

urlpatterns = [
    path("", Home.as_view(), name="home"),
    path("search/", Search.as_view(), name="search"),
    path("map/", MapPage.as_view(), name="map"),
    path("map/pins/", MapPins.as_view(), name="map-pins"),
    path("map/place/", MapPlace.as_view(), name="map-place"),
    path("compare/", Compare.as_view(), name="compare"),
    path("changes/", Changes.as_view(), name="changes"),
    path("changes/atom/", ChangesFeed.as_view(), name="changes-feed"),
    path("timeline/", Timeline.as_view(), name="timeline"),
    path("about/", About.as_view(), name="about"),
    path("about/names-and-borders/", Names.as_view(), name="names"),
    path("privacy/", Privacy.as_view(), name="privacy"),
    path("accessibility/", Accessibility.as_view(), name="accessibility"),
    path("display/", DisplayPage.as_view(), name="display"),
    path("calendar/", CalendarPage.as_view(), name="calendar"),
    path("calendar.ics", CalendarFeed.as_view(), name="calendar-feed"),
    path("programmes/<str:code>/calendar.ics", ProgrammeFeed.as_view(), name="programme-feed"),
    path("data/", Data.as_view(), name="data"),
    path("data/fields/", DataFields.as_view(), name="data-fields"),
    path("data/fields.<str:form>", FieldsFile.as_view(), name="data-fields-file"),
    path("data/dumps/<str:name>", DumpFile.as_view(), name="data-dump"),
    path("propose/", Choose.as_view(), name="propose"),
    path("propose/<str:noun>/", ProposeNew.as_view(), name="propose-new"),
    path("proposals/<str:reference>/", ProposalPage.as_view(), name="proposal"),
    path("council/", Council.as_view(), name="council"),
    path("programmes/<str:code>/join/", Join.as_view(), name="programme-join"),
    path("resources/<str:code>/file/", ResourceFile.as_view(), name="resource-file"),
    path("resources/<str:code>/preview/", ResourcePreview.as_view(), name="resource-preview"),
]
for model, (listing, detail) in VIEWS.items():
    urlpatterns += [
        path(f"{model.slug}/", listing.as_view(), name=f"{model.noun}-list"),
        path(f"{model.slug}/atom/", EntryFeed.as_view(model=model), name=f"{model.noun}-feed"),
        path(f"{model.slug}/<str:code>/", detail.as_view(), name=f"{model.noun}-detail"),
        path(f"{model.slug}/<str:code>/history/", History.as_view(model=model), name=f"{model.noun}-history"),
        path(
            f"{model.slug}/<str:code>/history/<int:version>/",
            VersionPage.as_view(model=model),
            name=f"{model.noun}-version",
        ),
        path(f"{model.slug}/<str:code>/cite/<str:style>/", CiteFile.as_view(model=model), name=f"{model.noun}-cite"),
        path(f"{model.slug}/<str:code>/jsonld/", LinkedData.as_view(model=model), name=f"{model.noun}-jsonld"),
        path(f"{model.slug}/<str:code>/write/", Write.as_view(model=model), name=f"{model.noun}-write"),
        path(f"{model.slug}/<str:code>/correct/", Correct.as_view(model=model), name=f"{model.noun}-correct"),
    ]
