"""One fault in the middle of a conversation: what the person saw, and whether anything was lost or doubled."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import create_engine, text

from tests.drill.person import Drilled, talk

LONGEST = 5.5  # seconds: the 5 of the contract, and what a loaded machine takes to write it down
# A fault is made at the first message that matters, and at the one that sends the request.
MOMENTS = ("beneficiaire_rsa", "confirmation")

Fault = Callable[[], contextlib.AbstractContextManager[None]]


@dataclass(frozen=True)
class Outcome:
    """What a scenario gave."""

    name: str
    slowest: float
    refusals: int
    wrong: tuple[str, ...]


def play(name: str, url: str, phone: str, fault: Fault, database: str, seconds: float = 7) -> Outcome:
    """Talk from end to end while the fault is made at each of MOMENTS, each time for `seconds`."""
    made: set[str] = set()
    ending: list[threading.Thread] = []

    def before(ask: str) -> None:
        if ask in MOMENTS and ask not in made:
            made.add(ask)
            ending.append(_during(fault(), seconds))

    stored = count(database)
    try:
        lived: Drilled | None = talk(url, phone, before)
    except TimeoutError as error:
        return Outcome(name, 0.0, 0, (str(error)[:200],))
    finally:
        for thread in ending:
            thread.join()
    assert lived is not None
    return Outcome(name, lived.slowest, len(lived.refusals), tuple(_wrong(lived, made, count(database) - stored)))


def _during(fault: contextlib.AbstractContextManager[None], seconds: float) -> threading.Thread:
    """Begin the fault now; end it in the background some seconds later."""
    fault.__enter__()
    thread = threading.Timer(seconds, lambda: fault.__exit__(None, None, None))
    thread.start()
    return thread


def _wrong(lived: Drilled, made: set[str], stored: int) -> list[str]:
    wrong = [f"pas de message clair : {text}" for text in lived.silent]
    if lived.slowest > LONGEST:
        wrong.append(f"réponse en {lived.slowest:.1f} s")
    if lived.reference is None:
        wrong.append("la conversation n'est pas allée à son terme")
    if stored != 1:
        wrong.append(f"{stored} demande(s) enregistrée(s) pour une envoyée")
    if made != set(MOMENTS):
        wrong.append("la panne n'a pas été provoquée")
    return wrong


def count(database: str) -> int:
    """Requests stored."""
    engine = create_engine(database, future=True)
    with engine.connect() as connection:
        number = connection.execute(text("select count(*) from contact_requests")).scalar()
    engine.dispose()
    return int(number or 0)
