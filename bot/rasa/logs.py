"""How the faults of the Rasa server are logged: where, and of what type. Their text is left out, since it may hold what people wrote."""

from __future__ import annotations

import json
import logging
from datetime import datetime, timezone


class FaultFormatter(logging.Formatter):
    """One JSON object a line, as the other parts write."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a fault; one of ours, already JSON, as it is."""
        if record.name.startswith("bot."):
            return record.getMessage()
        fault = {
            "event": "rasa",
            "where": f"{record.name}:{record.lineno}",
            "error": _types(record.exc_info[1] if record.exc_info else None),
            "part": "rasa",
            "level": record.levelname.lower(),
            "timestamp": datetime.fromtimestamp(record.created, timezone.utc).isoformat(),
        }
        return json.dumps(fault)


def install() -> None:
    """Give this format to every handler of the process: Rasa puts its own, which prints everything, over that of logging.yml."""
    for handler in logging.getLogger().handlers:
        handler.setFormatter(FaultFormatter())


def _types(error: BaseException | None) -> str:
    """Types of an error and of what caused it, the last first."""
    names = []
    while error is not None:
        names.append(type(error).__name__)
        error = error.__cause__ or error.__context__
    return " < ".join(names)
