"""`python -m bot.jobs`: runs the background process until it is told to stop."""

from __future__ import annotations

import signal
import threading

import structlog

from bot import clock, logs
from bot.jobs.loop import run_forever
from bot.jobs.schedule import jobs
from bot.running.entry import run_part


def main() -> None:
    """Run until SIGTERM or SIGINT; what is being done is finished first."""
    logs.configure("jobs")
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    structlog.get_logger().info("started")
    run_forever(jobs(), clock.now, stop)


if __name__ == "__main__":
    run_part(main)
