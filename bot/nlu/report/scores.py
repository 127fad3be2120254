"""Figures of one run over the test set: accuracy, F1, recall, false alarms, each with a 95 % bootstrap interval."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from bot.nlu.calibration import calibration_error
from bot.nlu.report.cases import Case

ALARMS = ("danger", "detresse")
MENTION_KEYS = (
    "nb_enfants", "ages_enfants", "age_demandeur", "enceinte", "commune", "code_postal", "departement", "date", "date_precision",
    "prestations", "prestations_absentes", "montant_dette", "nb_mois_impayes", "allocataire", "logement", "telephone", "email",
)  # fmt: skip
DATE_MARGIN = {"environ": 7, "mois": 16, "annee": 31}  # days; the annotators chose one day among several as good
DRAWS = 400  # bootstrap resamplings

Pair = tuple[Case, dict[str, Any]]  # what was expected, what `understand` answered


@dataclass(frozen=True)
class Figure:
    """A figure with its 95 % interval and the number of messages it rests on."""

    value: float
    low: float
    high: float
    count: int


def figure(pairs: Sequence[Pair], measure: Callable[[Sequence[Pair]], float], seed: int = 5) -> Figure:
    """The measure over the pairs, its interval by resampling them."""
    rng = np.random.default_rng(seed)
    draws = [measure([pairs[i] for i in rng.integers(0, len(pairs), len(pairs))]) for _ in range(DRAWS)] if pairs else [0.0]
    low, high = np.nanpercentile(draws, [2.5, 97.5])
    return Figure(measure(pairs) if pairs else float("nan"), float(low), float(high), len(pairs))


def labelled(pairs: Sequence[Pair]) -> list[Pair]:
    """The messages whose situations and mentions are labelled too."""
    return [pair for pair in pairs if not pair[0].act_only]


def act_accuracy(pairs: Sequence[Pair]) -> float:
    """Share of messages whose act is right, « not understood » being an act."""
    return float(np.mean([case.act == found["act"] for case, found in pairs]))


def _f1(right: int, wrong: int, missed: int) -> float:
    """F1 from counts; nan when there is nothing to find and nothing found."""
    return 2 * right / (2 * right + wrong + missed) if right + wrong + missed else float("nan")


def label_counts(pairs: Sequence[Pair]) -> dict[str, tuple[int, int, int]]:
    """For each situation: found rightly, found wrongly, missed."""
    counts: dict[str, list[int]] = {}
    for case, found in pairs:
        gold, guessed = set(case.situations), {entry["id"] for entry in found["situations"]}
        for position, names in enumerate((gold & guessed, guessed - gold, gold - guessed)):
            for name in names:
                counts.setdefault(name, [0, 0, 0])[position] += 1
    return {name: (values[0], values[1], values[2]) for name, values in sorted(counts.items())}


def situations_f1(pairs: Sequence[Pair]) -> float:
    """Mean over the situations of their F1."""
    return float(np.nanmean([_f1(*counts) for counts in label_counts(pairs).values()] or [float("nan")]))


def alarming(pairs: Sequence[Pair]) -> list[Pair]:
    """The messages that must alarm."""
    return [pair for pair in pairs if pair[0].act in ALARMS]


def alarm_rate(pairs: Sequence[Pair]) -> float:
    """Share of messages that raised danger or distress."""
    return float(np.mean([found["act"] in ALARMS for _, found in pairs])) if pairs else float("nan")


def mention_f1(key: str) -> Callable[[Sequence[Pair]], float]:
    """Measure of one mention: right when the value is exactly the one expected."""

    def measure(pairs: Sequence[Pair]) -> float:
        right = wrong = missed = 0
        for case, found in pairs:
            gold, guessed = _value(case.mentions, key), _value(found["mentions"], key)
            same = gold == guessed or (key == "date" and _close(case.mentions, gold, guessed))
            right += gold is not None and same
            wrong += guessed is not None and not same
            missed += gold is not None and not same
        return _f1(right, wrong, missed)

    return measure


def _close(mentions: dict[str, Any], gold: str | None, guessed: str | None) -> bool:
    """True when two dates differ by less than the precision with which the message gave the day."""
    if not gold or not guessed:
        return False
    apart = abs((date.fromisoformat(str(gold)) - date.fromisoformat(str(guessed))).days)
    return apart <= DATE_MARGIN.get(str(mentions.get("date_precision")), 0)


def _value(mentions: dict[str, Any], key: str) -> Any:
    """A mention, lists without order, communes without case."""
    value = mentions.get(key)
    if isinstance(value, list):
        return tuple(sorted(value))
    return value.casefold() if isinstance(value, str) and key == "commune" else value


def ece(pairs: Sequence[Pair]) -> float:
    """Calibration error of the act retained."""
    confidences = np.array([found["confidence"] for _, found in pairs])
    return calibration_error(confidences, np.array([case.act == found["act"] for case, found in pairs]))


def confusions(pairs: Sequence[Pair], least: int = 2) -> list[tuple[str, str, int]]:
    """Wrong readings, most frequent first: act expected, act found, times."""
    counts: dict[tuple[str, str], int] = {}
    for case, found in pairs:
        if case.act != found["act"]:
            key = (str(case.act), str(found["act"]))
            counts[key] = counts.get(key, 0) + 1
    return sorted(((gold, got, count) for (gold, got), count in counts.items() if count >= least), key=lambda row: -row[2])
