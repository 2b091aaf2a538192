"""A register whose every text is public, and the secrets that may be added to it without changing a public byte."""

from datetime import UTC, datetime
from decimal import Decimal

from django.core.cache import cache
from django.utils import timezone

from registry import ledger
from registry.models import (
    ENTRIES,
    Change,
    Citation,
    CountryBudget,
    Designation,
    Event,
    ExactPlace,
    FeedEntry,
    Identifier,
    InitiativeParticipation,
    InventoryItem,
    MissionStep,
    Observation,
    ObservedThreat,
    Organisation,
    Programme,
    Project,
    ProjectParticipation,
    Proposal,
    ProposalMessage,
    ProtocolStep,
    Region,
    Resource,
    Session,
    Site,
    Statement,
    User,
)
from registry.tests.make import (
    make_budget,
    make_contact,
    make_event,
    make_funding,
    make_initiative,
    make_mission,
    make_observation,
    make_organisation,
    make_programme,
    make_project,
    make_protocol,
    make_region,
    make_resource,
    make_site,
    make_source,
    make_statement,
    make_user,
    received_proposal,
)
from registry.tests.rows import row_of

LONG_AGO = datetime(2026, 1, 5, 9, tzinfo=UTC)
EXACT = ("48.312345", "40.456789")
SECRET = "Quxoprane"  # in every text of every secret
POINT = {"longitude": "49.867100", "latitude": "40.409300", "precision": "exact"}


def settle() -> None:
    """As if it had been written long ago, so that no answer depends on when the tests run."""
    for model in ENTRIES:
        model.objects.update(updated_at=LONG_AGO, created_at=LONG_AGO)
    Change.objects.update(at=LONG_AGO)
    ledger.catch_up()
    FeedEntry.objects.update(at=LONG_AGO)
    cache.clear()


def make_open_register() -> dict[str, object]:
    """One record of each noun and some more, related in every way; every text of it is public."""
    source = make_source(title="A report", kind="report", language="az", dates="2020", url="https://example.org/a")
    row = Citation(source=source, locator="row 1", fields=["title"])
    cited = {"citations": [row, Citation(source=source, locator="whole text")]}
    country = make_region(title="Azerbaijan", kind="country", iso_code="AZ", **cited)
    place = make_region(title="Sheki", parent=country, **cited, **POINT)
    loose = make_region(title="Loose", kind="area", **cited)
    body = make_organisation(title="A ministry", country="AZ", organisation_type="10", **cited)
    make_organisation(title="A body abroad", country="AM", **cited)
    event = make_event(title="A forum", region=place, organiser=body, dates="2019-05", **cited)
    part = make_event(title="A panel", part_of=event, kind="panel", **cited)
    idea = make_initiative(title="An idea", event=event, regions=[country], status="active", **cited)
    money = make_budget(title="A budget", region=country, event=event, year=2020, **cited)
    other = make_budget(title="Another budget", **cited)
    bare = make_project(title="Another restoration", **cited)
    work = {"status": "ongoing", "scope": "single", "heritage_types": ["site"], **cited}
    work |= {"dates": "2018-03-01/2021-06-30", "summary": "Its walls are repaired."}
    work["participations"] = [ProjectParticipation(organisation=body, role="funding")]
    full = make_project(title="Restoration of Sheki fortress", regions=[place], event=event, **work)
    words = make_statement(title="Words", affiliation=body, event=event, about=[full.pk, place.pk], **cited)
    more = make_statement(title="More words", **cited)
    risky = {"heritage_types": ["archaeological_site"], "exact": EXACT}
    site = make_site(title="A mound", region=place, designations=[row_of(Designation, None)], **risky, **cited)
    tower = make_site(
        title="A tower", region=country, precision_chosen="country", identifiers=[row_of(Identifier, None)], **cited
    )
    film = make_resource(title="A film", site=site, initiative=idea, creator=body, languages=["az"], **cited)
    sent = make_mission(
        title="A visit",
        status="proposed",
        mandated_by=body,
        parties=[country],
        regions=[place],
        event=event,
        inventory=[InventoryItem(site=site, criterion="Age")],
        trail=[row_of(MissionStep, None)],
        **cited,
    )
    seen = {"site": site, "mission": sent, "method": "drone", "observed_by": body, "dates": "2020-05"}
    look = make_observation(title="A look", threats=[row_of(ObservedThreat, None)], evidence=[film], **seen, **cited)
    steps = [row_of(ProtocolStep, None)]
    plan = make_protocol(title="A plan", hazards=["earthquake"], regions=[country], steps=steps, **cited)
    course = make_programme(title="A course", regions=[place], initiative=idea, sessions=[session(place)], **cited)
    asked = make_funding(title="Asked", project=full, amount="1000.00", currency="USD", funder=body, **cited)
    settle()
    return locals()


def session(place: Region) -> Session:
    return row_of(Session, lambda _model: place)


