"""Who may talk to the desk: links that work once, sessions, and what each answer forbids a browser.

The desk listens on loopback, where any page open in a browser, and any program of the machine, can
send to it too. So each request has to name this machine as its host (a foreign name that was
pointed here is refused), to carry the cookie of a session, and, where it changes something, to come
from the desk's own pages (Origin, Sec-Fetch-Site) with the session's own token.
"""

from __future__ import annotations

import hmac
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})
SAFE = frozenset({"GET", "HEAD"})
OWN = frozenset({"same-origin", "none"})
TOKEN_HEADER = "x-csrf-token"

Refusal = Callable[[str], Response]
"""Makes the answer to a request that is refused: for its host, session, link, origin or csrf."""

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def _secret() -> str:
    """A token that cannot be guessed."""
    return secrets.token_urlsafe(32)


@dataclass(slots=True)
class Session:
    """One browser.

    Attributes:
        reviewer: the name that its changes carry.
        csrf: the token that its unsafe requests carry.
        shortcuts: single letters are commands.
    """

    reviewer: str
    csrf: str = field(default_factory=_secret)
    shortcuts: bool = True


class Access:
    """Links and sessions; they live as long as the desk runs."""

    def __init__(self, reviewer: str, port: int) -> None:
        self.reviewer = reviewer
        self.cookie = f"actionplan-review-{port}"  # browsers do not tell ports apart
        self._links: set[str] = set()
        self._sessions: dict[str, Session] = {}
        self._lock = threading.Lock()

    def new_link(self) -> str:
        """Return the token of a link that opens the desk in one browser, once."""
        token = _secret()
        with self._lock:
            self._links.add(token)
        return token

    def enter(self, token: str) -> str | None:
        """Exchange the token of a link for the id of a new session; None if it is no good."""
        with self._lock:
            found = next((one for one in self._links if _same(one, token)), None)
            if found is None:
                return None
            self._links.discard(found)
            ident = _secret()
            self._sessions[ident] = Session(self.reviewer)
            return ident

    def session(self, ident: str) -> Session | None:
        """Return the session of a cookie."""
        with self._lock:
            return self._sessions.get(ident)


def _same(one: str, other: str) -> bool:
    """Compare secrets in a time that does not tell how much of them agrees."""
    return hmac.compare_digest(one.encode(), other.encode())


class Guard:
    """Middleware: refuses what is not from the desk's own pages, and sets headers of answers."""

    def __init__(self, app: ASGIApp, access: Access, refused: Refusal) -> None:
        self.app = app
        self.access = access
        self.refused = refused

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with a refusal or with a new session's cookie."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("cache-control", "no-store")
            await send(message)

        answer = self._answer(scope)
        await (answer or self.app)(scope, receive, guarded)

    def _answer(self, scope: Scope) -> Response | None:
        """The answer to a request that goes no further; None: it may pass."""
        headers = Headers(scope=scope)
        if not is_local(headers.get("host", "")):
            return self.refused("host")
        if scope["path"].startswith("/static/"):
            return None
        if scope["path"] == "/" and scope["method"] == "GET":
            token = parse_qs(scope["query_string"].decode("latin-1")).get("token")
            if token:
                return self._enter(token[0], headers)
        session = self._session_of(headers)
        if session is None:
            return self.refused("session")
        if headers.get("sec-fetch-site", "none") not in OWN:
            return self.refused("origin")
        if scope["method"] not in SAFE:
            if not is_own(headers):
                return self.refused("origin")
            if not _same(session.csrf, headers.get(TOKEN_HEADER, "")):
                return self.refused("csrf")
        scope["session"] = session
        return None

    def _enter(self, token: str, headers: Headers) -> Response:
        if self._session_of(headers):
            return RedirectResponse("/", status_code=303)
        ident = self.access.enter(token)
        if ident is None:
            return self.refused("link")
        answer = RedirectResponse("/", status_code=303)
        answer.set_cookie(self.access.cookie, ident, httponly=True, samesite="strict", path="/")
        return answer

    def _session_of(self, headers: Headers) -> Session | None:
        cookies = cookie_parser(headers.get("cookie", ""))
        return self.access.session(cookies.get(self.access.cookie, ""))


def is_local(host: str) -> bool:
    """Whether a Host header names this machine, with whatever port (a tunnel may have another)."""
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port
    except ValueError:
        return False
    name = host.rpartition(":")[0] if parts.port is not None else host
    return name.lower() in HOSTS


def is_own(headers: Headers) -> bool:
    """Whether an unsafe request comes from a page of the desk itself."""
    origin = headers.get("origin")
    if origin is None:
        return headers.get("sec-fetch-site") == "same-origin"
    return origin == f"http://{headers.get('host', '')}"
