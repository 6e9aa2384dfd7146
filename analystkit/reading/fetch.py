"""Get one web page, within bounds of size, time and reach.

Only http and https. By default only servers on the public internet: the name is resolved first, every address
is checked, and the connection goes to the address that was checked, so that a name cannot lead somewhere else
between check and use. Redirects are followed one by one under the same rules. Proxies from the environment
are not used, since with a proxy the address that is reached could not be checked.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from dataclasses import dataclass

import httpx

from analystkit.errors import FetchError

MAX_BYTES = 10_000_000
MAX_SECONDS = 20.0
MAX_REDIRECTS = 8

_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.1",
    "Accept-Encoding": "identity",  # no small download that unpacks to a large one
    "Accept-Language": "en",
    "User-Agent": "analystkit (reads one article for one person)",
}
_PAGES = ("text/html", "application/xhtml+xml")
_TEXTS = ("text/plain", "text/markdown", "text/x-markdown")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Response:
    """A page as it came: its address after redirects, its bytes and what they are declared to be."""

    url: str
    content: bytes
    is_html: bool
    charset: str | None


def fetch(
    url: str,
    *,
    allow_private: bool = False,
    max_bytes: int = MAX_BYTES,
    max_seconds: float = MAX_SECONDS,
) -> Response:
    """Get the page at `url`.

    Args:
        url: An http:// or https:// address.
        allow_private: Also connect to this machine and to private, link-local and reserved addresses.
        max_bytes: Largest page, in bytes.
        max_seconds: Longest time for everything together: name lookup, redirects, download.

    Raises:
        FetchError: The address is malformed, refused or unreachable, the server answers with an error, too
            slowly or too much, or with something other than a page of text.
    """
    job = _Job(url, allow_private=allow_private, max_bytes=max_bytes, max_seconds=max_seconds)
    # Name lookup and a server that sends one byte at a time obey no timeout of their own; this one holds.
    worker = threading.Thread(target=job.run, name="analystkit-fetch", daemon=True)
    worker.start()
    worker.join(max_seconds)
    if worker.is_alive():
        job.stop.set()
        raise FetchError(f"{url} did not answer in full within {max_seconds:g} seconds. Try again later.")
    if job.error is not None:
        raise job.error
    assert job.response is not None  # noqa: S101  run() sets one or the other
    return job.response


class _Job:
    """One fetch, run in a thread of its own; ends with `response` or `error` set."""

    def __init__(self, url: str, *, allow_private: bool, max_bytes: int, max_seconds: float) -> None:
        self.asked = url
        self.allow_private = allow_private
        self.max_bytes = max_bytes
        self.deadline = time.monotonic() + max_seconds
        self.stop = threading.Event()
        self.response: Response | None = None
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            self.response = self._follow()
        except FetchError as error:
            self.error = error
        except httpx.TimeoutException as error:
            self.error = FetchError(f"{self.asked} did not answer in time. Try again later.")
            self.error.__cause__ = error
        except httpx.HTTPError as error:
            self.error = FetchError(f"{self.asked} cannot be reached: {error}. Check the address.")
            self.error.__cause__ = error
        except BaseException as error:  # handed to the caller's thread, which raises it
            self.error = error

    def _follow(self) -> Response:
        url = _parse(self.asked)
        with httpx.Client(trust_env=False, follow_redirects=False) as client:
            for _ in range(MAX_REDIRECTS + 1):
                answer = self._hop(client, url)
                if isinstance(answer, Response):
                    return answer
                url = answer
        raise FetchError(f"{self.asked} redirects more than {MAX_REDIRECTS} times.")

    def _hop(self, client: httpx.Client, url: httpx.URL) -> Response | httpx.URL:
        """Ask one server; return its page, or the address it sends us on to."""
        address = _resolve(url, allow_private=self.allow_private)
        left = max(0.1, self.deadline - time.monotonic())
        request = client.build_request(
            "GET",
            url.copy_with(host=address),
            headers={**_HEADERS, "Host": url.netloc.decode("ascii")},
            extensions={"sni_hostname": url.raw_host.decode("ascii")},
            timeout=httpx.Timeout(left),
        )
        response = client.send(request, stream=True)
        try:
            if response.has_redirect_location:
                return _parse(str(url.join(response.headers["Location"])))
            if response.status_code != 200:
                raise FetchError(_status_message(self.asked, response.status_code))
            kind, charset = _content_type(response)
            if kind not in (*_PAGES, *_TEXTS, ""):
                raise FetchError(f"{self.asked} is {_named(kind)}, not a page of text.")
            content = self._body(response)
        finally:
            response.close()
        return Response(str(url), content, kind in _PAGES or (not kind and b"<" in content[:500]), charset)

    def _body(self, response: httpx.Response) -> bytes:
        too_much = f"{self.asked} is larger than {self.max_bytes / 1_000_000:g} MB."
        declared = response.headers.get("Content-Length", "")
        if declared.isdigit() and int(declared) > self.max_bytes:
            raise FetchError(too_much)
        content = bytearray()
        for chunk in response.iter_bytes():
            content += chunk
            if len(content) > self.max_bytes:
                raise FetchError(too_much)
            if self.stop.is_set():
                raise FetchError("stopped")
        return bytes(content)


def _parse(url: str) -> httpx.URL:
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise FetchError(f"{url} is not a web address: {error}.") from error
    if parsed.scheme not in ("http", "https"):
        raise FetchError(f"{url} cannot be fetched: only http:// and https:// addresses can.")
    if not parsed.host:
        raise FetchError(f"{url} names no server.")
    if parsed.userinfo:
        raise FetchError(f"The address of {parsed.host} holds a user name or password; give it without.")
    return parsed


def _resolve(url: httpx.URL, *, allow_private: bool) -> str:
    """Return an address of the server, after checking all that its name stands for."""
    host = url.raw_host.decode("ascii").strip("[]")
    port = url.port or (443 if url.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"No server named {host} can be found. Check the address and your connection.") from error
    addresses = [str(entry[4][0]) for entry in found]
    if not allow_private:
        for address in addresses:
            if not _is_public(address):
                raise FetchError(
                    f"{host} is inside a private or reserved network ({address}) and is not fetched. "
                    "If that is a server of your own, pass allow_private=True."
                )
    return addresses[0]


def _is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        # An IPv6 address may carry an IPv4 one, and then leads to that.
        inner = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if ip in _NAT64:
            inner.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
        carried = [str(v4) for v4 in inner if v4 is not None]
        if carried:
            return all(_is_public(v4) for v4 in carried)
    return ip.is_global and not ip.is_multicast


def _status_message(url: str, status: int) -> str:
    if status in (401, 402, 403, 451):
        return f"{url} refuses to be read (HTTP {status}); paste the article's text instead."
    if status in (404, 410):
        return f"There is no page at {url} (HTTP {status}). Check the address."
    if status == 429:
        return f"{url} has been asked too often (HTTP 429). Wait and try again."
    if status >= 500:
        return f"The server of {url} has failed (HTTP {status}). Try again later."
    return f"{url} answered with HTTP {status} and no page."


def _content_type(response: httpx.Response) -> tuple[str, str | None]:
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return kind, response.charset_encoding


def _named(kind: str) -> str:
    if kind == "application/pdf":
        return "a PDF"
    family = kind.partition("/")[0]
    return {"image": "an image", "video": "a video", "audio": "a sound"}.get(family, "a file") + f" ({kind})"
