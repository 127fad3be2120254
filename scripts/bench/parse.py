"""Time to understand a message, alone in its process: `python -m scripts.bench.parse MODEL` prints milliseconds as JSON."""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import time

from bot.nlu.reader import silence_rasa
from scripts.bench.words import messages


def main() -> int:
    """Load, warm up, measure."""
    silence_rasa()
    from rasa.core.agent import Agent

    agent = Agent.load(sys.argv[1])
    texts = messages(300)
    for text in texts[:30]:
        asyncio.run(agent.parse_message(text))
    times = []
    for text in texts:
        began = time.perf_counter()
        asyncio.run(agent.parse_message(text))
        times.append((time.perf_counter() - began) * 1000)
    print(json.dumps({"median": statistics.median(times), "p95": statistics.quantiles(times, n=20)[18]}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
