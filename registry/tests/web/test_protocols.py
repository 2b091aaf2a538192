"""The public page of a protocol: what to do and when it was done, and never whom to call."""

import pytest

from registry.models import Activation, ProtocolStep
from registry.tests.make import make_contact, make_protocol, make_region, make_site
from registry.tests.web.page import read

pytestmark = pytest.mark.django_db
CANARY = "Quxoprane"


def test_the_page_tells_hazards_countries_criteria_steps_and_activations_and_no_roster(client):
    country = make_region(title="Azerbaijan", kind="country")
    sheki, tower = make_region(title="Sheki", parent=country), make_site(title="A tower in Sheki")
    first = ProtocolStep(position=1, action="Secure the roof", responsible="District engineer", within="2 hours")
    trial = Activation(
        kind="exercise", trigger="A trial in spring", dates="2026-03-01/..", sites=[tower.pk], log="Begun."
    )
    given = {"hazards": ["earthquake", "flood"], "activation_criteria": "Magnitude five", "edition": "Second"}
    protocol = make_protocol(regions=[sheki], steps=[first], activations=[trial], **given)
    make_contact(protocol.pk, duty=f"{CANARY} duty", name=CANARY, telephone="+994 55 5550100")
    page = read(client, protocol.get_absolute_url())
    for words in (
        "Earthquake",
        "Flood",
        "Magnitude five",
        "Second",
        "Secure the roof",
        "within 2 hours",
        "Goes on now",
    ):
        assert words in page.text
    assert {country.get_absolute_url(), tower.get_absolute_url()} <= set(page.links)
    told = client.get(f"/api/v1/protocols/{protocol.pk}/").content.decode()
    assert not any(secret in page.html + told for secret in (CANARY, "5550100"))


@pytest.mark.writes_around_the_ledger
def test_a_withdrawn_site_is_named_by_its_code_and_one_that_never_was_public_not_at_all(client):
    tower, gone, draft = make_site(title="Shown"), make_site(title="Gone", state="withdrawn"), make_site(state="draft")
    protocol = make_protocol(activations=[Activation(kind="activation", trigger="Hail", sites=[tower.pk, gone.pk])])
    Activation.objects.update(sites=[tower.pk, gone.pk, draft.pk])
    page = read(client, protocol.get_absolute_url())
    assert tower.get_absolute_url() in page.links and f"{gone.pk} (withdrawn)" in page.text
    assert gone.get_absolute_url() not in page.links and draft.pk not in page.html
    told = client.get(f"/api/v1/protocols/{protocol.pk}/").json()
    assert told["activations"][0]["sites"] == [tower.pk, gone.pk]
    assert draft.pk not in client.get("/api/v1/protocols/").content.decode()


def test_a_protocol_without_steps_says_so_and_one_that_is_not_in_force_warns(client):
    page = read(client, make_protocol(status="draft").get_absolute_url())
    assert "No steps are recorded yet" in page.text and "not in force" in page.text
    assert "/initiatives/?kind=emergency_protocol" in page.links
