"""Documents by HTTP: politely, with limits, and from nowhere else than asked for."""

from __future__ import annotations

import random
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from actionplan import __version__, pacing
from actionplan.errors import InputRefusedError

if TYPE_CHECKING:
    import httpx

    from actionplan.fetching import FetchOptions

USER_AGENT = f"actionplan/{__version__} (reads published action plans)"
_HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "application/pdf, */*;q=0.5",
    "Accept-Encoding": "identity",  # PDF files are packed already
}


@dataclass(frozen=True, slots=True)
class _Habits:
    """What is not for the user to set.

    Attributes:
        backoff: seconds before the second attempt; each further one waits twice as long.
        jitter: share of a wait that is left to chance, so that several do not come back at once.
        patience: seconds that a server may ask us to wait; beyond, the document is given up.
        redirects: how many are followed.
        total: seconds that one answer may take altogether, however steadily it drips.
        passing: answers that may be better the next time.
    """

    backoff: float = 0.5
    jitter: float = 0.25
    patience: float = 120.0
    redirects: int = 5
    total: float = 300.0
    passing: frozenset[int] = frozenset({408, 425, 429, 500, 502, 503, 504})


HABITS = _Habits()


class _PassingError(Exception):
    """A failure that may pass; `wait`: seconds that the server asks for."""

    def __init__(self, problem: str, wait: float | None = None) -> None:
        super().__init__(problem)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class _Answer:
    data: bytes
    stamp: str
    kind: str  # content type


_stamps: dict[str, str] = {}  # of what this process has just downloaded


def download(url: str, name: str, options: FetchOptions) -> bytes:
    """Return the document at `url`.

    Args:
        url: of http or https.
        name: of the document, for messages.
        options: limits and patience.

    Raises:
        InputRefusedError: it cannot be had, is too large, or is a web page.
    """
    answer = _attempts("GET", url, name, options)
    if b"%PDF-" not in answer.data[:1024] and answer.kind.startswith("text/"):
        raise InputRefusedError(
            name,
            f"{_host(url)} sent a page ({answer.kind}), no PDF; "
            "open the address in a browser and name the address of the PDF itself",
        )
    _stamps.clear()  # of the last one alone
    _stamps[url] = answer.stamp
    return answer.data


def mark_of(url: str, options: FetchOptions) -> str:
    """Return what changes when the document does, as the server tells; empty if it does not."""
    if url in _stamps:
        return _stamps[url]
    try:
        return _attempts("HEAD", url, url, replace(options, retries=0)).stamp
    except InputRefusedError:
        return ""


def _attempts(method: str, url: str, name: str, options: FetchOptions) -> _Answer:
    """Ask, and ask again where that may help: exponential backoff, or as long as is asked for."""
    host = _host(url)
    if pacing.is_given_up(host):
        problem = f"not asked for, since {host} gave none of the last documents"
        raise InputRefusedError(name, f"{problem}; run again later")
    for attempt in range(options.retries + 1):
        try:
            answer = _follow(method, url, name, options)
            pacing.note(host, given=True)
            return answer
        except InputRefusedError:  # an answer, too
            pacing.note(host, given=True)
            raise
        except _PassingError as error:
            problem, wait = str(error), error.wait
        if wait is not None and wait > HABITS.patience:
            break
        if attempt < options.retries:
            pause = wait if wait is not None else HABITS.backoff * 2**attempt
            if wait is not None:  # a server that asks for a pause asks all of us
                pacing.hold(host, pause)
            time.sleep(pause * (1 + HABITS.jitter * random.random()))
    if method == "GET":  # what does not answer HEAD may well give the document
        pacing.note(host, given=False)
    asked = f", and asks to wait {wait:.0f} s" if wait else ""
    raise InputRefusedError(name, f"{problem}{asked}; run again later")


def _follow(method: str, url: str, name: str, options: FetchOptions) -> _Answer:
    """Ask once, following redirects; each host at its pace.

    Raises:
        InputRefusedError: asking again would not help.
        _PassingError: it may.
    """
    import httpx

    with httpx.Client(
        headers=_HEADERS,
        timeout=options.timeout,
        verify=_tls(),
        follow_redirects=False,
    ) as client:
        for _ in range(HABITS.redirects + 1):
            pacing.wait(_host(url), options.rate)
            try:
                with client.stream(method, url) as response:
                    if response.next_request is None:
                        return _receive(response, name, options)
                    url = _next(url, str(response.next_request.url), name)
            except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError) as error:
                raise InputRefusedError(name, f"no address ({error}); check it") from error
            except httpx.TimeoutException as error:
                problem = f"no answer from {_host(url)} within {options.timeout:g} s"
                raise _PassingError(problem) from error
            except httpx.RequestError as error:
                raise _PassingError(f"{_host(url)} cannot be reached ({error})") from error
    raise InputRefusedError(
        name, f"more than {HABITS.redirects} redirects; name the address of the PDF itself"
    )


def _next(url: str, target: str, name: str) -> str:
    """Where a redirect leads; never to a file or to less safety.

    Raises:
        InputRefusedError: it leads elsewhere.
    """
    scheme = target.partition(":")[0]
    if scheme not in ("http", "https") or (scheme == "http" and url.startswith("https")):
        raise InputRefusedError(
            name, f"{_host(url)} redirects to {scheme}, which is not followed; check the address"
        )
    return target


def _receive(response: httpx.Response, name: str, options: FetchOptions) -> _Answer:
    """Take the body in, up to the limits."""
    host, status = response.url.host, response.status_code
    if status in HABITS.passing:
        raise _PassingError(f"{host} answers {status}", _retry_after(response))
    if status != 200:
        raise InputRefusedError(name, f"{host} answers {status}; {_STEPS.get(status, _STEP)}")
    limit = options.max_bytes
    length = response.headers.get("Content-Length", "")
    if limit and length.isdigit() and int(length) > limit:
        raise InputRefusedError.too_large(name, limit)
    pieces: list[bytes] = []
    size = 0
    for piece in _pieces(response):
        pieces.append(piece)
        size += len(piece)
        if limit and size > limit:
            raise InputRefusedError.too_large(name, limit)
    mark = response.headers.get("ETag") or response.headers.get("Last-Modified")
    return _Answer(
        b"".join(pieces),
        f"{mark} {length}" if mark else "",
        response.headers.get("Content-Type", "").partition(";")[0].strip().lower(),
    )


def _pieces(response: httpx.Response) -> Iterator[bytes]:
    start = time.monotonic()
    for piece in response.iter_bytes():
        if time.monotonic() - start > HABITS.total:
            raise _PassingError(f"{response.url.host} took more than {HABITS.total:g} s to send it")
        yield piece


@cache
def _tls() -> ssl.SSLContext:
    """Whom to trust; reading the list takes a while."""
    import httpx

    return httpx.create_ssl_context()


_STEP = "check the address in a browser"
_STEPS = {
    401: "it wants a login; download the document and name the file",
    403: "it does not give this to programs, or not to all; download it and name the file",
    404: "there is nothing at this address; check it",
    410: "the document was taken down; look for it elsewhere",
}


def _retry_after(response: httpx.Response) -> float | None:
    """Seconds to wait, given as a number or as a time of day."""
    text = response.headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None


def _host(url: str) -> str:
    """Name and port of the server, without user and password."""
    return urlsplit(url).netloc.rpartition("@")[2].lower() or url
