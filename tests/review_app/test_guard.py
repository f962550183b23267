"""Who may talk to the desk, and what it never does, asked of the application itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from actionplan.cli import main
from actionplan.errors import UsageError
from actionplan.limits import Limits
from actionplan.page_images import PageImages
from actionplan.review.app import _listen, create_app
from actionplan.review.desk import Desk
from actionplan.review.security import Access
from actionplan.review.uploads import FOLDER, Uploads, UploadSettings
from tests.conftest import ROOT

ORIGIN = "http://127.0.0.1:8765"
NAME = "marlingate-agency-tables"
SMALL = UploadSettings(size=200_000, limits=Limits(seconds=120))


class Desktop:
    """The application on a folder, and clients of it."""

    def __init__(self, folder: Path) -> None:
        self.desk = Desk(folder)
        self.access = Access("A. Marlow", 8765)
        self.uploads = Uploads(folder, SMALL)
        self.images = PageImages()
        self.app = create_app(self.desk, self.access, self.images, self.uploads)

    def client(self) -> TestClient:
        return TestClient(self.app, base_url=ORIGIN, raise_server_exceptions=False)

    def entered(self) -> tuple[TestClient, dict[str, str]]:
        """A client with a session, and the headers that its pages send."""
        client = self.client()
        page = client.get("/", params={"token": self.access.new_link()})
        assert page.status_code == 200
        found = re.search(r'data-csrf="([^"]+)"', page.text)
        assert found
        return client, {"origin": ORIGIN, "x-csrf-token": found[1]}


@pytest.fixture
def desktop(outputs: Path) -> Iterator[Desktop]:
    made = Desktop(outputs)
    yield made
    made.uploads.close()
    made.images.close()
    made.desk.close()


def test_a_link_works_once_and_gives_a_cookie_that_scripts_and_other_sites_cannot_use(
    desktop: Desktop,
) -> None:
    token = desktop.access.new_link()
    first = desktop.client().get("/", params={"token": token}, follow_redirects=False)
    assert first.status_code == 303 and first.headers["location"] == "/"
    cookie = first.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie
    second = desktop.client().get("/", params={"token": token}, follow_redirects=False)
    assert second.status_code == 403 and "set-cookie" not in second.headers
    assert "This link has been used" in second.text


def test_whoever_has_a_session_may_follow_a_used_link(desktop: Desktop) -> None:
    client, _ = desktop.entered()
    assert client.get("/", params={"token": "used"}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/", "/queue", "/settings", f"/documents/{NAME}", f"/documents/{NAME}/pages/1.png"]
)
def test_nothing_is_told_without_a_session(path: str, desktop: Desktop) -> None:
    answer = desktop.client().get(path)
    assert answer.status_code == 403
    assert "Open the link that the terminal shows" in answer.text
    assert "marlingate" not in answer.text.lower()


@pytest.mark.parametrize(
    "host",
    ["desk.example", "localhost.desk.example", "127.0.0.1.desk.example:8765", "x@localhost", ""],
)
def test_a_foreign_name_that_points_here_is_refused(host: str, desktop: Desktop) -> None:
    client, _ = desktop.entered()
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 403
    assert "This address is not the desk" in answer.text


@pytest.mark.parametrize("host", ["localhost:9999", "127.0.0.1", "[::1]:8765", "LOCALHOST:8765"])
def test_the_other_end_of_a_tunnel_may_have_another_port(host: str, desktop: Desktop) -> None:
    client, _ = desktop.entered()
    cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    answer = client.get("/queue", headers={"host": host, "cookie": cookies})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"x-csrf-token": ""}, "earlier run"),
        ({"x-csrf-token": "wrong"}, "earlier run"),
        ({"origin": "http://127.0.0.1:3000"}, "another page"),
        ({"origin": "https://desk.example"}, "another page"),
        ({"origin": "null"}, "another page"),
        ({"sec-fetch-site": "cross-site"}, "another page"),
        ({"sec-fetch-site": "same-site"}, "another page"),
        ({"origin": None}, "another page"),
    ],
)
def test_only_the_desks_own_pages_can_change_something(
    changed: dict[str, str | None], why: str, desktop: Desktop
) -> None:
    client, headers = desktop.entered()
    sent = {name: one for name, one in {**headers, **changed}.items() if one is not None}
    answer = client.post("/settings", data={"reviewer": "Mallory"}, headers=sent)
    assert answer.status_code == 403 and why in answer.text
    assert "Mallory" not in client.get("/settings").text
    client.post("/settings", data={"reviewer": "B. Farthing"}, headers=headers)
    assert "B. Farthing" in client.get("/settings").text


def test_a_page_of_another_site_gets_nothing_not_even_a_picture(desktop: Desktop) -> None:
    client, _ = desktop.entered()
    for site in ("cross-site", "same-site"):
        headers = {"sec-fetch-site": site, "sec-fetch-dest": "image"}
        assert client.get(f"/documents/{NAME}/pages/1.png", headers=headers).status_code == 403


def test_every_answer_forbids_what_the_desk_does_not_need(desktop: Desktop) -> None:
    client, headers = desktop.entered()
    answers = [
        client.get("/"),
        client.get(f"/documents/{NAME}"),
        client.get("/static/desk.js"),
        client.get("/static/htmx.js"),
        client.get("/nowhere"),
        desktop.client().get("/"),
        client.get(f"/documents/{NAME}/pages/1.png"),
        client.post("/settings", data={}, headers=headers),
        client.post("/settings", data={}),
    ]
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
        assert "unsafe" not in policy and "frame-ancestors 'none'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        kept = "no-cache" if "/static/" in str(answer.url) else "no-store"
        assert answer.headers["cache-control"] == kept
        assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "/static/../security.py",
        "/static/..%2fsecurity.py",
        "/static/%2e%2e/security.py",
        "/static/%2fetc%2fpasswd",
        "/documents/..%2f..%2fetc",
        "/documents/%2e%2e",
        "/documents/..%5c..%5cetc/pages/1.png",
        "/documents/.actionplan%2fdocuments",
        f"/documents/{NAME}/pages/0.png",
        f"/documents/{NAME}/pages/99.png",
        f"/documents/{NAME}/records/..%2f..",
        f"/documents/{NAME}/records/nothing-1",
        f"/documents/{NAME}/download/exe",
        "/documents/nothing",
        "/documents/nothing/pages/1.png",
        "/documents/nothing/download/json",
        "/uploads/nothing",
    ],
)
def test_what_is_not_there_is_not_found(path: str, desktop: Desktop) -> None:
    client, _ = desktop.entered()
    answer = client.get(path)
    assert answer.status_code == 404
    assert "import" not in answer.text and "root:" not in answer.text


def test_a_defect_shows_none_of_its_inside(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("a secret of the inside")

    client, _ = desktop.entered()
    monkeypatch.setattr(desktop.desk, "queue", broken)
    answer = client.get("/queue")
    assert answer.status_code == 500
    assert "Something went wrong in the desk" in answer.text
    assert "secret" not in answer.text and "Traceback" not in answer.text
    assert answer.headers["content-security-policy"]


def test_uploads_are_bounded_in_size_and_kind(desktop: Desktop, tmp_path: Path) -> None:
    client, headers = desktop.entered()

    def send(name: str, data: bytes) -> tuple[int, str]:
        answer = client.post("/uploads", content=data, headers={**headers, "x-file-name": name})
        return answer.status_code, answer.text

    assert send("large.pdf", b"%PDF-1.7" + b" " * SMALL.size)[0] == 413
    code, text = send("plan.docx", b"PK\x03\x04")
    assert code == 415 and "only PDF files" in text
    code, text = send("plan.pdf", b"PK\x03\x04" * 99)
    assert code == 415 and "not a PDF" in text
    code, text = send("plan.pdf", b"")
    assert code == 415 and "empty" in text
    code, text = send("<img src=x>.pdf", b"none")
    assert code == 415 and "&lt;img" in text
    assert not (desktop.uploads.folder / FOLDER).exists()


def test_an_upload_stays_in_its_folder_whatever_it_is_called(
    desktop: Desktop, tmp_path: Path
) -> None:
    client, headers = desktop.entered()
    data = (ROOT / "samples" / "brindlecombe-dates-and-leads.pdf").read_bytes()
    before = {path for path in tmp_path.rglob("*") if path.suffix == ".pdf"}
    for name in ("..%2F..%2F..%2Fescaped.pdf", "%2Ftmp%2Fescaped.pdf", "..%5Cescaped.pdf"):
        answer = client.post("/uploads", content=data, headers={**headers, "x-file-name": name})
        assert answer.status_code == 201
    found = {path for path in tmp_path.rglob("*") if path.suffix == ".pdf"} - before
    assert found and {path.parent for path in found} == {desktop.uploads.folder / FOLDER}


def test_a_pdf_that_is_here_already_is_not_converted_again(desktop: Desktop) -> None:
    client, headers = desktop.entered()
    data = (ROOT / "samples" / f"{NAME}.pdf").read_bytes()
    answer = client.post("/uploads", content=data, headers={**headers, "x-file-name": "again.pdf"})
    assert answer.status_code == 201 and "is here already" in answer.text
    assert f'href="/documents/{NAME}"' in answer.text
    assert not (desktop.uploads.folder / FOLDER).exists()


def test_a_form_is_bounded(desktop: Desktop) -> None:
    client, headers = desktop.entered()
    assert client.post("/settings", content=b"x" * 3_000_000, headers=headers).status_code == 415
    kind = {"content-type": "application/x-www-form-urlencoded"}
    sent = {**headers, **kind}
    assert client.post("/settings", content=b"x=" * 2_000_000, headers=sent).status_code == 413


def test_it_listens_on_loopback_alone() -> None:
    listening = _listen(0)
    address, port = listening.getsockname()
    assert address == "127.0.0.1" and port > 0
    listening.listen()
    with pytest.raises(UsageError, match="name another one"):
        _listen(port)
    listening.close()


def test_a_protected_pdf_can_be_checked_without_its_pages(tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(PdfReader(ROOT / "samples" / f"{NAME}.pdf"))
    writer.encrypt("open sesame")
    writer.write(tmp_path / "protected.pdf")
    folder = tmp_path / "outputs"
    source, password = str(tmp_path / "protected.pdf"), "open sesame"
    assert main(["convert", source, "-o", str(folder), "-q", "--password", password]) == 0
    made = Desktop(folder)
    client, _ = made.entered()
    answer = client.get("/documents/protected/start")
    assert answer.status_code == 200 and "may be protected by a password" in answer.text
    assert client.get("/documents/protected/pages/1.png").status_code == 404
    for one in (made.uploads, made.images, made.desk):
        one.close()
