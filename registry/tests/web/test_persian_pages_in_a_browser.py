"""Every kind of page in Chromium, in Persian, from right to left: on the other screen than in English."""

from itertools import cycle

import pytest

from registry.tests.admin import test_admin_in_a_browser
from registry.tests.web.kinds import everything
from registry.tests.web.reader import SCREENS, Reader
from registry.web.languages import in_each_language

pytestmark = [pytest.mark.django_db(transaction=True)]
browser = test_admin_in_a_browser.browser


def test_every_kind_of_page_in_persian(browser, live_server, client):
    reader = Reader(browser, live_server.url)
    for (name, address), (_english, screen) in zip(everything().items(), cycle(SCREENS), strict=False):
        if client.get(address)["Content-Type"].startswith("text/html"):
            [persian] = [switch.url for switch in in_each_language(address) if switch.code == "fa"]
            reader.open(name, persian, screen)
    assert not reader.found, "\n".join(reader.found)
