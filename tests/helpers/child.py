"""A process of its own for the crash and concurrency tests: sends a conversation's draft, and may be killed on the way.

Usage: python -m tests.helpers.child CONVERSATION [POINT]   (waits for a line on its input, so that several start together)
"""

from __future__ import annotations

import os
import signal
import sys

from bot import faults
from bot.database import session_scope
from bot.requests import requests as service
from tests.helpers.requests import NOW, a_context, fill


def main(conversation: str, kill_at: str | None = None) -> None:
    """Fill and send, printing the reference; with `kill_at`, die there as by kill -9."""
    if kill_at:
        faults.install(lambda name: os.kill(os.getpid(), signal.SIGKILL) if name == kill_at else None)
    print("ready", flush=True)
    sys.stdin.readline()
    with session_scope() as session:
        fill(session, conversation)
    faults.point("child:filled")
    with session_scope() as session:
        sent = service.submit(session, conversation, a_context(), NOW)
    faults.point("child:committed")
    print(sent.reference, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
