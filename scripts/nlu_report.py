"""Measure the trained model on the independent test set: `.venv/bin/python scripts/nlu_report.py [--no-noise]`. Shows no message."""

from __future__ import annotations

import sys

from bot.nlu.reader import Reader
from bot.nlu.report.cases import load_cases
from bot.nlu.report.table import report


def main() -> None:
    """Print the report of the fresh model."""
    for line in report(load_cases(), Reader.load().understand, noises="--no-noise" not in sys.argv):
        print(line, flush=True)


if __name__ == "__main__":
    main()
