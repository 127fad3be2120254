"""A PostgreSQL server of the tests' own, in a temporary folder, stopped at the end."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from tests.helpers.ports import free_port

_DEBIAN = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int

    def url(self, name: str) -> str:
        """SQLAlchemy address of one of its databases."""
        return f"postgresql+psycopg2://repere@127.0.0.1:{self.port}/{name}"

    def execute(self, statement: str) -> None:
        """Run one statement on the server's own database."""
        connection = psycopg2.connect(host="127.0.0.1", port=self.port, user="repere", dbname="postgres")
        connection.autocommit = True
        with contextlib.closing(connection), connection.cursor() as cursor:
            cursor.execute(statement)


def program(name: str) -> str | None:
    """Path of a PostgreSQL program, or None when PostgreSQL is not installed."""
    return shutil.which(name) or next((str(folder / name) for folder in _DEBIAN if (folder / name).exists()), None)


@contextlib.contextmanager
def running() -> Iterator[Server]:
    """Start a server and stop it on the way out. It refuses to run as root, hence another user there."""
    folder = Path(tempfile.mkdtemp(prefix="repere-postgres-"))
    user = "postgres" if os.getuid() == 0 else None
    if user is not None:
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
    data, port = folder / "data", free_port()
    try:
        _run([program("initdb"), "-D", data, "-U", "repere", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"], user, folder)
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off -c max_connections=60"
        _run([program("pg_ctl"), "-D", data, "-o", options, "-l", folder / "log", "-w", "-t", "60", "start"], user, folder)
        server = Server(port)
        _wait(server)
        yield server
    finally:
        with contextlib.suppress(subprocess.CalledProcessError):
            _run([program("pg_ctl"), "-D", data, "-m", "immediate", "-w", "stop"], user, folder)
        shutil.rmtree(folder, ignore_errors=True)


def _run(command: list[object], user: str | None, folder: Path) -> None:
    """Run one PostgreSQL program. Its output goes to a file: the server keeps it open."""
    with (folder / "output").open("ab") as output:
        subprocess.run([str(part) for part in command], check=True, user=user, cwd="/", stdout=output, stderr=output)


def _wait(server: Server) -> None:
    """Wait until the server answers."""
    for _ in range(100):
        try:
            return server.execute("select 1")
        except psycopg2.OperationalError:
            time.sleep(0.1)
    raise RuntimeError("PostgreSQL does not answer")
