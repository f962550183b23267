"""ZIP archives: what is read of them, and what is refused."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib
from pathlib import Path

import pytest

from actionplan import archives
from actionplan.archives import ArchiveLimits, list_members
from actionplan.errors import ExitCode, InputRefusedError
from actionplan.fetching import FetchOptions
from actionplan.inputs import find_inputs
from actionplan.origins import Source
from tests.conftest import Run

OPTIONS = FetchOptions()


def make_zip(path: Path, *members: tuple[str, bytes], packed: bool = True) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    method = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(path, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of members with one name
        for name, data in members:
            archive.writestr(name, data)
    return path


def sources(path: Path) -> dict[str, Source]:
    return {source.key.partition("!/")[2]: source for source in find_inputs([str(path)])}


def test_it_gives_its_pdf_files_at_any_depth(tmp_path: Path) -> None:
    path = make_zip(
        tmp_path / "plans.zip",
        ("b/deep/Plan 2.PDF", b"2"),
        ("a.pdf", b"1"),
        ("notes.txt", b""),
        (".hidden/x.pdf", b""),
        ("__MACOSX/b/._Plan 2.pdf", b""),
        ("folder.pdf/", b""),
    )
    found = sources(path)
    assert {name: source.load(OPTIONS) for name, source in found.items()} == {
        "a.pdf": b"1",
        "b/deep/Plan 2.PDF": b"2",
    }
    assert [source.name for source in found.values()] == ["a.pdf", "Plan 2.PDF"]
    assert str(found["a.pdf"]) == f"{path}!/a.pdf"


def test_a_member_gives_what_the_file_gives(tmp_path: Path, run: Run, sample: Path) -> None:
    path = make_zip(tmp_path / "plans.zip", (f"in/{sample.name}", sample.read_bytes()))
    assert run("convert", path, "-o", tmp_path / "zip").code == ExitCode.OK
    assert run("convert", sample, "-o", tmp_path / "file").code == ExitCode.OK
    name = f"{sample.stem}.plan.json"
    assert (tmp_path / "zip" / name).read_bytes() == (tmp_path / "file" / name).read_bytes()
    assert "(unchanged)" in run("convert", path, "-o", tmp_path / "zip").err


@pytest.mark.parametrize(
    "name", ["../../up.pdf", "/etc/root.pdf", "C:\\temp\\up.pdf", "a/../../up.pdf", "..\\up.pdf"]
)
def test_a_name_that_leads_out_leads_nowhere(name: str, tmp_path: Path, run: Run) -> None:
    path = make_zip(tmp_path / "in" / "plans.zip", (name, b"%PDF-1.4 junk"))
    (source,) = find_inputs([str(path)])
    assert source.load(OPTIONS) == b"%PDF-1.4 junk"
    assert source.name in ("up.pdf", "root.pdf")
    before = sorted(tmp_path.rglob("*"))
    run("convert", path, "-o", tmp_path / "out")
    made = [one for one in sorted(tmp_path.rglob("*")) if one not in before]
    assert all(one.is_relative_to(tmp_path / "out") for one in made)


def test_two_members_of_one_name_are_two_documents(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "plans.zip", ("a.pdf", b"1"), ("a.pdf", b"2"))
    found = sources(path)
    assert {key: one.load(OPTIONS) for key, one in found.items()} == {
        "a.pdf": b"1",
        "a.pdf#2": b"2",
    }


def test_an_archive_inside_is_refused_alone(tmp_path: Path, run: Run, sample: Path) -> None:
    path = make_zip(
        tmp_path / "plans.zip", ("inner.zip", b"PK"), (sample.name, sample.read_bytes())
    )
    ran = run("convert", path, "-o", tmp_path / "out")
    assert ran.code == ExitCode.SOME_FAILED
    assert "inner.zip: an archive inside an archive is not opened; unpack it and name" in ran.err
    assert (tmp_path / "out" / f"{sample.stem}.plan.json").exists()


def test_what_is_no_archive_is_told(tmp_path: Path, run: Run) -> None:
    whole = make_zip(tmp_path / "whole.zip", ("a.pdf", b"1" * 5000)).read_bytes()
    for name, data in (("text", b"hello"), ("empty", b""), ("cut", whole[:-30])):
        path = tmp_path / f"{name}.zip"
        path.write_bytes(data)
        ran = run("convert", path, "-o", tmp_path / "out")
        assert ran.code == ExitCode.UNREADABLE
        assert f"{name}.zip: the archive is damaged or no ZIP file" in ran.err
        assert ran.err.count("\n") == 1


def test_an_archive_without_a_pdf_is_told(tmp_path: Path, run: Run) -> None:
    ran = run("convert", make_zip(tmp_path / "x.zip", ("a.txt", b"")), "-o", tmp_path / "out")
    assert ran.code == ExitCode.UNREADABLE
    assert "x.zip: the archive holds no PDF file; name another one" in ran.err


def test_a_damaged_member_costs_itself(tmp_path: Path) -> None:
    body = b"%PDF" + bytes(range(256)) * 8
    path = make_zip(tmp_path / "x.zip", ("a.pdf", body), ("b.pdf", b"good"), packed=False)
    data = bytearray(path.read_bytes())
    data[100] ^= 0xFF
    path.write_bytes(data)
    found = sources(path)
    assert found["b.pdf"].load(OPTIONS) == b"good"
    with pytest.raises(
        InputRefusedError, match=r"x\.zip!/a\.pdf: damaged in the archive \(Bad CRC"
    ):
        found["a.pdf"].load(OPTIONS)


def test_a_bomb_is_given_up_by_its_ratio(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "x.zip", ("a.pdf", bytes(50_000_000)))
    assert path.stat().st_size < 100_000
    with pytest.raises(InputRefusedError, match="inflates to more than 200 times its size"):
        sources(path)["a.pdf"].load(OPTIONS)


def test_a_member_that_lies_about_its_size_is_given_up(tmp_path: Path) -> None:
    """The sizes in the archive say 10 bytes; the stream would give 30 million."""
    body = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = body.compress(bytes(30_000_000)) + body.flush()
    crc = zlib.crc32(bytes(10))
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 33, crc, len(packed), 10, 5, 0)
    central = struct.pack(
        "<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 8, 0, 33, crc, len(packed), 10, 5, 0, 0, 0, 0, 0, 0
    )
    data = local + b"a.pdf" + packed
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, len(central) + 5, len(data), 0)
    path = tmp_path / "x.zip"
    path.write_bytes(data + central + b"a.pdf" + end)
    assert len(sources(path)["a.pdf"].load(OPTIONS)) <= 10


def test_a_member_too_large_is_given_up(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "x.zip", ("a.pdf", bytes(range(256)) * 40), packed=False)
    small = FetchOptions(max_bytes=10_000)
    with pytest.raises(InputRefusedError, match="larger than 10000 bytes; allow more with --max-"):
        sources(path)["a.pdf"].load(small)
    assert len(sources(path)["a.pdf"].load(FetchOptions(max_bytes=0))) == 10_240


def test_a_list_of_members_too_long_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    members = [(f"{number}.pdf", b"") for number in range(300)]
    path = make_zip(tmp_path / "x.zip", *members)
    assert len(list_members(path)) == 300
    monkeypatch.setattr(archives, "LIMITS", ArchiveLimits(directory=10_000))
    archives._opened.cache_clear()
    with pytest.raises(InputRefusedError, match=r"a list of members of \d+ bytes"):
        list_members(path)


def test_the_length_of_the_list_is_found_in_large_archives_too() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for number in range(70_000):  # more than the short form can tell
            archive.writestr(f"{number}", b"")
    size = archives._directory_size(data, len(data.getvalue()))
    with zipfile.ZipFile(data) as archive:
        assert size == len(data.getvalue()) - archive.start_dir - 98  # the records at the end


# "secret.pdf" with b"%PDF-1.4 secret", encrypted with the password "opensesame" (ZipCrypto).
def encrypted(path: Path) -> Path:
    """An archive with one encrypted member; the library reads such ones but writes none."""
    plain, password, name = b"%PDF-1.4 secret", b"opensesame", b"secret.pdf"
    crc = zlib.crc32(plain)
    keys = [0x12345678, 0x23456789, 0x34567890]

    def step(char: int) -> None:
        keys[0] = ~zlib.crc32(bytes([char]), ~keys[0] & 0xFFFFFFFF) & 0xFFFFFFFF
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = ~zlib.crc32(bytes([keys[1] >> 24]), ~keys[2] & 0xFFFFFFFF) & 0xFFFFFFFF

    for char in password:
        step(char)
    body = bytearray()
    for char in bytes(11) + bytes([crc >> 24]) + plain:
        mask = (keys[2] | 2) & 0xFFFF
        body.append(char ^ ((mask * (mask ^ 1)) >> 8 & 0xFF))
        step(char)
    sizes = (crc, len(body), len(plain), len(name))
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 1, 0, 0, 33, *sizes, 0) + name
    central = (
        struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, 1, 0, 0, 33, *sizes, 0, 0, 0, 0, 0, 0) + name
    )
    start = len(local) + len(body)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, len(central), start, 0)
    path.write_bytes(local + body + central + end)
    return path


def test_an_encrypted_member_needs_its_password(tmp_path: Path, run: Run) -> None:
    path = encrypted(tmp_path / "x.zip")
    (source,) = find_inputs([str(path)])
    assert source.load(OPTIONS, "opensesame") == b"%PDF-1.4 secret"
    with pytest.raises(InputRefusedError, match="protected by a password; give it with --password"):
        source.load(OPTIONS)
    with pytest.raises(InputRefusedError, match="the one given does not open it"):
        source.load(OPTIONS, "other")
    assert run("convert", path, "-o", tmp_path / "out").code == ExitCode.UNREADABLE


def test_an_archive_that_changes_meanwhile_gives_no_wrong_document(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "x.zip", ("a.pdf", b"1"), ("b.pdf", b"2"))
    found = sources(path)
    make_zip(path, ("c.pdf", b"345"))
    for source in found.values():
        with pytest.raises(InputRefusedError, match="has changed since it was listed; run again"):
            source.load(OPTIONS)
    path.unlink()
    with pytest.raises(InputRefusedError, match="the archive cannot be opened"):
        found["a.pdf"].load(OPTIONS)
