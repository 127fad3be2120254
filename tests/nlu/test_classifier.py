"""The linear reader: features, negation, training, and the model file."""

from pathlib import Path

import numpy as np
import pytest

from bot.nlu.augment import augment
from bot.nlu.calibration import calibration_error, fit_temperature, softmax
from bot.nlu.examples import Example, numbered, read_files
from bot.nlu.linear import LinearModel
from bot.nlu.tokens import plain, tokenise
from bot.nlu.training import ACTS, train

DATA = Path(__file__).resolve().parents[2] / "data" / "nlu"
SMALL = numbered(
    Example(f"{text} {extra}", act, situations)
    for text, act, situations in (
        ("mon mari m'a quittée", "situation", ("separation",)),
        ("j'ai deux loyers de retard", "situation", ("impaye_loyer",)),
        ("je voudrais un rendez-vous", "rendez_vous", ()),
        ("oui d'accord", "affirmer", ()),
    )
    for extra in ("", "merci", "svp", "bonjour", "hier", "vraiment", "madame", "en fait")
)


@pytest.fixture(scope="module")
def model() -> LinearModel:
    """A reader trained on a handful of messages."""
    return train(SMALL)


def test_accents_and_capitals_do_not_matter() -> None:
    """« SEPAREE » and « séparée » are the same word."""
    assert tokenise("JE SUIS SEPAREE") == tokenise("je suis séparée")


def test_a_denied_word_is_marked() -> None:
    """What a negation denies shares no feature with what is said."""
    assert "non_separee" in tokenise("je ne suis pas séparée")


def test_numbers_are_read_by_kind() -> None:
    """Phones, mails and numbers do not weigh by their digits."""
    assert "ktel" in tokenise("appelez le 06 12 34 56 78")
    assert "kmail" in tokenise("marie.d@exemple.fr")


def test_sms_is_written_out() -> None:
    """SMS spelling reaches the patterns as ordinary words."""
    assert plain("jveux un rdv svp").startswith("je veux un rendez vous")


def test_training_is_repeatable(model: LinearModel) -> None:
    """The same examples give the same scores."""
    assert np.allclose(train(SMALL).scores("mon mari est parti")[ACTS], model.scores("mon mari est parti")[ACTS])


def test_saved_model_reads_the_same(model: LinearModel, tmp_path: Path) -> None:
    """A model written and read back scores alike, and its files hold no code."""
    model.save(tmp_path)
    before, after = model.scores("deux loyers de retard")[ACTS], LinearModel.load(tmp_path).scores("deux loyers de retard")[ACTS]
    assert np.allclose(before, after, atol=0.05)
    assert {path.suffix for path in tmp_path.iterdir()} == {".json", ".npz"}


def test_a_message_without_known_word_is_scored(model: LinearModel) -> None:
    """A message with nothing known in it is scored by its priors, without failing."""
    assert np.isfinite(model.scores("🙂")[ACTS]).all()


def test_variants_keep_digits_and_source() -> None:
    """Augmentation never invents a source and is the same for a seed."""
    first, second = augment(SMALL, seed=3), augment(SMALL, seed=3)
    assert first == second
    assert {example.source for example in first} == {example.source for example in SMALL}


def test_every_act_and_situation_has_forty_examples() -> None:
    """The training data keeps its promise: forty hand-written examples or more for each act and situation."""
    examples = read_files(DATA)
    acts = {act: sum(example.act == act for example in examples) for act in {example.act for example in examples}}
    names = {name for example in examples for name in example.situations}
    situations = {name: sum(name in example.situations for example in examples) for name in names}
    assert len(acts) == 33
    assert len(situations) == 20
    assert min(acts.values()) >= 40
    assert min(situations.values()) >= 40


def test_temperature_tempers_overconfidence() -> None:
    """Scores that are too sure are scaled down, and the calibration error falls."""
    rng = np.random.default_rng(1)
    gold = rng.integers(0, 3, 600)
    scores = rng.normal(0, 4, (600, 3)) + np.eye(3)[gold] * 4
    factor = fit_temperature(scores, gold)

    def error(values: np.ndarray) -> float:
        shares = softmax(values)
        return calibration_error(shares.max(axis=1), shares.argmax(axis=1) == gold)

    assert factor < 1
    assert error(scores * factor) < error(scores)
