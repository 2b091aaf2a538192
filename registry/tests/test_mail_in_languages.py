"""Mail about a proposal is in the language of the pages on which it was written, and leads to them."""

import pytest
from django.core import mail
from django.utils import translation

from registry.models import Proposal
from registry.review import telling
from registry.tests.make import make_project, received_proposal
from registry.tests.web.page import read
from registry.tests.web.proposing import typed

pytestmark = pytest.mark.django_db


def test_somebody_who_proposes_in_persian_is_told_in_persian(client, django_capture_on_commit_callbacks):
    project = make_project(title="Sheki Fortress")
    address = f"/fa/projects/{project.pk}/correct/?field=title"
    sent = dict(read(client, address).hidden) | typed(title="Another name", email="reader@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(address, sent, REMOTE_ADDR="198.51.100.7")
    assert answer["Location"].startswith("/fa/proposals/")
    received = mail.outbox[-1]
    assert f"/fa/proposals/{Proposal.objects.get().reference}/" in received.body
    assert "خواننده" in received.body and "Dear reader" not in received.body


def test_a_decision_made_at_the_desk_is_told_in_the_language_of_the_author(django_capture_on_commit_callbacks):
    with translation.override("ru"):
        proposal = received_proposal()
    with translation.override("en-gb"), django_capture_on_commit_callbacks(execute=True):
        telling.tell(proposal, telling.What.DECIDED)
    assert f"/ru/proposals/{proposal.reference}/" in mail.outbox[-1].body
    assert "Dear reader" not in mail.outbox[-1].body


def test_what_partners_and_editors_send_is_told_in_english():
    assert received_proposal().language == "en-gb"
