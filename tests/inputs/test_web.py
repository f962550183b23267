"""Documents by HTTP: what fails and passes, what fails for good, and what is never done."""

from __future__ import annotations

import socket
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from actionplan import web as web_module
from actionplan.errors import ExitCode, InputRefusedError
from actionplan.fetching import FetchOptions
from actionplan.origins import Source
from actionplan.web import USER_AGENT, mark_of
from tests.conftest import Run
from tests.inputs.web_server import Answer, WebServer

FAST = FetchOptions(rate=0, timeout=20)


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Waits between attempts, which are noted instead of kept."""
    noted: list[float] = []
    monkeypatch.setattr(time, "sleep", noted.append)
    return noted


@pytest.fixture
def pdf(sample: Path) -> bytes:
    return sample.read_bytes()


def load(url: str, options: FetchOptions = FAST) -> bytes:
    return Source("url", url).load(options)


def test_a_document_is_had_by_one_request_that_says_who_asks(web: WebServer, pdf: bytes) -> None:
    assert load(web.url("/plans/a%20b.pdf", Answer(pdf))) == pdf
    (asked,) = web.asked
    assert asked.method == "GET"
    assert asked.headers["User-Agent"] == USER_AGENT
    assert USER_AGENT.startswith("actionplan/")


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_what_may_pass_is_tried_again(
    status: int, web: WebServer, pdf: bytes, pauses: list[float]
) -> None:
    url = web.url("/a.pdf", Answer(status=status), Answer(status=status), Answer(pdf))
    assert load(url) == pdf
    assert len(web.asked) == 3
    first, second = pauses
    assert 0.5 <= first < second


def test_a_body_that_breaks_off_is_fetched_again(
    web: WebServer, pdf: bytes, pauses: list[float]
) -> None:
    assert load(web.url("/a.pdf", Answer(pdf, cut=True), Answer(pdf))) == pdf


def test_a_body_shorter_than_its_length_is_no_document(
    web: WebServer, pdf: bytes, pauses: list[float]
) -> None:
    url = web.url("/a.pdf", Answer(pdf, claimed=len(pdf) + 1000))
    with pytest.raises(InputRefusedError, match=r"^a\.pdf: .* cannot be reached .*; run again"):
        load(url)
    assert len(web.asked) == FAST.retries + 1


def test_a_server_that_says_nothing_is_given_up(
    web: WebServer, pdf: bytes, pauses: list[float]
) -> None:
    url = web.url("/a.pdf", Answer(pdf, stalls=True))
    with pytest.raises(InputRefusedError, match=f"no answer from {web.host} within 0.2 s; run"):
        load(url, FetchOptions(rate=0, retries=1, timeout=0.2))
    assert len(web.asked) == 2


def test_a_body_that_drips_for_ever_is_given_up(
    web: WebServer, pdf: bytes, pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_module, "HABITS", web_module._Habits(total=-1))
    with pytest.raises(InputRefusedError, match="to send it; run again later"):
        load(web.url("/a.pdf", Answer(pdf)), FetchOptions(rate=0, retries=0))


@pytest.mark.parametrize("told", ["90", "Mon, 03 Mar 2014 09:01:30 GMT"])
def test_a_server_that_asks_for_a_pause_gets_it(
    told: str,
    web: WebServer,
    pdf: bytes,
    pauses: list[float],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = datetime(2014, 3, 3, 9, 0, 0, tzinfo=UTC).timestamp()
    monkeypatch.setattr(time, "time", lambda: now)
    wait = Answer(status=429, headers={"Retry-After": told})
    assert load(web.url("/a.pdf", wait, Answer(pdf))) == pdf
    first, _ = pauses  # that of this document, then that of all who ask the host
    assert 90 <= first <= 90 * 1.25


def test_a_server_that_asks_for_a_long_pause_is_left_alone(
    web: WebServer, pauses: list[float]
) -> None:
    url = web.url("/a.pdf", Answer(status=503, headers={"Retry-After": "3600"}))
    with pytest.raises(InputRefusedError, match="answers 503, and asks to wait 3600 s; run again"):
        load(url)
    assert len(web.asked) == 1
    assert not pauses


@pytest.mark.parametrize(
    ("status", "step"),
    [
        (401, "wants a login"),
        (403, "does not give this to programs"),
        (404, "nothing at this address"),
        (410, "taken down"),
        (204, "check the address"),
        (418, "check the address"),
    ],
)
def test_what_will_not_pass_is_asked_for_once(status: int, step: str, web: WebServer) -> None:
    with pytest.raises(
        InputRefusedError, match=rf"a\.pdf: 127\.0\.0\.1 answers {status}; .*{step}"
    ):
        load(web.url("/a.pdf", Answer(status=status)))
    assert len(web.asked) == 1


def test_a_document_too_large_is_not_taken_in(web: WebServer, pdf: bytes) -> None:
    small = FetchOptions(max_bytes=1000, rate=0)
    with pytest.raises(InputRefusedError, match="larger than 1000 bytes; allow more with --max-"):
        load(web.url("/told.pdf", Answer(pdf, claimed=10**12)), small)
    chunked = {"Transfer-Encoding": "chunked"}
    body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(pdf), pdf)
    with pytest.raises(InputRefusedError, match="larger than 1000 bytes"):
        load(web.url("/untold.pdf", Answer(body, headers=chunked)), small)


def test_a_web_page_is_no_document(web: WebServer, pdf: bytes) -> None:
    page = {"Content-Type": "text/html; charset=utf-8"}
    with pytest.raises(InputRefusedError, match=r"sent a page \(text/html\), no PDF; open"):
        load(web.url("/viewer.pdf", Answer(b"<html>Log in</html>", headers=page)))
    assert load(web.url("/mislabelled.pdf", Answer(pdf, headers=page))) == pdf


def moved(to: str) -> Answer:
    return Answer(status=302, headers={"Location": to})


def test_redirects_are_followed_to_web_addresses(web: WebServer, pdf: bytes) -> None:
    web.url("/files/2.pdf", Answer(pdf))
    web.url("/middle", moved(f"http://{web.host}/files/2.pdf"))
    assert load(web.url("/1.pdf", moved("middle"))) == pdf


@pytest.mark.parametrize("target", ["file:///etc/hostname", "ftp://127.0.0.1/a", "gopher://x/"])
def test_redirects_are_not_followed_elsewhere(target: str, web: WebServer) -> None:
    with pytest.raises(InputRefusedError, match="which is not followed; check the address"):
        load(web.url("/a.pdf", moved(target)))


def test_a_redirect_never_leaves_encryption() -> None:
    with pytest.raises(InputRefusedError, match=r"example\.org redirects to http, which is not"):
        web_module._next("https://example.org/a.pdf", "http://example.org/a.pdf", "a.pdf")


def test_a_loop_of_redirects_ends(web: WebServer) -> None:
    url = web.url("/a.pdf", moved("/a.pdf"))
    with pytest.raises(InputRefusedError, match="more than 5 redirects; name the address"):
        load(url)
    assert len(web.asked) == 6


@pytest.mark.parametrize("host", ["a..b", "xn--a", "-", "a b", "é" * 80])
def test_a_host_that_cannot_be_is_told(
    host: str, pauses: list[float], web: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody(host: str | bytes, *_: object, **__: object) -> None:
        """Fail as the system does, without asking anybody."""
        (host if isinstance(host, bytes) else host.encode("idna")).decode("idna")
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    with pytest.raises(InputRefusedError, match=r"no address|cannot be reached"):
        load(f"http://{host}.invalid/a.pdf", FetchOptions(rate=0, retries=0))


def test_nobody_there_is_told_with_the_host(web: WebServer, pauses: list[float]) -> None:
    web.server_close()
    with pytest.raises(InputRefusedError, match=rf"{web.host} cannot be reached .*; run again"):
        load(f"http://{web.host}/a.pdf", FetchOptions(rate=0, retries=1))


def test_the_mark_of_a_document_changes_with_it(web: WebServer, pdf: bytes) -> None:
    url = web.url("/a.pdf", Answer(pdf, headers={"ETag": '"1"'}))
    load(url)
    first = mark_of(url, FAST)
    assert [one.method for one in web.asked] == ["GET"]  # known from the download
    load(web.url("/b.pdf", Answer(pdf)))
    assert mark_of(url, FAST) == first
    assert web.asked[-1].method == "HEAD"
    web.url("/a.pdf", Answer(pdf, headers={"ETag": '"2"'}))
    assert mark_of(url, FAST) not in ("", first)


def test_without_a_tag_or_a_time_nothing_is_known_of_changes(web: WebServer, pdf: bytes) -> None:
    assert mark_of(web.url("/a.pdf", Answer(pdf)), FAST) == ""
    assert mark_of(web.url("/gone.pdf", Answer(status=404)), FAST) == ""
    dated = {"Last-Modified": "Mon, 03 Mar 2014 09:00:00 GMT"}
    assert "2014" in mark_of(web.url("/c.pdf", Answer(pdf, headers=dated)), FAST)


def test_a_run_over_addresses_gives_what_a_run_over_files_gives(
    tmp_path: Path, run_apart: Run, web: WebServer, sample: Path, pdf: bytes
) -> None:
    good = web.url("/plans/plan.pdf", Answer(status=500), Answer(pdf, headers={"ETag": '"1"'}))
    bad = web.url("/plans/gone.pdf", Answer(status=404))
    ran = run_apart("convert", good, bad, "-o", tmp_path / "out", "--rate", 0, "--jobs", 1)
    assert ran.code == ExitCode.SOME_FAILED
    assert "failed: gone.pdf: 127.0.0.1 answers 404; there is nothing at this address" in ran.err
    local = tmp_path / "in" / "plan.pdf"
    local.parent.mkdir()
    local.write_bytes(pdf)
    assert run_apart("convert", local, "-o", tmp_path / "local").code == ExitCode.OK
    name = "plan.plan.json"
    assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "local" / name).read_bytes()
    again = run_apart("convert", good, "-o", tmp_path / "out", "--rate", 0, "--jobs", 1)
    assert "(unchanged)" in again.err


@pytest.mark.parametrize("url", ["http://", "https:///a.pdf", "http://[::1/a.pdf", "http://h:x/"])
def test_what_is_no_address_is_refused(url: str, run: Run, tmp_path: Path) -> None:
    ran = run("convert", url, "-o", tmp_path)
    assert ran.code == ExitCode.USAGE
    assert ran.err == f"actionplan: {url}: no address of the web; check it\n"


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/a.pdf", "file:///etc/passwd", "simplecache://x"])
def test_other_kinds_of_address_are_not_read(url: str, run: Run, tmp_path: Path) -> None:
    ran = run("convert", url, "-o", tmp_path)
    assert ran.code == ExitCode.USAGE
    assert "is not read; name files, https: or s3: addresses" in ran.err


def test_a_password_in_an_address_is_kept_nowhere(
    web: WebServer, pdf: bytes, run_apart: Run, tmp_path: Path
) -> None:
    web.url("/a.pdf", Answer(pdf, status=404))
    ran = run_apart("convert", f"http://jo:s3cret@{web.host}/a.pdf", "-o", tmp_path, "--json-lines")
    assert web.asked[0].headers["Authorization"].startswith("Basic ")
    kept = [path.read_text() for path in tmp_path.rglob("*") if path.is_file()]
    assert "s3cret" not in ran.out + ran.err + "".join(kept)


def test_a_server_that_gives_nothing_is_not_asked_for_everything(
    web: WebServer, pdf: bytes, pauses: list[float]
) -> None:
    url = web.url("/a.pdf", Answer(status=503))
    for _ in range(5):
        with pytest.raises(InputRefusedError, match="answers 503; run again later"):
            load(url, FetchOptions(rate=0, retries=1))
    assert len(web.asked) == 10
    with pytest.raises(InputRefusedError, match=r"not asked for, since 127\..* gave none"):
        load(web.url("/b.pdf", Answer(pdf)))
    assert mark_of(url, FAST) == ""
    assert len(web.asked) == 10
