"""Where a request comes from, for whoever counts by address or network."""

import pytest

from registry import visitors

CLAIMED = "192.0.2.1, 203.0.113.9, 198.51.100.1"


@pytest.mark.parametrize(
    ("proxies", "peer", "noted", "address"),
    [
        (0, "198.51.100.7", CLAIMED, "198.51.100.7"),
        (0, "127.0.0.1", CLAIMED, "198.51.100.1"),
        (0, "", CLAIMED, "198.51.100.1"),
        (0, "::1", "", "::1"),
        (1, "10.0.0.2", CLAIMED, "198.51.100.1"),
        (2, "10.0.0.2", CLAIMED, "203.0.113.9"),
        (4, "10.0.0.2", CLAIMED, "10.0.0.2"),
        (1, "10.0.0.2", "somebody", "10.0.0.2"),
        (1, "10.0.0.2", "", "10.0.0.2"),
        (0, "", "", "unknown"),
        (0, "::ffff:198.51.100.7", "", "198.51.100.7"),
    ],
    ids=[
        "no proxy: the header is the visitor's own words",
        "a proxy on this machine",
        "a proxy over a socket",
        "this machine itself",
        "one proxy elsewhere",
        "two proxies elsewhere",
        "a header shorter than the proxies",
        "a header that is no address",
        "a proxy that noted nothing",
        "nothing known",
        "IPv4 written as IPv6",
    ],
)
def test_only_what_our_own_proxies_noted_names_the_visitor(rf, settings, proxies, peer, noted, address):
    settings.PROXY_COUNT = proxies
    given = {"HTTP_X_FORWARDED_FOR": noted} if noted else {}
    assert visitors.address_of(rf.get("/", REMOTE_ADDR=peer, **given)) == address


def test_a_network_is_24_bits_of_an_ipv4_address_and_48_of_an_ipv6_one(rf):
    assert visitors.network_of(rf.get("/", REMOTE_ADDR="198.51.100.7")) == "198.51.100.0/24"
    assert visitors.network_of(rf.get("/", REMOTE_ADDR="2001:db8:1:2::3")) == "2001:db8:1::/48"
    assert visitors.first_address_of_network(rf.get("/", REMOTE_ADDR="198.51.100.7")) == "198.51.100.0"
