"""What is on the public internet and what is not."""

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as some

from digests.fetching.addresses import parsed
from digests.fetching.errors import (
    BadAddress,
    CredentialsRefused,
    FetchFailed,
    PortRefused,
    PrivateAddress,
    SchemeRefused,
)
from digests.fetching.reach import INTERNET, Reach, is_public

PRIVATE = (
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254",  # noqa: S104 - refused
    "168.63.129.16", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1",
    "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1",
    "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "::8.8.8.8",
    "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "100::1", "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:db8::1",
    "2002:7f00:1::", "2002:808:808::1", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0",
    "fec0::1", "ff02::1", "2606:4700::1%eth0",
)  # fmt: skip
PUBLIC = ("8.8.8.8", "77.88.55.88", "172.32.0.1", "100.128.0.1", "2606:4700:4700::1111", "2a02:6b8::2:242")


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_public_is_not_reached(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_public_is_reached(address: str) -> None:
    assert is_public(ip_address(address))


@given(some.ip_addresses(v=4))
def test_nothing_passes_that_the_standard_library_calls_private(address: IPv4Address) -> None:
    assert not is_public(address) or (address.is_global and not address.is_multicast)


@given(some.ip_addresses(v=4))
def test_no_ipv4_address_passes_inside_an_ipv6_one(address: IPv4Address) -> None:
    number = int(address)
    for disguised in (
        number,
        0xFFFF << 32 | number,
        int(IPv6Address("64:ff9b::")) | number,
        int(IPv6Address("2002::")) | number << 80,
        int(IPv6Address("2001::")) | number ^ 0xFFFFFFFF,
    ):
        assert not is_public(IPv6Address(disguised))


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://127.0.0.1./", "http://2130706433/", "http://0x7f000001/", "http://0x7f.1/",
        "http://0177.0.0.1/", "http://017700000001/", "http://127.1/", "http://0/", "http://[::1]/",
        "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[fe80::1%25eth0]/", "http://10.0.0.7:8080/",
        "http://169.254.169.254/latest/meta-data/", "http://１２７.０.０.１/",
    ],
)  # fmt: skip
def test_an_address_inside_our_network_is_private_however_it_is_written(url: str) -> None:
    with pytest.raises(PrivateAddress):
        parsed(url, INTERNET)


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("", BadAddress), ("http://", BadAddress), ("https:///путь", BadAddress), ("http://a b/", BadAddress),
        ("http://пример.рф/\n", None), ("http://пример.рф/a\nHost: x", BadAddress), ("http://[::1/", BadAddress),
        ("http://example.ru:99999/", BadAddress), ("http://example.ru:0x50/", BadAddress),
        ("http://134744072/", BadAddress), ("http://" + "a" * 3000 + ".ru/", BadAddress),
        ("ftp://example.ru/", SchemeRefused), ("file:///etc/passwd", SchemeRefused), ("gopher://x/", SchemeRefused),
        ("javascript:alert(1)", SchemeRefused), ("data:text/html,x", SchemeRefused), ("пример.рф", SchemeRefused),
        ("http://user:password@example.ru/", CredentialsRefused), ("http://user@example.ru/", CredentialsRefused),
        ("http://@example.ru/", CredentialsRefused), ("http://example.ru:22/", PortRefused),
        ("http://example.ru:6379/", PortRefused), ("https://example.ru:8443/", None), ("http://8.8.8.8/", None),
    ],
)  # fmt: skip
def test_only_plain_addresses_of_sites_are_taken(url: str, error: type[FetchFailed] | None) -> None:
    if error is None:
        assert parsed(url, INTERNET).host
        return
    with pytest.raises(error):
        parsed(url, INTERNET)


def test_a_russian_name_is_encoded_and_the_fragment_is_left_off() -> None:
    address = parsed(" https://пример.рф/новости/1?слово=да#начало ", INTERNET)
    assert str(address).startswith("https://xn--e1afmkfd.xn--p1ai/%D0%BD")
    assert "#" not in str(address)


def test_a_place_of_ones_own_is_one_address_and_one_port() -> None:
    home = ip_address("127.0.0.1")
    reach = Reach(own=(home, 40_000))
    assert parsed("http://127.0.0.1:40000/rss", reach).port == 40_000
    assert reach.allows_place(home, 40_000)
    assert not reach.allows_place(home, 80)
    assert not reach.allows_place(ip_address("127.0.0.2"), 40_000)
    assert reach.allows_place(ip_address("8.8.8.8"), 443)


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("http://127.0.0.1/", PrivateAddress), ("http://127.0.0.1:8080/", PrivateAddress),
        ("http://127.0.0.2:40000/", PrivateAddress), ("http://localhost:40000/", PortRefused),
        ("http://8.8.8.8:40000/", PortRefused),
    ],
)  # fmt: skip
def test_nothing_beside_a_place_of_ones_own_is_reached(url: str, error: type[FetchFailed]) -> None:
    with pytest.raises(error):
        parsed(url, Reach(own=(ip_address("127.0.0.1"), 40_000)))
