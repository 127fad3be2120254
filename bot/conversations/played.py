"""Messages already played: the same key twice is played once and gives the same answer."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography.fernet import Fernet
from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.database import light_scope, read_scope
from bot.database.models.conversations import PlayedKey

# A turn counts for 5 seconds at most: a key still without an answer after that was left by a door that stopped.
ABANDONED = timedelta(seconds=10)

# Made once: each turn runs both.
_CLAIM = insert(PlayedKey.__table__)
_ANSWER = (
    update(PlayedKey.__table__)
    .where(PlayedKey.conversation_id == bindparam("of"), PlayedKey.key == bindparam("sent"), PlayedKey.answer.is_(None))
    .values(answer=bindparam("sealed"))
)


@dataclass(frozen=True)
class Claim:
    """A key reserved for the message being played, and the cipher key of its answer."""

    key: str
    seal: str


def seal_of(token: str) -> str:
    """Cipher key of the answers of one conversation. It is made from the token, which is not stored: the database alone opens nothing."""
    return base64.urlsafe_b64encode(hashlib.sha256(b"played:" + token.encode()).digest()).decode()


def claim(conversation_id: str, key: str, at: datetime) -> bool:
    """Reserve the key for the caller. False when it is taken: the message is being played, or was. An abandoned key is taken over."""
    try:
        with light_scope() as session:
            session.execute(_CLAIM, {"conversation_id": conversation_id, "key": key, "at": at})
    except IntegrityError:
        return _take_over(conversation_id, key, at)
    return True


def _take_over(conversation_id: str, key: str, at: datetime) -> bool:
    abandoned = _row(update(PlayedKey), conversation_id, key).where(PlayedKey.answer.is_(None), PlayedKey.at < at - ABANDONED)
    with light_scope() as session:
        return session.execute(abandoned.values(at=at), execution_options={"synchronize_session": False}).rowcount == 1


def answer_claim(session: Session, conversation_id: str, claim: Claim, messages: list[dict[str, Any]]) -> bool:
    """Keep the answer under its key, readable only with the person's token. False when the key was given back meanwhile."""
    sealed = Fernet(claim.seal).encrypt(json.dumps({"messages": messages}).encode())
    return session.execute(_ANSWER, {"of": conversation_id, "sent": claim.key, "sealed": sealed}).rowcount == 1


def release(conversation_id: str, key: str) -> bool:
    """Give the key back: nothing will be played under it. False when the turn has counted after all: its answer is kept."""
    held = _row(delete(PlayedKey), conversation_id, key).where(PlayedKey.answer.is_(None))
    with light_scope() as session:
        return session.execute(held, execution_options={"synchronize_session": False}).rowcount == 1


def answer(conversation_id: str, key: str, token: str) -> dict[str, Any] | None:
    """The answer kept for this key, or None while it is still being played."""
    with read_scope() as session:
        row = session.scalar(_row(select(PlayedKey), conversation_id, key))
        return None if row is None or row.answer is None else json.loads(Fernet(seal_of(token)).decrypt(row.answer))


def _row(statement: Any, conversation_id: str, key: str) -> Any:
    """The statement, for the row of that key."""
    return statement.where(PlayedKey.conversation_id == conversation_id, PlayedKey.key == key)
