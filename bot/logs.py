"""Structured logs: one JSON object a line, with no message text and no personal data in them."""

from __future__ import annotations

import logging
import sys

import structlog

from bot import metrics, settings


class _Unbreakable:
    """Standard error, but a line that cannot be written (disk full, pipe closed) is lost and counted: it never breaks a turn."""

    def write(self, text: str) -> int:
        """Write a line, or lose it."""
        try:
            sys.stderr.write(text)
        except (OSError, ValueError):
            metrics.ERRORS.labels("logs", "line_lost").inc()
        return len(text)

    def flush(self) -> None:
        """Hand over what is written, or lose it."""
        try:
            sys.stderr.flush()
        except (OSError, ValueError):
            metrics.ERRORS.labels("logs", "line_lost").inc()


def configure(part: str) -> None:
    """Write the logs of `part` (door, actions, jobs…) as JSON lines on standard error, at the level of REPERE_LOG_LEVEL."""
    level = logging.getLevelName(settings.get("REPERE_LOG_LEVEL").upper())
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(_Unbreakable()),  # type: ignore[arg-type]
    )
    structlog.contextvars.bind_contextvars(part=part)
