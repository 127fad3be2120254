"""The trained model on the independent test set: the targets of understanding, with a margin for the noise of training."""

from collections.abc import Sequence

import pytest

from bot.nlu.reader import Reader
from bot.nlu.report import scores
from bot.nlu.report.cases import load_cases
from bot.nlu.report.noise import NOISES, noisy
from bot.nlu.report.scores import Pair, figure
from bot.nlu.report.table import headline, mention_figures, run
from bot.running.model import train

MARGIN = 0.01
AT_LEAST = {"act accuracy": 0.92, "situations macro F1": 0.90, "alarm recall": 0.98, "place to Caf": 0.97}
AT_MOST = {"false alarms": 0.02}
FALL = 0.05  # most that a kind of noise may take from a figure
SLOWEST_MS = 15.0


@pytest.fixture(scope="module")
def reader() -> Reader:
    """The trained model, trained first when it is missing or stale."""
    train(quiet=True)
    return Reader.load()


@pytest.fixture(scope="module")
def answered(reader: Reader) -> tuple[Sequence[Pair], float]:
    """Every message of the test set with its reading, and the median time of one."""
    return run(load_cases(), reader.understand)


@pytest.mark.parametrize("name", AT_LEAST)
def test_target_is_reached(answered: tuple[Sequence[Pair], float], name: str) -> None:
    """Acts, situations, alarms and places reach their targets."""
    assert headline(answered[0])[name].value >= AT_LEAST[name] - MARGIN


@pytest.mark.parametrize("name", AT_MOST)
def test_false_alarms_are_rare(answered: tuple[Sequence[Pair], float], name: str) -> None:
    """What looks like danger raises few alarms."""
    assert headline(answered[0])[name].value <= AT_MOST[name] + MARGIN


def test_mentions_are_read(answered: tuple[Sequence[Pair], float]) -> None:
    """Each mention reaches its target."""
    low = {name: found.value for name, found in mention_figures(answered[0]).items() if found.value < 0.93 - MARGIN}
    assert low == {}


def test_reading_is_fast(answered: tuple[Sequence[Pair], float]) -> None:
    """The median message is read within the target."""
    assert answered[1] <= SLOWEST_MS


@pytest.mark.parametrize("name", NOISES)
def test_noise_takes_little(reader: Reader, answered: tuple[Sequence[Pair], float], name: str) -> None:
    """Typing noise takes no more than five points from acts, situations and alarms."""
    clean, _ = answered
    changed, _ = run(noisy(load_cases(), name), reader.understand)
    measures = {"acts": scores.act_accuracy, "situations": lambda pairs: scores.situations_f1(scores.labelled(pairs))}
    fallen = {key: figure(clean, measure).value - figure(changed, measure).value for key, measure in measures.items()}
    fallen["alarms"] = scores.alarm_rate(scores.alarming(clean)) - scores.alarm_rate(scores.alarming(changed))
    assert {key: fall for key, fall in fallen.items() if fall > FALL + MARGIN} == {}
