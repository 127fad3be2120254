"""Compare pipelines on the same data and test set: `scripts/compare_pipelines.py [NAME…]`, slow ones last; prints a Markdown table.

One training message out of `SHARE` is used, the same for all: DIET takes minutes an epoch on all of them.

Each pipeline runs in its own process, so that time and memory are its own. Acts are compared by all; situations by those that can
give several labels to a message.
"""

from __future__ import annotations

import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from sklearn.metrics import f1_score

from bot import settings
from bot.nlu import training
from bot.nlu.calibration import sigmoid
from bot.nlu.examples import Example, numbered, read_files
from bot.nlu.mentions import extract_mentions
from bot.nlu.report.cases import Case, load_cases
from bot.nlu.word_vectors import WordVectors

DATA = settings.ROOT / "data" / "nlu"
SHARE = 4
CONFIGS = Path(__file__).with_name("pipelines")
NO_ACT = "charabia"  # what the training data calls a message that is not to be understood
Answer = tuple[str, list[str]]  # act, situations
Predict = Callable[[str], Answer]


def _linear(vectors: bool) -> Callable[[Sequence[Example]], Predict]:
    """(c) our linear classifiers, several labels a message; with `vectors`, the mean of spaCy's word vectors beside the n-grams."""

    def train(examples: Sequence[Example]) -> Predict:
        model = training.train(examples, WordVectors.of_spacy() if vectors else None)
        acts, situations = model.heads[training.ACTS], model.heads[training.SITUATIONS]

        def predict(text: str) -> Answer:
            scores = model.scores(text, extract_mentions(text, training.ANY_DAY))
            told = sigmoid(scores[training.SITUATIONS])
            names = [name for name, value in zip(situations.labels, told, strict=True) if value >= 0.5 and name != training.ALARM]
            return acts.labels[int(np.argmax(scores[training.ACTS]))], names

        return predict

    return train


def _floor(examples: Sequence[Example]) -> Predict:
    """(d) TF-IDF of words with LinearSVC, outside Rasa, neither normalised nor augmented."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.multiclass import OneVsRestClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import MultiLabelBinarizer
    from sklearn.svm import LinearSVC

    texts = [example.text for example in examples]
    acts = make_pipeline(TfidfVectorizer(ngram_range=(1, 2)), LinearSVC(random_state=7)).fit(texts, [example.act for example in examples])
    names = MultiLabelBinarizer()
    gold = names.fit_transform([example.situations for example in examples])
    told = make_pipeline(TfidfVectorizer(ngram_range=(1, 2)), OneVsRestClassifier(LinearSVC(random_state=7))).fit(texts, gold)
    return lambda text: (str(acts.predict([text])[0]), list(names.inverse_transform(told.predict([text]))[0]))


def _written(examples: Sequence[Example], folder: str) -> str:
    """Path of the examples as a Rasa training file in the folder."""
    blocks = [{"intent": act, "examples": "".join(f"- {each.text}\n" for each in examples if each.act == act)} for act in _acts(examples)]
    path = Path(folder) / "nlu.yml"
    path.write_text(yaml.safe_dump({"version": "3.1", "nlu": blocks}, allow_unicode=True, width=10_000), encoding="utf-8")
    return str(path)


def _acts(examples: Sequence[Example]) -> list[str]:
    """The acts of the examples, each once."""
    return sorted({example.act for example in examples})


def _rasa(config: str) -> Callable[[Sequence[Example]], Predict]:
    """A Rasa configuration of scripts/pipelines, trained on the hand-written examples; one label a message."""

    def train(examples: Sequence[Example]) -> Predict:
        from bot.nlu.reader import silence_rasa

        silence_rasa()
        from rasa.core.agent import Agent
        from rasa.model_training import train_nlu

        folder = tempfile.mkdtemp()
        path = train_nlu(str(CONFIGS / f"{config}.yml"), _written(examples, folder), folder)
        agent = Agent.load(path)
        loop = asyncio.new_event_loop()

        def predict(text: str) -> Answer:
            intent = loop.run_until_complete(agent.parse_message(text))["intent"]["name"]
            return NO_ACT if intent == "nlu_fallback" else intent, []

        return predict

    return train


PIPELINES: dict[str, tuple[str, Callable[[Sequence[Example]], Predict]]] = {
    "floor": ("(d) TF-IDF + LinearSVC, outside Rasa", _floor),
    "linear": ("ours without vectors: n-grams and signs", _linear(vectors=False)),
    "linear_vectors": ("(c) ours: n-grams, signs, spaCy vectors", _linear(vectors=True)),
    "rasa_default": ("(a) Rasa's default, DIET", _rasa("rasa_default")),
    "spacy_diet": ("(b) spaCy vectors, DIET", _rasa("spacy_diet")),
}


def _situations_f1(cases: Sequence[Case], answers: Sequence[Answer]) -> float | None:
    """Macro F1 over the situations, None for a pipeline that gives none."""
    if not any(told for _, told in answers):
        return None
    names = sorted({name for case in cases for name in case.situations})
    kept = [index for index, case in enumerate(cases) if not case.act_only]
    gold = np.array([[name in cases[index].situations for name in names] for index in kept])
    found = np.array([[name in answers[index][1] for name in names] for index in kept])
    return float(f1_score(gold, found, average="macro"))


def measure(name: str) -> dict[str, Any]:
    """Train and test one pipeline in this process: scores, seconds, milliseconds, megabytes."""
    cases = load_cases()
    examples = numbered(read_files(DATA)[::SHARE])
    start, spent = time.perf_counter(), time.process_time()
    predict = PIPELINES[name][1](examples)
    trained, processor = time.perf_counter() - start, time.process_time() - spent
    predict("bonjour")
    answers, times = [], []
    for case in cases:
        begun = time.perf_counter()
        answers.append(predict(case.text))
        times.append(1000 * (time.perf_counter() - begun))
    gold = [case.act or NO_ACT for case in cases]
    return {
        "acts": float(f1_score(gold, [act for act, _ in answers], average="macro")),
        "accuracy": float(np.mean([act == expected for (act, _), expected in zip(answers, gold, strict=True)])),
        "situations": _situations_f1(cases, answers),
        "latency_ms": float(np.median(times)),
        "training_s": trained,
        "training_cpu_s": processor,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def row(name: str) -> str:
    """One line of the table, measured in a process of its own."""
    command = [sys.executable, __file__, "--measure", name]
    done = subprocess.run(command, capture_output=True, text=True, cwd=settings.ROOT)
    if done.returncode:
        return f"| {PIPELINES[name][0]} | failed: {done.stderr.strip().splitlines()[-1]} | | | | | |"
    found = json.loads(done.stdout.strip().splitlines()[-1])
    situations = "one label only" if found["situations"] is None else f"{found['situations']:.3f}"
    return (
        f"| {PIPELINES[name][0]} | {found['acts']:.3f} | {found['accuracy']:.3f} | {situations} | {found['latency_ms']:.1f} ms "
        f"| {found['training_s']:.0f} s ({found['training_cpu_s']:.0f} s of processor) | {found['memory_mb']:.0f} MB |"
    )


def main(names: Sequence[str]) -> None:
    """Print the table, one row as soon as it is measured."""
    if names and names[0] == "--measure":
        print(json.dumps(measure(names[1])))
        return
    print("| pipeline | acts, macro F1 | acts, accuracy | situations, macro F1 | median latency | training | peak memory |")
    print("|---|---|---|---|---|---|---|")
    for name in names or PIPELINES:
        print(row(name), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
