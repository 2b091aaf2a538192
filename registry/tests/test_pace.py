"""The pace of senders is counted for all processes together, and who they are is not kept."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from registry import ledger, pace
from registry.models.send_counts import SendCount

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_sixty_at_once_exactly_as_many_pass_as_may():
    def send(_number):
        try:
            return pace.seconds_to_wait("198.51.100.0/24", most=7, window=10**9)
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        waits = list(pool.map(send, range(60)))
    assert waits.count(0) == 7 and all(0 <= wait <= 10**9 for wait in waits)
    assert pace.seconds_to_wait("203.0.113.0/24", most=7, window=10**9) == 0
    assert "198" not in [count.key for count in SendCount.objects.all()]


def test_what_is_over_is_forgotten_when_the_next_begins():
    ledger.count_one("old", timezone.now() - timedelta(seconds=1))
    ledger.count_one("new", timezone.now() + timedelta(hours=1))
    assert [count.key for count in SendCount.objects.all()] == ["new"]
