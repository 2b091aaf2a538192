"""Observations in the admin: what a rung asks for is said in words, and nothing is stored without it."""

import pytest

from registry.models import Citation, Observation
from registry.tests.admin.forms import edited, fields, list_url, sign_in, url
from registry.tests.make import make_observation, make_organisation, make_source

pytestmark = pytest.mark.django_db


def test_corroborated_by_one_source_is_not_published_and_the_editor_reads_why():
    client = sign_in()
    one = [Citation(source=make_source(), locator="page 1")]
    draft = make_observation(verification="corroborated", state="draft", citations=one)
    asked = client.post(list_url(Observation), {"action": "publish", "_selected_action": [draft.pk]})
    answer = client.post(list_url(Observation), fields(asked), follow=True).content.decode()
    assert "needs two published sources that do not depend on each other" in answer
    assert not Observation.objects.public().exists()


def test_verified_without_body_method_and_date_is_refused_and_stored_once_they_are_given():
    client, draft, body = sign_in(), make_observation(state="draft"), make_organisation()
    form = client.get(url(draft))
    refused = client.post(url(draft), edited(form, verification="verified"))
    assert "needs the body that verified it, the method and the date" in refused.content.decode()
    given = {"verification": "verified", "verified_by": body.pk, "method": "drone", "dates": "2023-04"}
    client.post(url(draft), edited(form, **given))
    draft.refresh_from_db()
    assert (draft.verification, draft.verified_by) == ("verified", body)


def test_the_list_of_an_editor_says_where_in_whichever_words_there_are():
    client = sign_in()
    make_observation(place_as_reported="By the river")
    assert "“By the river”" in client.get(list_url(Observation)).content.decode()
