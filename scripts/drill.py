"""Break each part in the middle of conversations and write docs/rapports/pannes.md: `make drill`. Exits 1 when something was lost."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bot import clock, settings
from tests.drill import faults
from tests.drill.scenario import LONGEST, Fault, Outcome, play
from tests.helpers import smtp, topology
from tests.helpers.stack import ROOT, Stack

REPORT = ROOT / "docs" / "rapports" / "pannes.md"
_phones = (f"06 39 98 {number // 100:02d} {number % 100:02d}" for number in itertools.count(1))


def on_sqlite(folder: Path) -> Iterator[Outcome]:
    """The default installation: each process, the database file, the disk, the model, everything at once."""
    catalogue, dial = folder / "catalog", folder / "clock"
    shutil.copytree(settings.catalog_dir(), catalogue)
    movable = faults.movable_clock(dial) if faults.CLOCK.exists() else {}
    stack = Stack(folder, env={"REPERE_CATALOG": str(catalogue), **movable})
    stack.migrate()
    stack.start()
    try:
        stack.wait()
        file = folder / "repere.db"
        cases = {
            **_sqlite_faults(stack, file),
            "nouvelle version du catalogue": lambda: faults.catalogue_replaced(stack, catalogue),
            **(_clock_faults(dial) if movable else {}),
        }
        for name, fault in cases.items():
            yield _run(f"SQLite : {name}", stack.url(), fault, f"sqlite:///{file}")
        if "Traceback" in stack.logs():
            yield Outcome("SQLite : journaux", 0, 0, ("une trace d'erreur est dans les journaux",))
    finally:
        stack.stop()


def _sqlite_faults(stack: Stack, file: Path) -> dict[str, Fault]:
    everything = [name for name in stack.names() if name != "door1"]
    return {
        "sans panne": contextlib.nullcontext,
        "Rasa tué": lambda: faults.killed(stack, "rasa1"),
        "Rasa figé": lambda: faults.hung(stack, "rasa1"),
        "Rasa lent": lambda: faults.slow(stack, "rasa1"),
        "actions tuées": lambda: faults.killed(stack, "actions1"),
        "actions figées": lambda: faults.hung(stack, "actions1"),
        "actions lentes": lambda: faults.slow(stack, "actions1"),
        "porte tuée": lambda: faults.killed(stack, "door1"),
        "tâches de fond tuées": lambda: faults.killed(stack, "jobs1"),
        "base verrouillée": lambda: faults.locked(file),
        "disque plein": lambda: faults.disk_full(stack),
        "modèle rechargé (Rasa redémarré)": lambda: faults.killed(stack, "rasa1"),
        "tout tué à la fois": lambda: faults.killed(stack, *everything, "door1"),
    }


def _clock_faults(dial: Path) -> dict[str, Fault]:
    return {
        "horloge reculée de 2 heures": lambda: faults.clock_moved(dial, "-2h"),
        "horloge avancée de 40 minutes": lambda: faults.clock_moved(dial, "+40m"),
    }


def on_servers(folder: Path) -> Iterator[Outcome]:
    """PostgreSQL, Redis and two of each part behind nginx."""
    with topology.running(folder) as running:
        stack = running.stack
        database = stack.env["REPERE_DATABASE_URL"]
        postgres = int(database.rsplit(":", 1)[1].split("/")[0])
        redis = int(running.redis_url.rsplit(":", 1)[1].split("/")[0])
        started = list(running.redis.args) if isinstance(running.redis.args, list | tuple) else []
        cases: dict[str, Fault] = {
            "PostgreSQL tué": lambda: faults.server_killed(faults.listener(postgres)),
            "PostgreSQL figé": lambda: faults.server_hung(faults.listener(postgres)),
            "Redis tué": lambda: faults.server_killed(faults.listener(redis), [str(part) for part in started]),
            "Redis figé": lambda: faults.server_hung(faults.listener(redis)),
            "un Rasa sur deux tué": lambda: faults.killed(stack, "rasa1"),
            "un Rasa sur deux figé": lambda: faults.hung(stack, "rasa1"),
            "une porte et un serveur d'actions sur deux tués": lambda: faults.killed(stack, "door1", "actions1"),
        }
        for name, fault in cases.items():
            yield _run(f"répliques : {name}", running.url, fault, database)


def mails(folder: Path) -> Iterator[Outcome]:
    """The mail server hangs, then refuses, then takes: the person waits for nothing, each mail leaves once."""
    with smtp.server() as (mailbox, url):
        stack = Stack(folder, env={"REPERE_SMTP_URL": url})
        stack.migrate()
        stack.start()
        try:
            stack.wait()

            @contextlib.contextmanager
            def refusing() -> Iterator[None]:
                mailbox.refuse = "451 later"
                yield
                mailbox.refuse = ""

            yield _run("messagerie qui refuse", stack.url(), refusing, f"sqlite:///{folder / 'repere.db'}")
        finally:
            stack.stop()


def _run(name: str, url: str, fault: Fault, database: str) -> Outcome:
    print(f"→ {name}", flush=True)
    outcome = play(name, url, next(_phones), fault, database)
    print(f"  {'✘ ' + ' ; '.join(outcome.wrong) if outcome.wrong else '✔'} ({outcome.refusals} refus, {outcome.slowest:.1f} s)", flush=True)
    return outcome


def main() -> int:
    """Play every scenario, write the report."""
    parts: list[Callable[[Path], Iterator[Outcome]]] = [on_sqlite, mails]
    if not faults.CLOCK.exists():
        print("! sans faketime : l'horloge n'est pas déplacée")
    if absent := topology.missing():
        print(f"! sans {' '.join(absent)} : les répliques ne sont pas essayées")
    else:
        parts.append(on_servers)
    outcomes: list[Outcome] = []
    for part in parts:
        with tempfile.TemporaryDirectory(prefix="repere-drill-") as folder:
            Path(folder).chmod(0o755)
            outcomes += part(Path(folder))
    _write(outcomes)
    return 1 if any(outcome.wrong for outcome in outcomes) else 0


def _write(outcomes: list[Outcome]) -> None:
    """The report, in French: staff read it."""
    intro = (ROOT / "scripts" / "drill_intro.md").read_text(encoding="utf-8")
    lines = intro.format(date=clock.today().isoformat(), coeurs=os.cpu_count()).splitlines()
    for outcome in outcomes:
        verdict = " ; ".join(outcome.wrong) or "rien perdu, rien doublé"
        lines.append(f"| {outcome.name} | {outcome.slowest:.1f} s | {outcome.refusals} | {verdict} |")
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{REPORT} (au plus {LONGEST} s)")


if __name__ == "__main__":
    sys.exit(main())
