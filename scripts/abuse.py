"""Send 20,000 hostile messages to the real processes and write docs/rapports/abus.md: `make abuse [ABUSE_MESSAGES=20000]`."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from bot import clock
from tests.abuse.run import attack, faults_in
from tests.helpers.stack import ROOT, Stack

REPORT = ROOT / "docs" / "rapports" / "abus.md"
WARM_UP = 0.25  # share of the messages before which memory is not compared: caches fill
GROWTH_MB = 60  # more than that between a quarter and the end of the run is a leak


def main() -> int:
    """Run, write the report. Exits 1 when something was wrong."""
    count = int(os.environ.get("ABUSE_MESSAGES", "20000"))
    with tempfile.TemporaryDirectory(prefix="repere-abuse-") as folder:
        stack = Stack(Path(folder))
        stack.migrate()
        stack.start()
        try:
            stack.wait()
            began = time.monotonic()
            first = attack(stack.url(), int(count * WARM_UP), seed=1)
            before = stack.memory()
            second = attack(stack.url(), count - int(count * WARM_UP), seed=2)
            after, seconds = stack.memory(), time.monotonic() - began
            faults = faults_in(stack.logs())
        finally:
            stack.stop()
    wrong = [*first.wrong, *second.wrong, *faults]
    wrong += [f"{name} grew by {after[name] - before[name]:.0f} MB" for name in after if after[name] - before[name] > GROWTH_MB]
    statuses, kinds = first.statuses + second.statuses, first.kinds + second.kinds
    _write(count, seconds, statuses, kinds, before, after, wrong)
    print(f"{sum(statuses.values())} messages in {seconds:.0f} s: {dict(sorted(statuses.items()))}; {len(wrong)} faults; {REPORT}")
    for line in wrong[:20]:
        print(f"✘ {line}")
    return 1 if wrong else 0


def _write(count: int, seconds: float, statuses: dict, kinds: dict, before: dict, after: dict, wrong: list[str]) -> None:
    lines = [
        "# Messages hostiles",
        "",
        f"Rapport de `make abuse`, le {clock.today().isoformat()}, sur {os.cpu_count()} cœurs.",
        f"{sum(statuses.values())} messages tirés d'une graine fixe.",
        f"Durée : {seconds:.0f} secondes, quatre personnes à la fois.",
        f"Fautes trouvées : **{len(wrong)}**.",
        "Une faute est un code 5xx, une trace d'erreur, un tour qui échoue ou une mémoire qui grossit.",
        "",
        "| code | réponses |",
        "|---|---|",
        *(f"| {status} | {number} |" for status, number in sorted(statuses.items())),
        "",
        "| sorte | messages |",
        "|---|---|",
        *(f"| {kind} | {number} |" for kind, number in sorted(kinds.items())),
        "",
        f"Mémoire de chaque processus (Mo), après le premier quart puis à la fin ; plus de {GROWTH_MB} Mo d'écart est une faute.",
        "",
        "| processus | au quart | à la fin |",
        "|---|---|---|",
        *(f"| {name} | {before[name]:.0f} | {after[name]:.0f} |" for name in sorted(after)),
        "",
        *(f"- {line}" for line in wrong[:50]),
    ]
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
