"""Turns a second with one and two of each part behind nginx: as the machine allows, then with each Rasa held to a share of a core.

On a small machine one set already uses every core, and a second one has nothing left to run on. Held to a share, each Rasa server stands
for a machine of its own: the rest of the cores shows whether anything else than Rasa keeps two from doing twice the work of one.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from scripts.bench import load
from tests.helpers import topology
from tests.helpers.stack import Stack

SHARE = 30  # per cent of a core for each Rasa server
PEOPLE = 24


def rates(turns: int, share: int | None) -> list[load.Times]:
    """What one set, then two, give to the same crowd; `share` is the per cent of a core that each Rasa server may use."""
    return [_measured(count, turns, share) for count in (1, 2)]


def can_hold() -> bool:
    """True when a process can be held to a share of a core here."""
    return shutil.which("cpulimit") is not None


def _measured(count: int, turns: int, share: int | None) -> load.Times:
    with tempfile.TemporaryDirectory(prefix="repere-bench-") as folder:
        Path(folder).chmod(0o755)
        with topology.running(Path(folder), count=count) as running:
            load.run(running.url, load.ours, 4, 5)
            with _held(running.stack, share) if share else contextlib.nullcontext():
                return load.run(running.url, load.ours, PEOPLE, turns)


@contextlib.contextmanager
def _held(stack: Stack, share: int) -> Iterator[None]:
    """Each Rasa server stopped and woken many times a second, so that it uses no more than its share."""
    held = [process.pid for name, process in stack.running.items() if name.startswith("rasa")]
    command = ["cpulimit", "-q", "-l", str(share), "-p"]
    limiters = [subprocess.Popen([*command, str(pid)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for pid in held]
    try:
        yield
    finally:
        for limiter in limiters:
            limiter.terminate()
            limiter.wait()
        for pid in held:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)  # a limiter may have stopped it last
