"""The assistant scaled out on one machine, without containers: nginx, Redis and PostgreSQL of the distribution, two of each part."""

from __future__ import annotations

import contextlib
import getpass
import shutil
import string
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.helpers import postgres
from tests.helpers.ports import free_port
from tests.helpers.stack import ROOT, Stack

TEMPLATE = ROOT / "deploy" / "nginx" / "repere.conf.template"
PROGRAMS = {"nginx": "nginx", "redis-server": "redis-server", "initdb": "postgresql"}  # program: package


@dataclass
class Topology:
    """Where people knock, the processes behind, and the Redis between them."""

    url: str
    stack: Stack
    redis: subprocess.Popen[bytes]
    redis_url: str


def missing() -> list[str]:
    """Packages of the distribution that are not installed."""
    return [package for name, package in PROGRAMS.items() if _program(name) is None]


def _program(name: str) -> str | None:
    return postgres.program(name) if name == "initdb" else shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")


@contextlib.contextmanager
def running(folder: Path, count: int = 2, port: int | None = None) -> Iterator[Topology]:
    """Start everything, `count` of each part, and stop it on the way out."""
    with postgres.running() as server, _redis(folder) as (redis, redis_url):
        server.execute("create database repere")
        inner = {"rasa": free_port(), "actions": free_port()}
        env = {
            "REPERE_DATABASE_URL": server.url("repere"),
            "REPERE_REDIS_URL": redis_url,
            "REPERE_RASA_URL": f"http://127.0.0.1:{inner['rasa']}",
            "REPERE_ACTIONS_URL": f"http://127.0.0.1:{inner['actions']}",
            "REPERE_TRUSTED_PROXY": "1",
        }
        stack = Stack(folder, rasas=count, doors=count, actions=count, jobs=count, env=env)
        public = port or free_port()
        with _nginx(folder, stack, inner, public):
            try:
                stack.migrate()
                stack.start()
                stack.wait()
                yield Topology(f"http://127.0.0.1:{public}", stack, redis, redis_url)
            finally:
                stack.stop()


@contextlib.contextmanager
def _redis(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Redis in memory only: what it holds lives seconds."""
    port = free_port()
    command = [_program("redis-server"), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    with (folder / "redis.log").open("wb") as log:
        process = subprocess.Popen([str(part) for part in command], cwd=folder, stdout=log, stderr=log)
    try:
        yield process, f"redis://127.0.0.1:{port}/0"
    finally:
        process.kill()
        process.wait()


@contextlib.contextmanager
def _nginx(folder: Path, stack: Stack, inner: dict[str, int], public: int) -> Iterator[None]:
    """nginx on the configuration that deploy/ gives."""
    values = {f"{part}s".replace("actionss", "actions"): _servers(stack, part) for part in ("door", "rasa", "actions")}
    values |= {"user": getpass.getuser(), "folder": str(folder), "listen": "127.0.0.1", "public": str(public)}
    values |= {"inner_rasa": str(inner["rasa"]), "inner_actions": str(inner["actions"])}
    path = folder / "nginx.conf"
    path.write_text(string.Template(TEMPLATE.read_text(encoding="utf-8")).substitute(values), encoding="utf-8")
    program = str(_program("nginx"))
    subprocess.run([program, "-t", "-q", "-c", str(path)], check=True)
    process = subprocess.Popen([program, "-c", str(path), "-g", "daemon off;"])
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _servers(stack: Stack, part: str) -> str:
    ports = [port for name, port in stack.ports.items() if name.startswith(part)]
    return " ".join(f"server 127.0.0.1:{port} max_fails=1 fail_timeout=2s;" for port in ports)
