"""Structured logs: one JSON object a line, with no message text and no personal data in them."""

from __future__ import annotations

import logging
import sys

import structlog

from bot import settings


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
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    structlog.contextvars.bind_contextvars(part=part)
