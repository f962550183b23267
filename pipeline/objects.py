"""Object stores by URL, through fsspec: listing and reading."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from actionplan.errors import InputRefusedError, MissingComponentError

if TYPE_CHECKING:
    from actionplan.fetching import FetchOptions

BACK_ENDS = {
    "s3": "s3fs",
    "gs": "gcsfs",
    "gcs": "gcsfs",
    "az": "adlfs",
    "abfs": "adlfs",
}
"""Package that reads each kind of URL; tried is S3."""
_ATTEMPTS = 3  # of each of the attempts that the layer above makes
_TIMEOUT = 30  # seconds without an answer


@dataclass(frozen=True, slots=True)
class Found:
    """An object: its URL, and what changes when its content does."""

    url: str
    mark: str


def scheme_of(url: str) -> str:
    """Return the scheme of a URL, in small letters."""
    return url.partition("://")[0].lower()


def file_system(url: str) -> Any:
    """Return the fsspec file system of `url`; the same one in each call of a process.

    Raises:
        MissingComponentError: what reads this kind of URL is not installed.
    """
    scheme = scheme_of(url)
    package = BACK_ENDS[scheme]
    if find_spec("fsspec") is None or find_spec(package) is None:
        raise MissingComponentError(package, "remote")
    import fsspec

    options: dict[str, Any] = {"use_listings_cache": False}
    if scheme == "s3":
        retries = {"mode": "standard", "max_attempts": _ATTEMPTS}
        times = {"connect_timeout": _TIMEOUT, "read_timeout": _TIMEOUT}
        options["config_kwargs"] = {"retries": retries, **times}
    return fsspec.filesystem(scheme, **options)


@contextmanager
def told() -> Iterator[None]:
    """Turn whatever a back end raises into an OSError with a short reason.

    Raises:
        OSError: of the same class where it was one.
    """
    try:
        yield
    except OSError as error:
        if isinstance(error, FileNotFoundError | PermissionError):
            raise
        raise OSError(reason(error)) from error
    except (MissingComponentError, InputRefusedError, AssertionError):
        raise
    except Exception as error:  # the libraries below have no common base
        raise OSError(reason(error)) from error


def reason(error: BaseException) -> str:
    """What an error of a back end says, on one line."""
    text = " ".join(str(error).split())
    kind = type(error).__name__
    if type(error) is OSError:
        return text[:250]
    if isinstance(error, PermissionError):
        return f"access denied ({text[:120]})"
    if isinstance(error, FileNotFoundError):
        return "no such bucket or object"
    return f"{kind}: {text[:200]}" if text else kind


def list_objects(url: str) -> list[Found]:
    """Return the object that `url` names, or the PDF files below it, or what a pattern matches.

    Hidden ones are left out, as they are in a folder.

    Raises:
        InputRefusedError: there is nothing, or it cannot be listed.
        MissingComponentError: what reads this kind of URL is not installed.
    """
    system = file_system(url)
    try:
        with told():
            found = _listed(system, url)
    except OSError as error:
        raise InputRefusedError(url, f"cannot be listed ({reason(error)}); {STEP}") from error
    if not found:
        raise InputRefusedError(url, "no PDF file there; check the address")
    return found


STEP = "check the address, and the credentials in the environment"


def _listed(system: Any, url: str) -> list[Found]:
    if "*" in url:
        infos = system.glob(url, detail=True)
    elif not url.endswith("/") and system.isfile(url):
        info = system.info(url)
        return [Found(url, _mark(info))]
    else:
        infos = {
            path: info
            for path, info in system.find(url, detail=True).items()
            if path.lower().endswith(".pdf") and not _hidden(path, system._strip_protocol(url))
        }
    files = {path: info for path, info in infos.items() if info["type"] == "file"}
    scheme = scheme_of(url)
    return [Found(f"{scheme}://{path}", _mark(info)) for path, info in sorted(files.items())]


def _hidden(path: str, top: str) -> bool:
    return any(part.startswith(".") for part in path.removeprefix(top).split("/"))


def _mark(info: dict[str, Any]) -> str:
    """Tag or time of an object with its size; empty if the store tells neither."""
    mark = info.get("ETag") or info.get("etag") or info.get("LastModified") or info.get("mtime")
    return f"{mark} {info.get('size')}" if mark else ""


def read_object(url: str, name: str, max_bytes: int) -> bytes:
    """Return the content of an object; one larger than `max_bytes` is not taken in.

    Raises:
        InputRefusedError: it cannot be had, or is too large.
        MissingComponentError: what reads this kind of URL is not installed.
    """
    system = file_system(url)
    try:
        with told():
            if max_bytes and system.info(url)["size"] > max_bytes:
                raise InputRefusedError.too_large(name, max_bytes)
            data: bytes = system.cat_file(url)
    except FileNotFoundError as error:
        raise InputRefusedError(name, "there is no such object; check the address") from error
    except OSError as error:
        raise InputRefusedError(name, f"cannot be read ({reason(error)}); {STEP}") from error
    return data


def mark_of(url: str, _: FetchOptions) -> str:
    """Return what changes when the object does; empty if it cannot be told."""
    return seen(url)


def seen(url: str) -> str:
    """Return tag and size of an object; empty if there is none."""
    try:
        with told():
            return _mark(file_system(url).info(url))
    except OSError:
        return ""
