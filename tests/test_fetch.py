"""Fetching is tried on a server of our own on 127.0.0.1; nothing here needs a network."""

import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from analystkit.article import read
from analystkit.errors import ArticleError, FetchError
from analystkit.reading import fetch as room
from analystkit.reading.fetch import fetch

BODY = (
    "The council of Port Elm voted on Tuesday to reopen the ferry line that storms had closed in March. "
    "The mayor said that the first boat would sail in May, and that it would be free of charge for a week."
)
PAGE = (
    f"<html><head><title>Ferry line to reopen</title></head><body><article><h1>Ferry line to reopen</h1>"
    f"<p>LONDON — {BODY}</p><p>{BODY} She paid £5.</p></article></body></html>"
)


class Site(BaseHTTPRequestHandler):
    seen: list[dict[str, str]]

    def do_GET(self):
        self.seen.append({"path": self.path, **{k.lower(): v for k, v in self.headers.items()}})
        if self.path == "/page":
            self.answer(PAGE.encode(), "text/html; charset=utf-8")
        elif self.path == "/latin":
            self.answer(PAGE.encode("cp1252"), "text/html; charset=iso-8859-1")
        elif self.path == "/text":
            self.answer(f"Ferry line to reopen\n\n{BODY}\n".encode(), "text/plain")
        elif self.path == "/untyped":
            self.answer(PAGE.encode(), None)
        elif self.path == "/empty":
            self.answer(b"<html><body><script>let a = 1</script></body></html>", "text/html")
        elif self.path == "/pdf":
            self.answer(b"%PDF-1.7", "application/pdf")
        elif self.path == "/image":
            self.answer(b"\x89PNG", "image/png")
        elif self.path == "/false-html":
            self.answer(b"%PDF-1.7\n", "text/html")
        elif self.path == "/endless":
            self.endless()
        elif self.path == "/drip":
            self.drip()
        elif self.path.startswith("/status/"):
            self.send_error(int(self.path.rpartition("/")[2]))
        elif self.path.startswith("/to?"):
            self.redirect(self.path.partition("?")[2])
        else:
            self.redirect("/loop")

    def answer(self, content, kind):
        self.send_response(200)
        if kind:
            self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def redirect(self, location):
        self.send_response(302)
        self.send_header("Location", location)
        self.end_headers()

    def endless(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"<p>more</p>" * 1000)
        except OSError:
            pass  # the client has had enough, as it should

    def drip(self):
        try:
            for _ in range(60):  # one byte of a header that never ends: no single read times out
                self.wfile.write(b"H")
                time.sleep(0.05)
        except OSError:
            pass

    def log_message(self, *args):
        pass


@pytest.fixture
def site():
    Site.seen = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def resolve_to(monkeypatch, *addresses):
    def getaddrinfo(host, port, **_):
        family = {True: socket.AF_INET6, False: socket.AF_INET}
        return [(family[":" in a], socket.SOCK_STREAM, 6, "", (a, port)) for a in addresses]

    monkeypatch.setattr(room.socket, "getaddrinfo", getaddrinfo)


def test_a_page_becomes_an_article(site):
    found = read(f"{site}/page", allow_private=True)
    assert found.title == "Ferry line to reopen"
    assert found.dateline.place == "LONDON"
    assert found.url == f"{site}/page"
    assert found.warnings == ()


@pytest.mark.parametrize("path", ["/latin", "/untyped", "/text"])
def test_declared_encodings_missing_types_and_plain_text_are_read(site, path):
    found = read(f"{site}{path}", allow_private=True)
    assert BODY in found.text
    assert path == "/text" or "£5" in found.text


def test_a_private_address_is_refused_unless_allowed(site):
    with pytest.raises(FetchError, match="allow_private=True"):
        fetch(f"{site}/page")
    assert Site.seen == []
    assert fetch(f"{site}/page", allow_private=True).content == PAGE.encode()


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "0.0.0.0",
        "100.64.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::",
        "fe80::1", "fc00::1", "ff02::1",
        "::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "fe80::1%eth0",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public_are_refused_whatever_their_name(address, monkeypatch):
    resolve_to(monkeypatch, address)
    with pytest.raises(FetchError, match="private or reserved"):
        fetch("http://news.example/")


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch):
    resolve_to(monkeypatch, "93.184.215.14", "10.0.0.1")
    with pytest.raises(FetchError, match=r"10\.0\.0\.1"):
        fetch("http://news.example/")


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:4700::1111", "64:ff9b::808:808"])
def test_public_addresses_pass(address):
    assert room._is_public(address)


