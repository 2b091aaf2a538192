"""Every kind of page in Chromium, in English: nobody is shut out, nothing runs out of the screen."""

from itertools import cycle

import pytest

from registry.tests.admin import test_admin_in_a_browser
from registry.tests.web.kinds import everything
from registry.tests.web.reader import SCREENS, Reader

pytestmark = [pytest.mark.django_db(transaction=True)]
browser = test_admin_in_a_browser.browser


def test_every_kind_of_page_in_english(browser, live_server, client):
    reader = Reader(browser, live_server.url)
    for (name, address), (screen, _persian) in zip(everything().items(), cycle(SCREENS), strict=False):
        if client.get(address)["Content-Type"].startswith("text/html"):
            reader.open(name, address, screen)
    assert not reader.found, "\n".join(reader.found)
