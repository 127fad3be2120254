"""Run the assistant scaled out on this machine, with PostgreSQL, Redis and nginx, until Ctrl-C: scripts/topology.sh PORT."""

from __future__ import annotations

import signal
import sys
import tempfile
from pathlib import Path

from tests.helpers import topology


def main() -> int:
    """Start, print the address, wait, stop. Exits 3 when a package is missing."""
    if absent := topology.missing():
        print(f"repere: missing: {' '.join(absent)} (install with your package manager)", file=sys.stderr)
        return 3
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8080
    with tempfile.TemporaryDirectory(prefix="repere-topology-") as folder, topology.running(Path(folder), port=port) as running:
        print(f"✔ two doors, two Rasa, two action servers behind nginx: {running.url}\n  (Ctrl-C stops it)", flush=True)
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            signal.pause()
        except KeyboardInterrupt:
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
