"""The mail server is named by one address; a wrong one is refused without telling the password."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from heritage import mail


@pytest.mark.parametrize(
    ("url", "host", "port", "tls", "ssl"),
    [
        ("smtp://editor:p%40ss@mail.example", "mail.example", 587, True, False),
        ("smtps://editor:p%40ss@mail.example:4650", "mail.example", 4650, False, True),
        ("smtp+plain://editor:p%40ss@localhost", "localhost", 25, False, False),
    ],
    ids=["tls is turned on", "tls from the start", "a relay close by"],
)
def test_an_address_names_the_server_the_account_and_how_safe_the_way_is(url, host, port, tls, ssl):
    given = mail.settings_of(url)
    assert (given["EMAIL_HOST"], given["EMAIL_PORT"]) == (host, port)
    assert (given["EMAIL_USE_TLS"], given["EMAIL_USE_SSL"]) == (tls, ssl)
    assert (given["EMAIL_HOST_USER"], given["EMAIL_HOST_PASSWORD"]) == ("editor", "p@ss")


@pytest.mark.parametrize("url", ["mail.example", "http://editor:secret@mail.example", "smtp://"])
def test_any_other_address_is_refused_without_telling_what_it_was(url):
    with pytest.raises(ImproperlyConfigured) as refusal:
        mail.settings_of(url)
    assert "secret" not in str(refusal.value)
