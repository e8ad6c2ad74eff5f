"""Pages from a site that has every fault: what is fetched, what is refused, and why."""

import asyncio
import socket
from datetime import timedelta
from email.utils import format_datetime

import pytest
from aiohttp.abc import ResolveResult

from digests.fetching import INTERNET, Fetched, Fetcher, Reach
from digests.fetching.connecting import GuardedResolver
from digests.fetching.errors import (
    BadStatus,
    CertificateFlaw,
    CertificateRefused,
    Downgraded,
    FetchFailed,
    Forbidden,
    Garbled,
    HostUnknown,
    NotFound,
    Overloaded,
    PrivateAddress,
    RedirectLoop,
    SchemeRefused,
    TooLarge,
    TooManyRedirects,
    TooSlow,
    Unreachable,
    WrongKind,
)
from tests.clocks import FakeClock
from tests.fetching.site import (
    LOOPBACK,
    LOOPBACK_TRUSTED,
    PAGE,
    STRICT_ANY_PORT,
    Names,
    Site,
    serving,
)

HTML = frozenset({"text/html", "application/xhtml+xml"})


def fetcher(reach: Reach = LOOPBACK, names: dict[str, list[list[str]]] | None = None, limit_s: float = 30) -> Fetcher:
    home = {"localhost": [["127.0.0.1"]], "secure.test": [["127.0.0.1"]], "other.test": [["127.0.0.1"]]}
    return Fetcher(FakeClock(), reach, time_limit_s=limit_s, resolver=Names(reach, home | (names or {})))


async def got(url: str, reach: Reach = LOOPBACK) -> Fetched:
    return await fetcher(reach).get(url, kinds=HTML)


async def test_a_page_comes_with_its_kind_its_charset_and_its_headers(site: Site) -> None:
    page = await got(site.at("/good#part"))
    assert (page.url, page.status, page.kind, page.charset) == (site.at("/good"), 200, "text/html", "utf-8")
    assert page.body.decode() == PAGE
    assert page.headers["content-type"] == "text/html; charset=utf-8"


async def test_we_say_who_we_are_and_nothing_else_of_us(site: Site) -> None:
    await got(site.at("/good"))
    assert "Svodka" in site.seen["user-agent"]
    assert "cookie" not in site.seen
    assert "referer" not in site.seen


@pytest.mark.parametrize("way", ["gzip", "members", "zlib", "raw"])
async def test_a_compressed_page_is_read(site: Site, way: str) -> None:
    assert (await got(site.at(f"/packed/{way}"))).body.decode() == PAGE


@pytest.mark.parametrize("path", ["/packed/broken", "/packed/no-gzip", "/brotli"])
async def test_a_page_that_is_not_what_it_says_is_refused(site: Site, path: str) -> None:
    with pytest.raises(Garbled):
        await got(site.at(path))


async def test_a_page_over_the_limit_is_refused_before_it_is_read(site: Site) -> None:
    with pytest.raises(TooLarge):
        await got(site.at("/large"))


@pytest.mark.parametrize("path", ["/large/untold", "/bomb"])
async def test_a_page_that_grows_over_the_limit_is_cut_off(site: Site, path: str) -> None:
    with pytest.raises(TooLarge) as refusal:
        await got(site.at(path))
    assert refusal.value.limit == 10 * 1024 * 1024


async def test_the_limit_is_the_callers_and_may_be_just_reached(site: Site) -> None:
    size = len(PAGE.encode())
    assert await fetcher().get(site.at("/good"), kinds=HTML, limit=size)
    with pytest.raises(TooLarge):
        await fetcher().get(site.at("/packed/gzip"), kinds=HTML, limit=size - 1)


async def test_a_server_that_trickles_is_left(site: Site) -> None:
    with pytest.raises(TooSlow):
        await fetcher(limit_s=0.3).get(site.at("/trickle"), kinds=HTML)


async def test_five_redirects_are_followed_and_six_are_not(site: Site) -> None:
    assert (await got(site.at("/hops/5"))).url == site.at("/hops/0")
    with pytest.raises(TooManyRedirects):
        await got(site.at("/hops/6"))
    assert site.asked["/hops/0"] == 1


