"""The logs never break what they tell of."""

from __future__ import annotations

import sys

import pytest
import structlog

from bot import logs, metrics


class FullDisk:
    """A standard error on a disk with no room left."""

    def write(self, text: str) -> int:
        """No space left on device."""
        raise OSError(28, "No space left on device")

    def flush(self) -> None:
        """The same."""
        raise OSError(28, "No space left on device")


def test_a_full_disk_loses_the_line_and_counts_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A turn must not fail because its log line cannot be written."""
    before = metrics.ERRORS.labels("logs", "line_lost")._value.get()
    monkeypatch.setattr(sys, "stderr", FullDisk())
    logs.configure("door")
    structlog.get_logger().info("turn", milliseconds=3)
    assert metrics.ERRORS.labels("logs", "line_lost")._value.get() > before
    structlog.reset_defaults()
