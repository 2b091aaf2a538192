"""No link leads into a network that is not public, however its address is written."""

import pytest

from registry import links

PRIVATE = {
    "loopback": "127.0.0.1",
    "loopback of another number": "127.8.9.1",
    "short": "127.1",
    "decimal": "2130706433",
    "octal": "0177.0.0.1",
    "octal in one": "017700000001",
    "hexadecimal": "0x7f.0.0.1",
    "hexadecimal in one": "0x7f000001",
    "mixed": "0x7f.1",
    "leading zeros": "127.000.000.001",
    "full-width digits": "１２７.０.０.１",
    "ideographic dots": "127。0。0。1",
    "circled digits": "①②⑦.⓪.⓪.①",
    "closing dot": "127.0.0.1.",
    "unspecified": "0.0.0.0",  # noqa: S104 (nothing is bound to it)
    "zero": "0",
    "private 10": "10.1.2.3",
    "private 172": "172.16.0.1",
    "private 192": "192.168.1.1",
    "metadata of clouds": "169.254.169.254",
    "shared (CGNAT)": "100.64.0.1",
    "protocol assignments": "192.0.0.1",
    "metadata of a cloud among protocol assignments": "192.0.0.192",
    "anycast among protocol assignments": "192.0.0.9",
    "documentation": "192.0.2.1",
    "6to4 relay": "192.88.99.1",
    "benchmarking": "198.18.0.1",
    "multicast": "224.0.0.1",
    "reserved": "240.0.0.1",
    "broadcast": "255.255.255.255",
    "IPv6 loopback": "[::1]",
    "IPv6 loopback in full": "[0:0:0:0:0:0:0:1]",
    "IPv6 unspecified": "[::]",
    "IPv4-mapped": "[::ffff:127.0.0.1]",
    "IPv4-mapped, hexadecimal": "[::ffff:7f00:1]",
    "IPv4-mapped public": "[::ffff:8.8.8.8]",
    "IPv4-compatible": "[::127.0.0.1]",
    "6to4": "[2002:7f00:1::1]",
    "Teredo": "[2001:0:7f00:1::1]",
    "NAT64": "[64:ff9b::7f00:1]",
    "local NAT64": "[64:ff9b:1::7f00:1]",
    "link-local": "[fe80::1]",
    "link-local with a zone": "[fe80::1%25eth0]",
    "public with a zone": "[2606:4700::1%25eth0]",
    "unique local": "[fd00::1]",
    "site-local": "[fec0::1]",
    "IPv6 multicast": "[ff02::1]",
    "IPv6 documentation": "[2001:db8::1]",
    "IPv6 documentation, new": "[3fff::1]",
    "localhost": "localhost",
    "localhost with a dot": "LOCALHOST.",
    "one word": "intranet",
}


@pytest.mark.parametrize("case", PRIVATE)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_no_spelling_of_a_private_address_is_asked(scheme, case):
    answer = links.check(f"{scheme}://{PRIVATE[case]}/")
    assert (answer.outcome, answer.http_status) == ("refused", None) and answer.words


@pytest.mark.parametrize("case", PRIVATE)
def test_no_name_leads_to_a_private_address(case):
    address = PRIVATE[case].strip("[]").replace("%25", "%")
    assert links.check("https://innocent.example/", resolve=lambda host, port: [address]).outcome == "refused"


@pytest.mark.parametrize("addresses", [["8.8.8.8", "10.0.0.1"], ["2606:4700::1", "::1"], ["8.8.8.8", "nonsense"], []])
def test_one_private_address_of_a_name_refuses_all_of_them(addresses):
    assert links.check("https://half.example/", resolve=lambda host, port: addresses).outcome == "refused"


@pytest.mark.parametrize("address", ["8.8.8.8", "94.20.0.1", "2606:4700::1111", "2a00:1450:4001:81b::200e"])
def test_public_addresses_are_public(address):
    assert links.is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://register.example/",
        "file:///etc/passwd",
        "gopher://register.example:80/",
        "javascript:alert(1)",
        "//register.example/",
        "register.example",
        "",
        "http://",
        "http:///path",
        "http://user@register.example/",
        "http://user:password@register.example/",
        "http://8.8.8.8:80@127.0.0.1/",
        "http://127.0.0.1\\@register.example/",
        "http://register.example:22/",
        "http://register.example:6379/",
        "http://register.example:0/",
        "http://register.example:99999/",
        "http://register.example:http/",
        "http://register.example/ HTTP/1.1\r\nX: y",
        "http://register.example/\u202egpj",
        "http://[::1/",
        "http://[v1.x]/",
        "http://[8.8.8.8]/",
        "http://exa mple/",
        "http://register..example/",
        "http://%31%32%37.0.0.1/",
        "http://" + "a" * 64 + ".example/",
        "http://register.example/" + "a" * 2000,
    ],
)
def test_what_is_no_address_of_the_web_is_not_even_looked_up(url):
    looked_up = []
    answer = links.check(url, resolve=lambda host, port: looked_up.append(host) or [])
    assert (answer.outcome, looked_up) == ("refused", [])
