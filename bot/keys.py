"""The one secret of an installation, and the keys derived from it for each use."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets

from bot import settings
from bot.errors import BadInput

SHORTEST = 32  # characters


def secret() -> str:
    """The installation's secret: REPERE_SECRET, or one made once and kept in var/secret. Raises BadInput in production without one."""
    value = settings.get("REPERE_SECRET")
    if value:
        return value
    if settings.production():
        raise BadInput("REPERE_SECRET must be set in production (32 random characters or more)")
    path = settings.var_dir() / "secret"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(32))
    return path.read_text(encoding="ascii")


def check() -> None:
    """Raises BadInput when the secrets of the settings are not fit for production: missing, short, or one of the examples."""
    if settings.production() and settings.get("REPERE_WEBHOOK_URL") and len(settings.get("REPERE_WEBHOOK_SECRET")) < SHORTEST:
        raise BadInput(f"REPERE_WEBHOOK_SECRET must be set in production when REPERE_WEBHOOK_URL is ({SHORTEST} characters or more)")
    if settings.production() and (len(secret()) < SHORTEST or "exemple" in secret().lower()):
        raise BadInput(f"REPERE_SECRET is too short or an example: production needs {SHORTEST} random characters or more")


def derive(purpose: str) -> str:
    """A key for one purpose (`rasa`, `session`…), so that one leaking gives nothing of the others."""
    return hmac.new(secret().encode(), purpose.encode(), hashlib.sha256).hexdigest()
