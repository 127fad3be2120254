"""`make bench`: the figures of issue 8 in one run, as ratios, into docs/rapports/bench.md. Exits 1 when a target is missed."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from bot import clock
from scripts.bench import load, plain, processor, replicas
from tests.helpers import topology
from tests.helpers.stack import ROOT, Stack

REPORT = ROOT / "docs" / "rapports" / "bench.md"
SHORT = os.environ.get("BENCH_SHORT") == "1"
TURNS = 20 if SHORT else 60
LONG = 60 if SHORT else 210
PEOPLE = (1, 10) if SHORT else (1, 10, 50)


@dataclass
class Figures:
    """Lines of the report, and the targets."""

    lines: list[str] = field(default_factory=list)
    targets: list[tuple[str, str, str, bool]] = field(default_factory=list)  # name, target, measured, met

    def row(self, *cells: object) -> None:
        """A line of a table."""
        self.lines.append("| " + " | ".join(f"{cell:.0f}" if isinstance(cell, float) else str(cell) for cell in cells) + " |")
        print(self.lines[-1], flush=True)

    def table(self, title: str, *columns: str) -> None:
        """Begin a table."""
        self.lines += ["", f"## {title}", ""]
        self.row(*columns)
        self.lines.append("|" + "---|" * len(columns))

    def target(self, name: str, value: float, most: float, unit: str = "", least: bool = False) -> None:
        """Compare with a target: at most, or at least."""
        met = value >= most if least else value <= most
        self.targets.append((name, f"{'≥' if least else '≤'} {most:g} {unit}", f"{value:.2f} {unit}", met))


def understanding(figures: Figures, models: dict[str, Path]) -> None:
    """(a) Time to understand a message."""
    figures.table("Comprendre un message (ms)", "système", "médiane", "95e centile")
    found = {}
    for name, path in models.items():
        done = subprocess.run(
            [sys.executable, "-m", "scripts.bench.parse", str(path)], cwd=ROOT, capture_output=True, text=True, check=True
        )
        found[name] = json.loads(done.stdout.strip().splitlines()[-1])
        figures.row(name, f"{found[name]['median']:.1f}", f"{found[name]['p95']:.1f}")
    figures.row("rapport", f"{found['Repère']['median'] / found['Rasa nu']['median']:.2f}", "")


def turns(figures: Figures, ours: str, plain_url: str) -> None:
    """(b) A full turn, several people at once, and (c) along a conversation."""
    figures.table(
        "Tour complet (ms)", "conversations à la fois", "Repère médiane", "Repère 95e", "Rasa nu médiane", "Rasa nu 95e", "rapport"
    )
    for people in PEOPLE:
        mine, other = load.run(ours, load.ours, people, TURNS), load.run(plain_url, load.plain, people, TURNS)
        figures.row(people, mine.median(), mine.p95(), other.median(), other.p95(), f"{mine.median() / other.median():.2f}")
    calm = load.run(ours, load.ours, 10, 6 if SHORT else 12, pause=3.0)
    figures.row("10, avec 3 s de pause", calm.median(), calm.p95(), "", "", "")
    figures.target("95e centile, 10 conversations, 3 s de pause", calm.p95(), 300, "ms")


def along(figures: Figures, ours: str, plain_url: str) -> None:
    """(c) The same turn late in a conversation."""
    figures.table("Tour complet le long d'une conversation (médiane, ms)", "tour", "Repère", "Rasa nu", "rapport")
    mine, other = load.run(ours, load.ours, 2, LONG), load.run(plain_url, load.plain, 2, LONG)
    late = LONG - 10
    for turn in (10, late // 2, late):
        figures.row(turn, mine.around(turn), other.around(turn), f"{mine.around(turn) / other.around(turn):.2f}")
    figures.target("tour 10, rapporté à Rasa nu", mine.around(10) / other.around(10), 0.6)
    figures.target(f"tour {late}, rapporté à Rasa nu", mine.around(late) / other.around(late), 0.3)
    figures.target(f"tour {late}, rapporté au tour 10", mine.around(late) / mine.around(10), 1.2)


def parts(figures: Figures, stack: Stack) -> None:
    """Where the time of a turn goes for one person, as each part counts it. « turn » holds « rasa », which holds the rest."""
    figures.table("Où passe le temps d'un tour d'une personne seule (moyenne, ms)", "partie", "temps")
    before = _kept(stack)
    load.run(stack.url(), load.ours, 1, TURNS)
    spent = {name: value - before.get(name, 0.0) for name, value in _kept(stack).items()}
    for part in sorted(name.removeprefix("sum") for name in spent if name.startswith("sum")):
        figures.row(part, f"{1000 * spent['sum' + part] / max(spent['count' + part], 1):.1f}")


def _kept(stack: Stack) -> dict[str, float]:
    """Seconds and number of times of each part, as the processes count them."""
    paths = {"door1": "/metrics", "rasa1": "/webhooks/repere/metrics", "actions1": "/metrics"}
    pages = [httpx.get(stack.url(name) + path, trust_env=False).text for name, path in paths.items()]
    sums: dict[str, float] = {}
    for line in "\n".join(pages).splitlines():
        if line.startswith(("repere_part_seconds_sum{", "repere_part_seconds_count{")):
            name = line.split("{")[0][20:] + line.split('"')[1]
            sums[name] = sums.get(name, 0.0) + float(line.split()[-1])
    return sums


def work(figures: Figures, stack: Stack) -> None:
    """Processor time of a turn, by process: what the number of machines is counted from (docs/passage-a-l-echelle.md)."""
    figures.table("Temps de processeur d'un tour (ms)", "processus", "temps")
    spent = processor.per_turn(stack)
    for name, value in spent.items():
        figures.row(name, f"{value:.1f}")
    figures.row("total", f"{sum(spent.values()):.1f}")


def beside(figures: Figures) -> None:
    """(d) Turns a second with one and two of each, behind nginx on PostgreSQL."""
    if topology.missing():
        figures.lines += ["", "Répliques : non mesurées, nginx, Redis ou PostgreSQL manque."]
        return
    figures.table("Répliques (derrière nginx, sur PostgreSQL et Redis)", "Rasa et actions", "tours par seconde", "médiane (ms)")
    for share in (None, replicas.SHARE) if replicas.can_hold() else (None,):
        held = f", chaque Rasa tenu à {share} % d'un cœur" if share else ""
        one, two = replicas.rates(10 if SHORT else 25, share)
        for count, times in ((1, one), (2, two)):
            figures.row(f"{count}{held}", f"{times.rate():.1f}", times.median())
        figures.target(f"deux répliques rapportées à une ({os.cpu_count()} cœurs{held})", two.rate() / one.rate(), 1.7, least=True)


def start(figures: Figures, stack: Stack) -> None:
    """(e) From nothing to the first answer."""
    began = time.monotonic()
    stack.migrate()
    stack.start()
    stack.wait()
    httpx.post(stack.url() + "/api/conversations", json={}, timeout=30, trust_env=False).raise_for_status()
    figures.target("démarrage à froid, première réponse", time.monotonic() - began, 60, "s")


def memory(figures: Figures, stack: Stack) -> None:
    """(e) Memory after the load."""
    figures.table("Mémoire après la charge (Mo)", "processus", "mémoire")
    found = stack.memory()
    for name, value in found.items():
        figures.row(name, value)
    figures.row("total", sum(found.values()))
    figures.target("mémoire de l'ensemble", sum(found.values()) / 1000, 3, "Go")
    figures.target("mémoire de la porte et des actions, chacune", max(found["door1"], found["actions1"]), 250, "Mo")


def main() -> int:
    """Measure everything and write the report."""
    figures = Figures()
    with tempfile.TemporaryDirectory(prefix="repere-bench-") as name:
        folder = Path(name)
        (folder / "plain").mkdir()
        (folder / "var").mkdir()
        print("→ plain Rasa: training", flush=True)
        model = plain.build(folder / "plain")
        stack = Stack(folder / "var")
        understanding(figures, {"Repère": stack.model, "Rasa nu": model})
        server, url = plain.serve(folder / "plain")
        try:
            start(figures, stack)
            _wait(url)
            for address, opener in ((stack.url(), load.ours), (url, load.plain)):
                load.run(address, opener, 2, 10)  # warm
            turns(figures, stack.url(), url)
            along(figures, stack.url(), url)
            parts(figures, stack)
            work(figures, stack)
            memory(figures, stack)
        finally:
            stack.stop()
            server.kill()
        beside(figures)
    _write(figures)
    return 1 if any(not met for *_, met in figures.targets) else 0


def _wait(url: str) -> None:
    for _ in range(600):
        try:
            if httpx.get(f"{url}/status", timeout=2, trust_env=False).status_code in {200, 401, 404}:
                return
        except httpx.HTTPError:
            time.sleep(0.5)
    raise TimeoutError("plain Rasa does not start")


def _write(figures: Figures) -> None:
    """The report, in French: staff read it."""
    intro = Path(__file__).with_name("intro.md").read_text(encoding="utf-8")
    lines = intro.format(date=clock.today().isoformat()).splitlines()
    lines += [f"Machine : {os.cpu_count()} cœurs, charge au départ {os.getloadavg()[1]:.1f}, Python {platform.python_version()}.", ""]
    lines += ["| but | visé | mesuré | |", "|---|---|---|---|"]
    lines += [f"| {name} | {most} | {value} | {'atteint' if met else '**manqué**'} |" for name, most, value, met in figures.targets]
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text("\n".join([*lines, *figures.lines]) + "\n", encoding="utf-8")
    print(f"→ {REPORT}")


if __name__ == "__main__":
    sys.exit(main())
