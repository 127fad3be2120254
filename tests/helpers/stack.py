"""The real processes of the assistant, as many of each as wanted, each of which can be killed, frozen and started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil

from bot.running import model, processes
from tests.helpers.ports import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
WIDE = {"REPERE_BURST_MESSAGES": "1000000", "REPERE_BURST_CONVERSATIONS": "1000000"}  # a bench is not a flood


@dataclass
class Stack:
    """Doors, Rasa servers, action servers and jobs over one database. `env` wins over the settings made here."""

    var: Path
    rasas: int = 1
    doors: int = 1
    actions: int = 1
    jobs: int = 1
    env: dict[str, str] = field(default_factory=dict)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    ports: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for part, count in (("door", self.doors), ("rasa", self.rasas), ("actions", self.actions)):
            for number in range(1, count + 1):
                self.ports[f"{part}{number}"] = free_port()
        self.model = Path(os.environ.get("REPERE_TEST_MODEL") or model.train(quiet=True))

    def names(self) -> list[str]:
        """Every process, the inner ones first."""
        inner = [name for part in ("actions", "rasa") for name in self.ports if name.startswith(part)]
        return [*inner, *(f"jobs{n}" for n in range(1, self.jobs + 1)), *(name for name in self.ports if name.startswith("door"))]

    def environment(self) -> dict[str, str]:
        """Environment of the processes: the first of each part unless `env` names a balancer."""
        addresses = {
            "REPERE_VAR": str(self.var),
            "REPERE_RASA_URL": f"http://127.0.0.1:{self.ports['rasa1']}",
            "REPERE_ACTIONS_URL": f"http://127.0.0.1:{self.ports['actions1']}",
            "REPERE_SECRET": "secret-of-the-tests-" + "0" * 20,
        }
        mine = {**addresses, **WIDE, **self.env}
        return {**processes.environment(self.model), **mine, "REPERE_ACTIONS_WEBHOOK": f"{mine['REPERE_ACTIONS_URL']}/webhook"}

    def command(self, name: str) -> list[str]:
        """Command line of one process, as `repere start` makes it, on its own port."""
        commands = processes.commands(self.model)
        command = commands[name.rstrip("0123456789")]
        if "--port" in command:
            command[command.index("--port") + 1] = str(self.ports[name])
        return command

    def migrate(self) -> None:
        """Bring the database to its present shape."""
        command = [str(Path(sys.executable).parent / "repere"), "migrate"]
        subprocess.run(command, cwd=ROOT, env=self.environment(), check=True, capture_output=True)

    def start(self, *names: str) -> None:
        """Start these processes, all of them by default."""
        for name in names or self.names():
            with (self.var / f"{name}.log").open("ab") as log:
                self.running[name] = subprocess.Popen(self.command(name), cwd=ROOT, env=self.environment(), stdout=log, stderr=log)

    def wait(self, *names: str, seconds: float = 300) -> float:
        """Wait until these processes are ready; returns the seconds it took. Raises TimeoutError."""
        began = time.monotonic()
        for name in names or [name for name in self.running if not name.startswith("jobs")]:
            while not self.ready(name):
                if time.monotonic() - began > seconds:
                    raise TimeoutError(f"{name} is not ready: {self.log(name)[-2000:]}")
                time.sleep(0.2)
        return time.monotonic() - began

    def ready(self, name: str) -> bool:
        """True when the process answers that it may be used."""
        path = {"door": "/api/health", "rasa": "/webhooks/repere/", "actions": "/health"}[name.rstrip("0123456789")]
        try:
            return httpx.get(f"http://127.0.0.1:{self.ports[name]}{path}", timeout=3, trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False

    def url(self, name: str = "door1") -> str:
        """Address of a process."""
        return f"http://127.0.0.1:{self.ports[name]}"

    def log(self, name: str) -> str:
        """What a process has written."""
        return (self.var / f"{name}.log").read_text(errors="replace")

    def logs(self) -> str:
        """What all have written."""
        return "\n".join(path.read_text(errors="replace") for path in sorted(self.var.glob("*.log")))

    def send(self, name: str, number: signal.Signals) -> None:
        """Send a signal: SIGKILL kills, SIGSTOP freezes (the part hangs), SIGCONT wakes it up."""
        self.running[name].send_signal(number)
        if number == signal.SIGKILL:
            self.running[name].wait()

    def memory(self) -> dict[str, float]:
        """Resident memory of each process, in MB."""
        return {
            name: psutil.Process(process.pid).memory_info().rss / 1e6 for name, process in self.running.items() if process.poll() is None
        }

    def stop(self) -> None:
        """Stop everything, frozen processes too."""
        for process in self.running.values():
            if process.poll() is None:
                process.send_signal(signal.SIGCONT)
                process.terminate()
        for process in self.running.values():
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