def test_a_redirect_into_the_private_network_is_refused(site, monkeypatch):
    """The first hop is taken for public; the second is checked like the first."""
    public = room._is_public
    monkeypatch.setattr(room, "_is_public", lambda a: a == "127.0.0.1" or public(a))
    with pytest.raises(FetchError, match=r"10\.9\.8\.7"):
        fetch(f"{site}/to?http://10.9.8.7/admin")
    assert len(Site.seen) == 1


@pytest.mark.parametrize("target", ["file:///etc/hostname", "ftp://news.example/a", "gopher://news.example"])
def test_a_redirect_to_another_scheme_is_refused(site, target):
    with pytest.raises(FetchError, match="only http"):
        fetch(f"{site}/to?{target}", allow_private=True)


def test_redirects_are_followed_and_the_last_address_is_kept(site):
    assert fetch(f"{site}/to?/to?/page", allow_private=True).url == f"{site}/page"


def test_redirects_come_to_an_end(site):
    with pytest.raises(FetchError, match="redirects more than"):
        fetch(f"{site}/loop", allow_private=True)
    assert len(Site.seen) == room.MAX_REDIRECTS + 1


def test_the_checked_address_is_connected_to_under_the_name_that_was_asked(site, monkeypatch):
    lookups = []

    def getaddrinfo(host, port, *_, **__):
        lookups.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(room.socket, "getaddrinfo", getaddrinfo)
    port = site.rpartition(":")[2]
    found = fetch(f"http://news.example:{port}/page", allow_private=True)
    assert found.url == f"http://news.example:{port}/page"
    assert Site.seen[0]["host"] == f"news.example:{port}"
    assert lookups.count("news.example") == 1


def test_tls_asks_for_the_name_not_the_address(monkeypatch):
    requests = []

    def send(self, request, **_):
        requests.append(request)
        return httpx.Response(200, headers={"Content-Type": "text/html"}, content=b"<p>", request=request)

    monkeypatch.setattr(httpx.Client, "send", send)
    resolve_to(monkeypatch, "93.184.215.14")
    fetch("https://news.example/a?b=c")
    (request,) = requests
    assert str(request.url) == "https://93.184.215.14/a?b=c"
    assert request.extensions["sni_hostname"] == "news.example"
    assert request.headers["Host"] == "news.example"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/pdf", "a PDF"),
        ("/image", "an image"),
        ("/false-html", "a PDF"),
        ("/empty", "no article text"),
        ("/status/404", "no page at"),
        ("/status/403", "HTTP 403"),
        ("/status/500", "HTTP 500"),
        ("/status/418", "HTTP 418"),
    ],
)
def test_what_is_no_article_is_said_to_be_what_it_is(site, path, message):
    with pytest.raises(FetchError, match=message):
        read(f"{site}{path}", allow_private=True)


def test_a_page_without_end_is_cut_off(site):
    with pytest.raises(FetchError, match="larger than"):
        fetch(f"{site}/endless", allow_private=True, max_bytes=100_000)


def test_a_server_that_drips_is_given_up_in_time(site):
    begin = time.monotonic()
    with pytest.raises(FetchError, match="within"):
        fetch(f"{site}/drip", allow_private=True, max_seconds=0.4)
    assert time.monotonic() - begin < 2


def test_nobody_listens():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(FetchError, match="cannot be reached"):
        fetch(f"http://127.0.0.1:{port}/", allow_private=True)


def test_an_unknown_name(monkeypatch):
    def getaddrinfo(*_, **__):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(room.socket, "getaddrinfo", getaddrinfo)
    with pytest.raises(FetchError, match=r"No server named news\.example"):
        fetch("https://news.example/")


@pytest.mark.parametrize("url", ["http://", "https:///a", "http://[::1", "http://a:b@news.example/", "mailto:a@b.c"])
def test_a_malformed_address_is_a_fetch_error(url):
    with pytest.raises(FetchError):
        fetch(url)


def test_the_article_room_passes_refusals_on(site):
    with pytest.raises(ArticleError, match="allow_private"):
        read(f"{site}/page")


def test_no_proxy_from_the_environment_comes_between(site, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert fetch(f"{site}/page", allow_private=True).content == PAGE.encode()
