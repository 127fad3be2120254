"""The loop of the background process: each job at its own pace; a job that fails is logged and tried again."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot import settings
from bot.errors import RepereError

log = structlog.get_logger()


@dataclass
class Job:
    """Something to do again and again. `run` gets the present instant and returns how much it did."""

    name: str
    every: timedelta
    run: Callable[[datetime], int]
    next_at: datetime | None = None


def tick(jobs: list[Job], now: datetime) -> None:
    """Run the jobs that are due. A failing job does not stop the others; it is tried again at its next time."""
    for job in jobs:
        if job.next_at is not None and now < job.next_at:
            continue
        job.next_at = now + job.every
        try:
            done = job.run(now)
        except RepereError as error:
            log.error("job_failed", job=job.name, reason=str(error))
        except Exception as error:  # noqa: BLE001 - a fault in one job must not stop the mails; its text may hold personal data
            log.error("job_failed", job=job.name, error=type(error).__name__)
        else:
            if done:
                log.info("job_done", job=job.name, count=done)


def run_forever(jobs: list[Job], clock: Callable[[], datetime], stop: threading.Event, pause: float = 2.0) -> None:
    """Tick every `pause` seconds until `stop` is set. The file jobs.beat is touched at each round: one that hangs can be seen."""
    beat = settings.var_dir() / "jobs.beat"
    beat.parent.mkdir(parents=True, exist_ok=True)
    while not stop.is_set():
        tick(jobs, clock())
        with contextlib.suppress(OSError):
            beat.touch()
        stop.wait(pause)
