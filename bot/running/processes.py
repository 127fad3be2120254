"""The processes of one machine: Rasa, actions, jobs and door, started together and stopped together."""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import click
import httpx
from honcho.manager import Manager

from bot import keys, settings
from bot.errors import PartDown
from bot.running.output import QuietPrinter

START_SECONDS = 180  # a small machine may need a minute to load TensorFlow


def environment(model: Path) -> dict[str, str]:
    """Environment of the processes: ours, with the inner addresses and quiet libraries."""
    return {
        **os.environ,
        "REPERE_SECRET": keys.secret(),
        "REPERE_ACTIONS_WEBHOOK": f"{settings.actions_url()}/webhook",
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "TOKENIZERS_PARALLELISM": "false",
        "OMP_NUM_THREADS": "1",
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "ignore",
        "LOG_LEVEL": "ERROR",  # of Rasa alone
        "LOG_LEVEL_LIBRARIES": "ERROR",
        "REPERE_MODEL": str(model),
    }


def commands(model: Path) -> dict[str, list[str]]:
    """Command of each process, by name."""
    python, port = sys.executable, settings.get_int("REPERE_PORT")
    rasa = ["--model", str(model), "--interface", "127.0.0.1", "--port", str(port + 1), "--endpoints", "endpoints.yml"]
    return {
        "actions": [python, "-m", "actions.server", "--port", str(port + 2)],
        "rasa": [python, "-m", "rasa", "run", *rasa, "--credentials", "credentials.yml", "--logging-config-file", "bot/rasa/logging.yml"],
        "jobs": [python, "-m", "bot.jobs"],
        "door": [python, "-m", "bot.door", "--port", str(port)],
    }


def check_ports() -> None:
    """Raises PartDown naming the first port that is already in use."""
    first = settings.get_int("REPERE_PORT")
    for port in (first, first + 1, first + 2):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                raise PartDown(f"port {port} is already in use: stop what uses it, or start with « make start PORT=9080 »") from None


def run(model: Path, announce: Callable[[str], None] = click.echo) -> int:
    """Start every process, announce the address when all answer, stop them together. Returns the exit code of the first that stopped."""
    check_ports()
    manager = Manager(QuietPrinter(settings.var_dir() / "logs" / "processes.log"))
    for name, command in commands(model).items():
        manager.add_process(name, " ".join(_quote(part) for part in command), env=environment(model), cwd=str(settings.ROOT), quiet=False)
    threading.Thread(target=_announce_when_ready, args=(announce,), daemon=True).start()
    manager.loop()
    return manager.returncode or 0


def _quote(part: str) -> str:
    return f"'{part}'" if " " in part else part


def _announce_when_ready(announce: Callable[[str], None]) -> None:
    """Wait until every part answers, then print the address of the chat page."""
    address = f"http://{settings.get('REPERE_HOST')}:{settings.get('REPERE_PORT')}"
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if healthy(address):
            announce(f"\n✔ Repère is ready: {address}\n  (Ctrl-C stops it)")
            return
        time.sleep(0.5)
    announce(
        f"repere: not ready after {START_SECONDS} seconds: see var/logs/processes.log, and {address}/api/health for the part that fails"
    )


def healthy(address: str) -> bool:
    """True when the door at that address answers that all its parts do."""
    try:
        return httpx.get(f"{address}/api/health", timeout=3, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False
