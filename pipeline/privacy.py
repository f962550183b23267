"""What users say about names of people and about texts, and the file that holds their secret."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from actionplan.console import say
from actionplan.errors import ExitCode, OutputError, UsageError
from actionplan.writers import make_folder

if TYPE_CHECKING:
    from actionplan.normalise.privacy.protect import PeopleMode, Privacy

_OTHERS = 0o077  # permissions of everybody but the owner


@dataclass(frozen=True, slots=True)
class PrivacyOptions:
    """What a user sets.

    Attributes:
        people: what becomes of names.
        key: file of the secret for pseudonyms.
        no_text: codes and dates only.
    """

    people: PeopleMode = "keep"
    key: Path | None = None
    no_text: bool = False

    @property
    def changes(self) -> bool:
        """Does it change anything?"""
        return self.people != "keep" or self.no_text


def load_privacy(options: PrivacyOptions) -> Privacy:
    """Return what is to be done, with the secret.

    Raises:
        UsageError: pseudonyms are wanted, and there is no usable secret; or a secret, and no
            pseudonyms.
    """
    from actionplan.normalise.privacy.protect import Privacy

    if options.people != "pseudonymise":
        if options.key:
            raise UsageError("--people-key goes with --people pseudonymise; leave it out")
        return Privacy(options.people, options.no_text)
    if not options.key:
        raise UsageError(
            "--people pseudonymise needs a secret: make one with `actionplan people-key FILE`, "
            "and name it with --people-key"
        )
    return Privacy(options.people, options.no_text, _secret(options.key))


def _secret(path: Path) -> bytes:
    from actionplan.normalise.privacy.pseudonyms import SecretError, load_secret

    try:
        secret = load_secret(path)
        open_to_others = path.stat().st_mode & _OTHERS
    except FileNotFoundError as error:
        made = f"make it with `actionplan people-key {path}`"
        raise UsageError(f"{path}: no such file; {made}") from error
    except OSError as error:
        problem = f"cannot be read ({error.strerror}); check its permissions"
        raise UsageError(f"{path}: {problem}") from error
    except SecretError as error:
        raise UsageError(f"{error}; make one with `actionplan people-key FILE`") from error
    if open_to_others:
        say(f"{path}: others can read it; `chmod 600 {path}` keeps it secret")
    return secret


def make_key(path: Path) -> ExitCode:
    """Write a new secret to `path`.

    Raises:
        UsageError: the file is there.
        OutputError: it cannot be written.
    """
    from actionplan.normalise.privacy.pseudonyms import SecretError, make_secret

    make_folder(path.parent)
    try:
        make_secret(path)
    except SecretError as error:
        raise UsageError(f"{error}; use it, or name another file") from error
    except OSError as error:
        raise OutputError(path, error.strerror or str(error)) from error
    say(f"{path}: keep it apart from what is passed on, and do not lose it")
    return ExitCode.OK
