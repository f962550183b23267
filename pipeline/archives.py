"""ZIP archives: which PDF files one holds, and the bytes of one of them.

Nothing is unpacked to the disk, so what a member is called is never a place. What an archive says
of its sizes is not believed: a member is inflated piece by piece, and given up at a limit.
"""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO, BinaryIO

from actionplan.errors import InputRefusedError
from actionplan.inputs import ARCHIVE_SUFFIX


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """What an archive may ask of the machine.

    Attributes:
        directory: bytes of the list of members; each takes some 100 there and 600 in memory.
        ratio: inflated bytes to packed ones. PDF files are packed inside and shrink to no less
            than a twentieth; a bomb inflates a thousandfold.
        spared: inflated bytes below which the ratio does not count: small files of blanks are
            harmless.
        piece: bytes inflated at a time.
    """

    directory: int = 64_000_000
    ratio: int = 200
    spared: int = 10_000_000
    piece: int = 1_000_000


LIMITS = ArchiveLimits()


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive that counts.

    Attributes:
        name: as the archive has it, with ``/`` between folders.
        position: place in the archive's list: two members may have one name.
        mark: what changes when the content does.
        problem: why it is not read, ending with what to do next; else empty.
        repeats: members before it that have the same name.
    """

    name: str
    position: int
    mark: str
    problem: str = ""
    repeats: int = 0


def list_members(path: Path) -> list[Member]:
    """Return the PDF files of an archive at any depth, and what in it cannot be opened.

    Other files, hidden ones and what macOS adds are left out, as they are in a folder.

    Raises:
        InputRefusedError: it is no archive, damaged, or its list is too long to be a real one.
    """
    seen: Counter[str] = Counter()
    members = []
    for position, info in enumerate(_open(path).infolist()):
        name = info.filename.replace("\\", "/")
        if info.is_dir() or _hidden(name) or not name.lower().endswith((".pdf", ARCHIVE_SUFFIX)):
            continue
        problem = ""
        if name.lower().endswith(ARCHIVE_SUFFIX):
            problem = "an archive inside an archive is not opened; unpack it and name it"
        mark = f"{info.CRC:08x}-{info.file_size}"
        members.append(Member(name, position, mark, problem, seen[name]))
        seen[name] += 1
    return members


def _hidden(name: str) -> bool:
    parts = [part for part in name.split("/") if part not in ("", ".", "..")]
    return any(part.startswith(".") or part == "__MACOSX" for part in parts)


def read_member(
    path: Path, name: str, position: int, *, max_bytes: int, password: str | None = None
) -> bytes:
    """Return the bytes of one member.

    Args:
        path: the archive.
        name: of the member, for messages and to see that the archive is still the same.
        position: place in the archive's list.
        max_bytes: largest size, 0 for any.
        password: opens it if it is encrypted.

    Raises:
        InputRefusedError: it cannot be had; the message names the archive and the member.
    """
    shown = f"{path.name}!/{name}"
    archive = _open(path)
    infos = archive.infolist()
    if position >= len(infos) or infos[position].filename.replace("\\", "/") != name:
        raise InputRefusedError(shown, "the archive has changed since it was listed; run again")
    info = infos[position]
    if info.flag_bits & 1 and password is None:
        raise InputRefusedError(shown, "protected by a password; give it with --password")
    try:
        with archive.open(info, pwd=password.encode() if password else None) as file:
            return _inflate(file, info.compress_size, max_bytes, shown)
    except NotImplementedError as error:  # AES encryption, a rare way of packing
        problem = f"packed in a way that is not read here ({error}); unpack the archive"
    except RuntimeError:
        problem = "protected by a password, the one given does not open it; give it with --password"
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError) as error:
        problem = f"damaged in the archive ({error}); get the archive again"
    raise InputRefusedError(shown, problem)


def _inflate(file: IO[bytes], packed: int, max_bytes: int, shown: str) -> bytes:
    """Read to the end, or to a limit."""
    pieces: list[bytes] = []
    size = 0
    while piece := file.read(LIMITS.piece):
        pieces.append(piece)
        size += len(piece)
        if max_bytes and size > max_bytes:
            raise InputRefusedError.too_large(shown, max_bytes)
        if size > LIMITS.spared and size > LIMITS.ratio * packed:
            raise InputRefusedError(
                shown,
                f"inflates to more than {LIMITS.ratio} times its size, as an archive bomb does; "
                "unpack it yourself if you trust it",
            )
    return b"".join(pieces)


def _open(path: Path) -> zipfile.ZipFile:
    """Return an archive; the last few stay open, since their lists take a while to read."""
    try:
        seen = path.stat()
        return _opened(str(path), seen.st_size, seen.st_mtime_ns)
    except zipfile.BadZipFile as error:
        problem = f"the archive is damaged or no ZIP file ({error}); get it again"
    except (OSError, ValueError, NotImplementedError, UnicodeDecodeError) as error:
        detail = getattr(error, "strerror", None) or str(error)
        problem = f"the archive cannot be opened ({detail}); check it"
    raise InputRefusedError(path.name, problem)


@lru_cache(maxsize=4)
def _opened(path: str, size: int, changed: int) -> zipfile.ZipFile:
    with Path(path).open("rb") as file:
        listed = _directory_size(file, size)
    if listed > LIMITS.directory:
        raise zipfile.BadZipFile(f"a list of members of {listed} bytes")
    return zipfile.ZipFile(path)


_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")


def _directory_size(file: BinaryIO, size: int) -> int:
    """Bytes of the list of members, by the record at the end of the archive; 0 if there is none.

    The library reads this list at once, whatever its size.
    """
    start = max(0, size - _END.size - 65_535)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) - at < _END.size:
        return 0
    listed = int(_END.unpack_from(tail, at)[5])
    before = at - _LOCATOR.size
    if before >= 0 and tail.startswith(b"PK\6\7", before):
        file.seek(min(int(_LOCATOR.unpack_from(tail, before)[2]), size), os.SEEK_SET)
        record = file.read(_END64.size)
        if len(record) == _END64.size and record.startswith(b"PK\6\6"):
            return int(_END64.unpack(record)[8])
    return listed
