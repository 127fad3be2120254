"""The training data is disjoint from the independent test set and holds only names of the contract."""

from pathlib import Path

from bot.nlu.examples import read_files
from bot.nlu.normalise import normalise
from bot.nlu.report.cases import load_cases

DATA = Path(__file__).resolve().parents[2] / "data" / "nlu"
ANYONE_WRITES = 5  # words up to which a greeting or a bare answer may be in both sets by chance


def test_no_test_message_was_trained_on() -> None:
    """Hardly any message of the test set longer than a bare answer is also, by chance, in the training data."""
    trained = {normalise(example.text) for example in read_files(DATA)}
    shared = sum(normalise(case.text) in trained and len(case.text.split()) > ANYONE_WRITES for case in load_cases())
    assert len(trained) > 3000
    assert shared < 25


def test_no_message_has_two_acts() -> None:
    """The same message is never given to two acts."""
    acts: dict[str, set[str]] = {}
    for example in read_files(DATA):
        acts.setdefault(normalise(example.text), set()).add(example.act)
    assert {text: found for text, found in acts.items() if len(found) > 1} == {}
