"""What the measured people say: messages of the independent test set, in a fixed order."""

from __future__ import annotations

import itertools
import random

import yaml

from tests.helpers.stack import ROOT


def messages(count: int) -> list[str]:
    """That many messages, the same at each run; danger and farewells left out, since they end a conversation."""
    left_out = {"danger", "detresse", "au_revoir", "arreter", "recommencer"}
    found: list[str] = []
    for path in sorted((ROOT / "tests" / "nlu").glob("*.yml")):
        cases = yaml.safe_load(path.read_text(encoding="utf-8"))
        if isinstance(cases, list):
            found += [case["text"] for case in cases if case.get("act") not in left_out and "tags" not in case and len(case["text"]) < 400]
    random.Random(8).shuffle(found)
    return list(itertools.islice(itertools.cycle(found), count))
