"""Ways to make a part fail: each is begun, and ended some seconds later, while a person is talking."""

from __future__ import annotations

import contextlib
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from tests.helpers.stack import Stack


@contextlib.contextmanager
def killed(stack: Stack, *names: str) -> Iterator[None]:
    """Killed at once, started again at the end."""
    for name in names:
        stack.send(name, signal.SIGKILL)
    yield
    stack.start(*names)
    stack.wait(*(name for name in names if not name.startswith("jobs")))


@contextlib.contextmanager
def hung(stack: Stack, *names: str) -> Iterator[None]:
    """Frozen: it holds its connections and answers nothing."""
    for name in names:
        stack.send(name, signal.SIGSTOP)
    yield
    for name in names:
        stack.send(name, signal.SIGCONT)


@contextlib.contextmanager
def slow(stack: Stack, name: str) -> Iterator[None]:
    """Frozen nine tenths of the time."""
    over = threading.Event()

    def stutter() -> None:
        while not over.is_set():
            stack.send(name, signal.SIGSTOP)
            time.sleep(0.45)
            stack.send(name, signal.SIGCONT)
            time.sleep(0.05)

    thread = threading.Thread(target=stutter)
    thread.start()
    yield
    over.set()
    thread.join()


@contextlib.contextmanager
def locked(database: Path) -> Iterator[None]:
    """SQLite held by a writer that does not let go."""
    connection = sqlite3.connect(database, isolation_level=None, check_same_thread=False)  # ended by a timer
    connection.execute("BEGIN EXCLUSIVE")
    yield
    connection.execute("ROLLBACK")
    connection.close()


@contextlib.contextmanager
def disk_full(stack: Stack) -> Iterator[None]:
    """No process may make a file longer than one byte more than it is: what a full disk does to SQLite."""
    processes = [psutil.Process(process.pid) for process in stack.running.values()]
    before = [process.rlimit(psutil.RLIMIT_FSIZE) for process in processes]
    for process in processes:
        process.rlimit(psutil.RLIMIT_FSIZE, (1, before[0][1]))
    yield
    for process, limits in zip(processes, before, strict=True):
        process.rlimit(psutil.RLIMIT_FSIZE, limits)


CLOCK = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1")  # Debian's package faketime


def movable_clock(file: Path) -> dict[str, str]:
    """Environment of processes whose clock `clock_moved` can move."""
    file.write_text("+0\n", encoding="utf-8")
    return {"LD_PRELOAD": str(CLOCK), "FAKETIME_TIMESTAMP_FILE": str(file), "FAKETIME_NO_CACHE": "1", "DONT_FAKE_MONOTONIC": "1"}


@contextlib.contextmanager
def clock_moved(file: Path, offset: str) -> Iterator[None]:
    """The clock of the machine set back (« -2h ») or forward (« +40m ») under the running processes, then right again."""
    file.write_text(f"{offset}\n", encoding="utf-8")
    yield
    file.write_text("+0\n", encoding="utf-8")


@contextlib.contextmanager
def catalogue_replaced(stack: Stack, folder: Path) -> Iterator[None]:
    """A new version of the catalogue is published and the action server restarted on it, as an upgrade does."""
    stack.send("actions1", signal.SIGKILL)
    parameters = folder / "parameters.yml"
    parameters.write_text(f"{parameters.read_text(encoding='utf-8')}# a new version\n", encoding="utf-8")
    stack.migrate()
    yield
    stack.start("actions1")
    stack.wait("actions1")


@contextlib.contextmanager
def server_killed(process: psutil.Process, command: list[str] | None = None) -> Iterator[None]:
    """A server of the distribution (PostgreSQL, Redis) killed with its children, then started again as it was.

    `command` is how it was started, for one that writes something else in the list of processes, as Redis does.
    """
    command, folder = command or process.cmdline(), process.cwd()
    uid, gid = process.uids().real, process.gids().real
    everyone = [process, *process.children(recursive=True)]
    for one in everyone:
        with contextlib.suppress(psutil.NoSuchProcess):
            one.kill()
    psutil.wait_procs(everyone, timeout=5)
    yield
    for leftover in Path(folder).glob("postmaster.pid"):
        leftover.unlink()
    psutil.Popen(command, cwd=folder, user=uid, group=gid, stdout=-3, stderr=-3)
    time.sleep(1)


@contextlib.contextmanager
def server_hung(process: psutil.Process) -> Iterator[None]:
    """The same, frozen with its children."""
    everyone = [process, *process.children(recursive=True)]
    for one in everyone:
        one.suspend()
    yield
    for one in everyone:
        with contextlib.suppress(psutil.NoSuchProcess):
            one.resume()


def listener(port: int) -> psutil.Process:
    """The process that listens on that port, waited for when the last fault has not ended yet. Raises TimeoutError after 30 seconds."""
    for _ in range(150):
        found = [c.pid for c in psutil.net_connections("tcp") if c.laddr.port == port and c.status == "LISTEN" and c.pid]
        if found:
            return psutil.Process(found[0])
        time.sleep(0.2)
    raise TimeoutError(f"nothing listens on {port}")
