"""How a mail leaves: through the SMTP server of the settings, or into a file."""

from __future__ import annotations

import os
from email.message import EmailMessage
from typing import Any
from urllib.parse import unquote, urlsplit

import aiosmtplib

from bot import settings
from bot.errors import BadInput
from bot.notifications import mailbox

TIMEOUT_SECONDS = 15


async def deliver(message: EmailMessage, event_id: int) -> None:
    """Send the mail, or write it as an .eml file when no server is set. Raises aiosmtplib.SMTPException or OSError."""
    url = settings.get("REPERE_SMTP_URL")
    if url:
        await aiosmtplib.send(message, **smtp_options(url))
    else:
        write_file(message, event_id)


def smtp_options(url: str) -> dict[str, Any]:
    """Options of the SMTP client for smtp:// (STARTTLS when offered) or smtps://. Raises BadInput when malformed, without showing it."""
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise BadInput("REPERE_SMTP_URL must read smtp://user:password@host:port or smtps://…")
    secure = parts.scheme == "smtps"
    return {
        "hostname": parts.hostname,
        "port": parts.port or (465 if secure else 587),
        "username": unquote(parts.username) if parts.username else None,
        "password": unquote(parts.password) if parts.password else None,
        "use_tls": secure,
        "timeout": TIMEOUT_SECONDS,
    }


def write_file(message: EmailMessage, event_id: int) -> None:
    """Write the mail under its event's name: whole or not at all, and once however many times it is tried."""
    path = mailbox.path_of(event_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".tmp")
    with temporary.open("wb") as file:
        file.write(message.as_bytes())
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
