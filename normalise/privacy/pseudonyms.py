"""Pseudonyms: a keyed hash of who somebody is, so that the same person links across documents."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from actionplan.normalise.privacy.known import Identity

DIGITS = 12
"""Hexadecimal digits of a pseudonym, 48 bits: two of 100,000 people share one by 1 in 56,000."""
LEAST_BYTES = 16
"""Of a secret: 128 bits, out of reach of trying all."""
_NEW_BYTES = 32  # as long as the hash
DROPPED = "[name]"


class SecretError(ValueError):
    """A file that holds no usable secret, or that is there where a new one is to be made."""


class Pseudonyms:
    """Gives each person a pseudonym.

    Method: HMAC-SHA256 (RFC 2104) of the name under a secret; whoever has the secret can find out
    whether a pseudonym is that of a given name, nobody else can.
    """

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def of(self, who: Identity) -> str:
        """Return ``person-…``, or ``subject-…`` for a made-up name or a given name alone."""
        kind = "subject" if who.subject else "person"
        message = "\0".join([kind, *who.words]).encode()
        return f"{kind}-{hmac.new(self._secret, message, hashlib.sha256).hexdigest()[:DIGITS]}"

    @property
    def fingerprint(self) -> str:
        """Tells two secrets apart without giving them away."""
        return hmac.new(self._secret, b"\0fingerprint", hashlib.sha256).hexdigest()


def load_secret(path: Path) -> bytes:
    """Return the secret in a file, without blanks around it.

    Raises:
        SecretError: there are fewer than `LEAST_BYTES` bytes in it.
        OSError: it cannot be read.
    """
    secret = path.read_bytes().strip()
    if len(secret) < LEAST_BYTES:
        raise SecretError(f"{path}: holds {len(secret)} bytes; a secret has {LEAST_BYTES} or more")
    return secret


def make_secret(path: Path) -> None:
    """Write a new random secret into a new file that only its owner can read (mode 0600).

    Raises:
        SecretError: the file is there; it is left as it is.
        OSError: it cannot be written.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise SecretError(f"{path}: is there already, and is never overwritten") from error
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"{secrets.token_hex(_NEW_BYTES)}\n")
