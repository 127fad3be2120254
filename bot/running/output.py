"""What the processes print: everything into a file, and only what an operator must see on the terminal."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from honcho.printer import Printer

SHOWN = ('"level": "error"', '"level": "warning"', '"level": "critical"', "Error", "repere:")


class QuietPrinter(Printer):
    """Keeps every line of every process in `path`; shows the warnings and errors of ours, and the processes that start and stop."""

    def __init__(self, path: Path) -> None:
        super().__init__(sys.stderr, colour=sys.stderr.isatty())
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("a", encoding="utf-8", buffering=1)

    def write(self, message: Any) -> None:
        """Write one message of a process."""
        data = message.data.decode("utf-8", "replace") if isinstance(message.data, bytes) else message.data
        self._file.write("".join(f"{message.time:%Y-%m-%dT%H:%M:%S} {message.name} {line}\n" for line in data.splitlines()))
        if message.name == "system" or (any(mark in data for mark in SHOWN) and "Warning" not in data):
            super().write(message)
