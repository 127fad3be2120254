"""The whole report as text: targets, noisy variants, situations, mentions, confusions. Shows no message."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bot.nlu.reader import caf_of
from bot.nlu.report import scores
from bot.nlu.report.cases import Case
from bot.nlu.report.noise import NOISES, noisy
from bot.nlu.report.scores import Figure, Pair, figure

Understand = Callable[[str, str | None, str | None], dict[str, Any]]


def run(cases: Sequence[Case], understand: Understand) -> tuple[list[Pair], float]:
    """Every case with its answer, and the median time of a message in milliseconds."""
    pairs: list[Pair] = []
    times: list[float] = []
    for case in cases:
        start = time.perf_counter()
        pairs.append((case, understand(case.text, case.audience, case.today)))
        times.append((time.perf_counter() - start) * 1000)
    return pairs, statistics.median(times)


def caf_accuracy(pairs: Sequence[Pair]) -> float:
    """Share of messages naming a place whose Caf is the right one."""
    return sum(caf_of(case.mentions) == found["caf"] for case, found in pairs) / len(pairs) if pairs else float("nan")


def with_place(pairs: Sequence[Pair]) -> list[Pair]:
    """The messages in which a place is expected."""
    return [pair for pair in pairs if any(pair[0].mentions.get(key) for key in ("commune", "code_postal", "departement"))]


def headline(pairs: Sequence[Pair]) -> dict[str, Figure]:
    """The figures that issue 4 sets a target to."""
    calm = [pair for pair in pairs if pair[0].act not in scores.ALARMS]
    tricky = [pair for pair in calm if pair[0].act_only or any(tag.startswith("looks_like") for tag in pair[0].tags)]
    labelled = scores.labelled(pairs)
    return {
        "act accuracy": figure(pairs, scores.act_accuracy),
        "situations macro F1": figure(labelled, scores.situations_f1),
        "alarm recall": figure(scores.alarming(pairs), scores.alarm_rate),
        "false alarms": figure(calm, scores.alarm_rate),
        "false alarms, lookalikes": figure(tricky, scores.alarm_rate),
        "place to Caf": figure(with_place(pairs), caf_accuracy),
        "calibration error": figure(pairs, scores.ece),
    }


def mention_figures(pairs: Sequence[Pair]) -> dict[str, Figure]:
    """F1 of each mention, over the messages where it is expected or found."""
    found = {}
    for key in scores.MENTION_KEYS:
        concerned = [
            pair for pair in scores.labelled(pairs) if pair[0].mentions.get(key) is not None or pair[1]["mentions"].get(key) is not None
        ]
        found[key] = figure(concerned, scores.mention_f1(key))
    return found


def _lines(figures: dict[str, Figure]) -> Iterator[str]:
    """One aligned line a figure."""
    for name, value in figures.items():
        yield f"  {name:26s} {value.value:6.3f}   [{value.low:.3f}, {value.high:.3f}]   n={value.count}"


def _situation_lines(pairs: Sequence[Pair]) -> Iterator[str]:
    """Precision and recall of each situation."""
    for name, (right, wrong, missed) in scores.label_counts(scores.labelled(pairs)).items():
        precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
        yield f"  {name:26s} precision {precision:.2f}  recall {recall:.2f}  n={right + missed}"


def report(cases: Sequence[Case], understand: Understand, noises: bool = True) -> Iterator[str]:
    """The lines of the report."""
    pairs, median = run(cases, understand)
    yield f"{len(cases)} messages, median {median:.1f} ms a message"
    yield from _lines(headline(pairs))
    yield "mentions (F1, exact value)"
    yield from _lines(mention_figures(pairs))
    yield "situations"
    yield from _situation_lines(pairs)
    yield "by audience"
    for audience in ("allocataire", "partenaire", "agent"):
        part = [pair for pair in pairs if pair[0].audience == audience]
        yield from _lines({f"act accuracy, {audience}": figure(part, scores.act_accuracy)})
    yield "confusions (expected > found)"
    yield from (f"  {gold} > {got}: {count}" for gold, got, count in scores.confusions(pairs))
    for name in NOISES if noises else ():
        changed, _ = run(noisy(cases, name), understand)
        yield f"noise: {name}"
        yield from _lines(headline(changed))
        yield from _lines(mention_figures(changed))
