"""A plain Rasa project on the same data: default pipeline and policies, REST channel, SQL store, a rule and an utterance for each act.

One epoch instead of a hundred: it changes what is learnt, not how long a message takes, and DIET needs minutes for each.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from tests.helpers.ports import free_port
from tests.helpers.stack import ROOT

EPOCHS = 1
# What Rasa 3.6 writes in a config without pipeline and policies (rasa init).
PIPELINE: list[dict[str, Any]] = [
    {"name": "WhitespaceTokenizer"},
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    {"name": "DIETClassifier", "epochs": EPOCHS, "constrain_similarities": True},
    {"name": "EntitySynonymMapper"},
    {"name": "ResponseSelector", "epochs": EPOCHS, "constrain_similarities": True},
    {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
]
POLICIES: list[dict[str, Any]] = [
    {"name": "MemoizationPolicy"},
    {"name": "RulePolicy"},
    {"name": "UnexpecTEDIntentPolicy", "max_history": 5, "epochs": EPOCHS},
    {"name": "TEDPolicy", "max_history": 5, "epochs": EPOCHS, "constrain_similarities": True},
]


def build(folder: Path) -> Path:
    """Write and train the project; returns the model."""
    shutil.copytree(ROOT / "data" / "nlu", folder / "data" / "nlu")
    written = sorted(_intents(folder / "data" / "nlu"))  # « info_service/delais » is one topic of the retrieval intent info_service
    intents = sorted({name.split("/")[0] for name in written})
    rules = [{"rule": f"answer {name}", "steps": [{"intent": name}, {"action": f"utter_{name}"}]} for name in (*intents, "nlu_fallback")]
    responses = {f"utter_{name}": [{"text": f"Réponse à {name}."}] for name in (*written, "nlu_fallback")}
    files: dict[str, Any] = {
        "config.yml": {"recipe": "default.v1", "assistant_id": "plain", "language": "fr", "pipeline": PIPELINE, "policies": POLICIES},
        "domain.yml": {"version": "3.1", "intents": intents, "responses": responses},
        "data/rules.yml": {"version": "3.1", "rules": rules},
        "credentials.yml": {"rest": None},
        "endpoints.yml": {"tracker_store": {"type": "SQL", "dialect": "sqlite", "db": str(folder / "rasa.db")}},
    }
    for name, content in files.items():
        (folder / name).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "rasa", "train", "--fixed-model-name", "plain"], cwd=folder, env=_env(), check=True, capture_output=True
    )
    return folder / "models" / "plain.tar.gz"


def serve(folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    """Start its server; returns it and its address."""
    port = free_port()
    command = [sys.executable, "-m", "rasa", "run", "--port", str(port), "--interface", "127.0.0.1", "--model", "models/plain.tar.gz"]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(command, cwd=folder, env=_env(), stdout=log, stderr=log), f"http://127.0.0.1:{port}"


def _intents(folder: Path) -> set[str]:
    files = (yaml.safe_load(path.read_text(encoding="utf-8")) for path in folder.glob("*.yml"))
    return {block["intent"] for content in files for block in content["nlu"] if "intent" in block}


def _env() -> dict[str, str]:
    return {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}