def add_secrets(given: dict[str, object]) -> None:
    """Drafts of every noun, tied to what is public through every relation and in both directions."""
    secret = {"title": f"{SECRET} secretville", "summary": f"{SECRET} words", "state": "draft"}
    names = [{"name": f"{SECRET} spelling", "language": "az", "note": ""}]
    editor = make_user(username=SECRET, first_name=SECRET, email=f"{SECRET}@example.org")
    country, place, loose = given["country"], given["place"], given["loose"]
    between = make_region(**secret, kind="country", iso_code="AM", parent=country, other_names=names, **POINT)
    make_region(**secret, parent=place, **POINT)
    source = make_source(**secret, language="hy", publisher=SECRET, dates="2020")
    body = make_organisation(**secret, country="AZ", organisation_type="10", website="https://example.org/b")
    event = make_event(**secret, region=place, organiser=given["body"], part_of=given["event"], dates="2019")
    cited = [Citation(source=given["source"], locator=SECRET), Citation(source=source, locator=SECRET)]
    row = {"organisation": given["body"], "role": "owner"}
    shared = {"regions": [place, between], "event": given["event"], "citations": cited}
    draft = make_project(**secret, **shared, status="completed", participations=[ProjectParticipation(**row)])
    make_initiative(**secret, **shared, status="completed", participations=[InitiativeParticipation(**row)])
    make_budget(**secret, region=country, event=given["event"], year=2020, gap_basis="of_need")
    make_statement(**secret, affiliation=given["body"], event=given["event"], about=[given["full"].pk, draft.pk])
    with ledger.batch(by=editor, reason=f"{SECRET} reason") as batch:
        draft.summary = f"{SECRET} again"
        batch.save(draft, expected=draft.version)
        batch.delete(make_project(**secret), expected=1)
    editor.regions.add(place)
    add_private(given, editor)
    add_drafts_of_the_field(secret, given, between, body)

    # What public records say of drafts, written past the ledger so that their versions stay what they were.
    for project in (given["full"], given["bare"]):
        project.regions.add(between)
        ProjectParticipation.objects.create(project=project, organisation=body, role="owner")
    given["idea"].regions.add(between)
    InitiativeParticipation.objects.create(initiative=given["idea"], organisation=body, role="owner")
    for entry in (given["full"], given["bare"], given["idea"], given["money"], given["words"], given["place"]):
        entry.citations.create(source=source, locator=SECRET, note=SECRET, fields=["title"])
    Project.objects.filter(pk=given["bare"].pk).update(event=event)
    CountryBudget.objects.filter(pk=given["other"].pk).update(region=between, event=event)
    Event.objects.filter(pk=given["part"].pk).update(region=between, organiser=body)
    Event.objects.filter(pk=given["event"].pk).update(part_of=event)
    Statement.objects.filter(pk=given["more"].pk).update(affiliation=body, event=event)
    Region.objects.filter(pk=loose.pk).update(parent=between)
    Change.objects.filter(public=False).update(at=timezone.now())
    ledger.reindex()
    ledger.look_through()
    cache.clear()


def add_private(given: dict[str, object], editor: User) -> None:
    """Exact places, contacts, proposals, looks; and a move of an exact place within its cell."""
    site, tower = given["site"], given["tower"]
    ledger.exact_place_of(site.pk, by=editor)
    moved = ExactPlace.objects.get(pk=site.pk)
    moved.longitude, moved.note = Decimal("48.349999"), SECRET
    with ledger.batch(by=editor, reason=SECRET) as batch:
        batch.keep(moved, expected=1)
        batch.keep(ExactPlace(pk=tower.pk, longitude=Decimal("47"), latitude=Decimal("41"), note=SECRET))
    for entry in (given["plan"], given["idea"], given["full"], site):
        make_contact(entry.pk, duty=SECRET, name=SECRET, email=f"{SECRET}@example.org", note=SECRET)
    add_proposals(given, editor)


def add_proposals(given: dict[str, object], editor: User) -> None:
    """One of every kind, with the secret in every field that can hold it, and what editors say about it."""
    said = {"name": SECRET, "email": f"{SECRET}@example.org", "text": SECRET, "credit": SECRET, "evidence": SECRET}
    said["evidence_url"] = f"https://example.org/{SECRET}"
    proposed = {"title": f"{SECRET} spelling", "summary": SECRET}
    for kind, about in (("message", given["full"]), ("message", given["site"]), ("join", given["course"])):
        received_proposal(kind, about, **said)
    for held in (False, True):
        received_proposal("change", given["full"], proposed=proposed, held=held, **said)
        received_proposal("new", Site, proposed=proposed, held=held, by=editor, **said)
    for proposal in Proposal.objects.all():
        ledger.put(ProposalMessage(proposal=proposal, by=editor, text=SECRET))
        ledger.put(ProposalMessage(proposal=proposal, by=editor, text=SECRET, internal=True))


def add_drafts_of_the_field(secret: dict[str, object], given: dict[str, object], between: Region, body: Organisation):
    """Drafts of the nouns of the field, and what public records of them say of drafts."""
    site = make_site(**secret, region=given["place"], exact=("49.8", "40.4"), heritage_types=["cemetery"])
    make_mission(**secret, status="blocked", mandated_by=given["body"], regions=[between])
    film = make_resource(**secret, site=given["site"], initiative=given["idea"], url="https://example.org/secret")
    threats = [ObservedThreat(threat="other_human")]
    make_observation(**secret, site=given["tower"], mission=given["sent"], dates="2021", threats=threats)
    make_protocol(**secret, hazards=["flood"], regions=[given["country"]])
    make_programme(**secret, regions=[given["place"]], sessions=[session(given["place"])], initiative=given["idea"])
    make_funding(**secret, project=given["full"], amount="5.00", currency="USD", flow="pledged")
    given["full"].sites.add(site)
    given["look"].evidence.add(film)
    given["sent"].parties.add(between)
    InventoryItem.objects.create(mission=given["sent"], site=site, criterion=SECRET)
    Observation.objects.filter(pk=given["look"].pk).update(verified_by=body)
    Resource.objects.filter(pk=given["film"].pk).update(project=make_project(**secret))
    Programme.objects.filter(pk=given["course"].pk).update(event=make_event(**secret))
