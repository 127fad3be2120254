"""Messages already played: the same key twice is played once and gives the same answer."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import datetime
from typing import Any

from cryptography.fernet import Fernet
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from bot.database import read_scope, session_scope
from bot.database.models.conversations import PlayedKey


def claim(conversation_id: str, key: str, at: datetime) -> bool:
    """Reserve the key for the caller. False when it is already taken: the message is being played, or was."""
    try:
        with session_scope() as session:
            session.add(PlayedKey(conversation_id=conversation_id, key=key, at=at))
    except IntegrityError:
        return False
    return True


def keep(conversation_id: str, key: str, token: str, answer: dict[str, Any]) -> None:
    """Keep the answer, readable only with the person's token."""
    with session_scope() as session:
        row = session.scalar(_query(conversation_id, key))
        if row is not None:
            row.answer = _cipher(token).encrypt(json.dumps(answer).encode())


def release(conversation_id: str, key: str) -> None:
    """Give the key back: nothing was played under it."""
    with session_scope() as session:
        session.execute(delete(PlayedKey).where(PlayedKey.conversation_id == conversation_id, PlayedKey.key == key))


def answer(conversation_id: str, key: str, token: str) -> dict[str, Any] | None:
    """The answer kept for this key, or None while it is still being played."""
    with read_scope() as session:
        row = session.scalar(_query(conversation_id, key))
        return None if row is None or row.answer is None else json.loads(_cipher(token).decrypt(row.answer))


def _query(conversation_id: str, key: str) -> Any:
    return select(PlayedKey).where(PlayedKey.conversation_id == conversation_id, PlayedKey.key == key)


def _cipher(token: str) -> Fernet:
    """Cipher of the answers of one conversation. Its key is made from the token: the database alone opens nothing."""
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"played:" + token.encode()).digest()))