async def test_a_loop_is_left_as_soon_as_it_closes(site: Site) -> None:
    with pytest.raises(RedirectLoop):
        await got(site.at("/loop/a"))
    assert site.asked == {"/loop/a": 1, "/loop/b": 1}


async def test_nobody_is_sent_from_https_to_http(site: Site) -> None:
    assert (await got(site.securely(f"/to?url={site.securely('/good')}"), LOOPBACK_TRUSTED)).body
    with pytest.raises(Downgraded):
        await got(site.securely(f"/to?url={site.at('/good')}"), LOOPBACK_TRUSTED)
    assert site.asked["/good"] == 1


async def test_from_http_to_https_is_welcome(site: Site) -> None:
    assert (await got(site.at(f"/to?url={site.securely('/good')}"), LOOPBACK_TRUSTED)).url == site.securely("/good")


@pytest.mark.parametrize(
    ("target", "error"),
    [("file:///etc/passwd", SchemeRefused), ("http://10.0.0.1/", PrivateAddress), ("http://[::1]/", PrivateAddress),
     ("//169.254.169.254/latest", PrivateAddress), ("http://2130706434/", PrivateAddress)],
)  # fmt: skip
async def test_a_redirect_leads_nowhere_that_a_link_may_not(site: Site, target: str, error: type[FetchFailed]) -> None:
    with pytest.raises(error):
        await got(site.at(f"/to?url={target}"))


async def test_a_certificate_that_nobody_signed_is_refused(site: Site) -> None:
    with pytest.raises(CertificateRefused) as refusal:
        await got(site.securely("/good"))
    assert (refusal.value.host, refusal.value.flaw) == ("localhost", CertificateFlaw.SELF_SIGNED)
    assert not site.asked


async def test_a_certificate_of_another_host_is_refused(site: Site) -> None:
    with pytest.raises(CertificateRefused) as refusal:
        await got(site.securely("/good", "other.test"), LOOPBACK_TRUSTED)
    assert refusal.value.flaw is CertificateFlaw.WRONG_HOST


@pytest.mark.parametrize(
    ("status", "error"),
    [(404, NotFound), (410, NotFound), (401, Forbidden), (403, Forbidden), (451, Forbidden), (429, Overloaded),
     (500, Overloaded), (503, Overloaded), (400, BadStatus), (418, BadStatus), (304, BadStatus), (300, BadStatus),
     (302, BadStatus)],
)  # fmt: skip
async def test_a_refusal_says_what_kind_it_is(site: Site, status: int, error: type[BadStatus]) -> None:
    with pytest.raises(BadStatus) as refusal:
        await got(site.at(f"/status/{status}"))
    assert type(refusal.value) is error
    assert refusal.value.status == status


async def test_a_server_says_when_to_come_back(site: Site) -> None:
    later = format_datetime(FakeClock().now() + timedelta(minutes=5))
    for after, expected in (("120", 120), (later.replace("+0000", "GMT"), 300), ("soon", None), ("", None)):
        with pytest.raises(Overloaded) as refusal:
            await fetcher().get(site.at("/status/503") + f"?after={after.replace(' ', '%20')}", kinds=HTML)
        assert refusal.value.retry_after_s == expected


async def test_what_is_no_page_is_refused_unread(site: Site) -> None:
    with pytest.raises(WrongKind) as refusal:
        await got(site.at("/picture"))
    assert refusal.value.kind == "image/png"


async def test_what_has_not_changed_comes_without_a_body(site: Site) -> None:
    first = await got(site.at("/unchanged"))
    again = await fetcher().get(site.at("/unchanged"), kinds=HTML, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status, again.body) == (304, b"")


async def test_what_is_told_one_host_is_not_told_another(site: Site) -> None:
    url = site.at(f"/to?url={site.at('/unchanged', 'other.test')}")
    assert (await fetcher().get(url, kinds=HTML, headers={"If-None-Match": '"1"'})).status == 200


async def test_no_cookies_are_kept(site: Site) -> None:
    await got(site.at("/cookie/set"))
    assert "cookie" not in site.seen


