"""Processor time that a turn costs each process: what capacity is counted from. Alone: `python -m scripts.bench.processor`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import psutil

from scripts.bench import load
from tests.helpers.stack import Stack

PEOPLE, TURNS = 4, 100


def per_turn(stack: Stack) -> dict[str, float]:
    """Milliseconds of processor a turn, by process."""
    before = _spent(stack)
    turns = len(load.run(stack.url(), load.ours, PEOPLE, TURNS).all())
    return {name: 1000 * (seconds - before[name]) / turns for name, seconds in _spent(stack).items()}


def _spent(stack: Stack) -> dict[str, float]:
    """Seconds of processor that each process has used."""
    times = {name: psutil.Process(process.pid).cpu_times() for name, process in stack.running.items()}
    return {name: spent.user + spent.system for name, spent in times.items()}


def main() -> int:
    """Start the default installation, warm it, print each process."""
    with tempfile.TemporaryDirectory(prefix="repere-bench-") as folder:
        stack = Stack(Path(folder))
        stack.migrate()
        stack.start()
        try:
            stack.wait()
            load.run(stack.url(), load.ours, 2, 10)
            for name, value in per_turn(stack).items():
                print(f"{name} {value:.1f} ms")
        finally:
            stack.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
