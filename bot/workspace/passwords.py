"""Passwords of the agents: argon2, and a minimum length."""

from __future__ import annotations

import functools

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.errors import BadInput

SHORTEST = 12
LONGEST = 200


@functools.lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    """argon2id with the library's own parameters."""
    return PasswordHasher()


@functools.lru_cache(maxsize=1)
def _decoy() -> str:
    """A hash to check against when the login is unknown: both refusals take the same time."""
    return _hasher().hash("a password that nobody has")


def hash_password(password: str) -> str:
    """The hash to keep. Raises BadInput when the password is too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadInput(f"a password has from {SHORTEST} to {LONGEST} characters")
    return _hasher().hash(password)


def check_password(password: str, stored: str | None) -> bool:
    """True when `password` is the one behind `stored`; as slow when there is none."""
    try:
        right = _hasher().verify(stored or _decoy(), password[: LONGEST + 1])
    except (VerificationError, InvalidHashError):
        return False
    return right and stored is not None