async def test_a_host_that_does_not_exist_is_said_to_be_unknown() -> None:
    with pytest.raises(HostUnknown):
        await got("http://nowhere.test/")


async def test_a_host_that_does_not_listen_is_unreachable(site: Site) -> None:
    async with serving() as gone:
        pass
    with pytest.raises(Unreachable):
        await got(gone.at("/good"))


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fd00::1", "64:ff9b::7f00:1"])
async def test_a_name_of_a_private_address_is_refused(site: Site, address: str) -> None:
    with pytest.raises(PrivateAddress):
        await fetcher(STRICT_ANY_PORT, {"inside.test": [[address]]}).get(site.at("/good", "inside.test"), kinds=HTML)
    assert not site.asked


async def test_of_several_addresses_only_the_good_ones_are_used(site: Site) -> None:
    async with serving("127.0.0.2") as other:
        names = {"mixed.test": [["127.0.0.2", "127.0.0.1", "127.0.0.2"]]}
        page = await fetcher(names=names).get(site.at("/good", "mixed.test"), kinds=HTML)
        assert page.body
        assert not other.asked


async def test_a_name_that_changes_its_address_between_two_looks_is_caught(site: Site) -> None:
    names = {"rebind.test": [["127.0.0.1"], ["127.0.0.2"]]}
    guarded = fetcher(names=names)
    with pytest.raises(PrivateAddress):
        await guarded.get(site.at("/hops/1", "rebind.test"), kinds=HTML)
    assert site.asked == {"/hops/1": 1}


class Lying(GuardedResolver):
    """Gives out addresses without looking at them, as a resolver would that is fooled after its check."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        return [ResolveResult(hostname=host, host="127.0.0.1", port=port, family=socket.AF_INET, proto=0, flags=0)]


async def test_no_socket_is_opened_to_a_private_address_whoever_says_so(site: Site) -> None:
    strict = Fetcher(FakeClock(), STRICT_ANY_PORT, resolver=Lying(STRICT_ANY_PORT))
    with pytest.raises(PrivateAddress):
        await strict.get(site.at("/good", "fooled.test"), kinds=HTML)
    assert not site.asked


async def test_the_programs_own_reach_does_not_go_home(site: Site) -> None:
    for url in (site.at("/good"), "http://localhost:8080/", "http://127.0.0.1/"):
        with pytest.raises(FetchFailed):
            await Fetcher(FakeClock(), INTERNET).get(url, kinds=HTML)
    assert not site.asked


async def test_many_at_once_all_come(site: Site) -> None:
    guarded = fetcher()
    pages = await asyncio.gather(*(guarded.get(site.at("/good"), kinds=HTML) for _ in range(12)))
    assert {page.body.decode() for page in pages} == {PAGE}


async def said(answer: bytes) -> Fetched:
    """Return what is fetched from a server that says just this, whatever it is asked."""

    async def served(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        try:
            writer.write(answer)
            await writer.drain()
        except OSError:
            pass  # the client has had enough
        writer.close()

    async with await asyncio.start_server(served, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        return await got(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize(
    "answer",
    [
        b"\0\1\2 nonsense\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 1_000_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: a\r\n" * 50_000 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100\r\n\r\nhi",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: -5\r\n\r\nhi",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhi\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip, gzip\r\n\r\nhi",
        b"HTTP/1.1 302 Found\r\nLocation: http://[bad\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://a b/\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n" * 1000,
        b"HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"",
    ],
)
async def test_whatever_a_server_says_is_one_of_our_own_errors(answer: bytes) -> None:
    with pytest.raises(FetchFailed):
        await said(answer)


@pytest.mark.parametrize("kind", [b"", b"Content-Type:\r\n"])
async def test_a_page_whose_server_names_no_kind_is_told_by_its_looks(kind: bytes) -> None:
    assert (await said(b"HTTP/1.1 200 OK\r\n" + kind + b"\r\n<html>")).kind == "text/html"
    with pytest.raises(WrongKind):
        await said(b"HTTP/1.1 200 OK\r\n" + kind + b"\r\n%PDF")
