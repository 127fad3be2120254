"""The trained model: whether it is fresh, and how it is trained."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from bot import settings
from bot.errors import PartDown

QUIET = {"RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}
TRAINED_ON = ("config.yml", "domain.yml", "data/nlu", "data/rules", "bot/nlu")  # what a model is made from


def _files() -> list[Path]:
    """Files a model is made from, sorted; compiled Python is left out."""
    files: list[Path] = []
    for name in TRAINED_ON:
        path = settings.ROOT / name
        files += [path] if path.is_file() else [p for p in path.rglob("*") if p.is_file() and p.suffix in {".py", ".yml", ".yaml", ".txt"}]
    return sorted(files)


def fingerprint() -> str:
    """Twelve hexadecimal digits that change when anything the model is trained on changes."""
    digest = hashlib.sha256()
    for path in _files():
        digest.update(str(path.relative_to(settings.ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def model_path() -> Path:
    """Where the model of the present training data is, or will be."""
    return settings.models_dir() / f"repere-{fingerprint()}.tar.gz"


def trained_model() -> Path:
    """The fresh model. Raises PartDown when it is missing or stale."""
    path = model_path()
    if not path.is_file():
        raise PartDown("no trained model for the present data: run « .venv/bin/repere train »")
    return path


def train(quiet: bool = False) -> Path:
    """Train the model when it is missing or stale, and return its path. Raises PartDown when training fails."""
    path = model_path()
    if path.is_file():
        return path
    command = [sys.executable, "-m", "rasa", "train", "--force", "--skip-validation", "--out", str(path.parent)]
    command += ["--fixed-model-name", path.stem.removesuffix(".tar")]
    environment = {**os.environ, **QUIET, "RASA_MAX_CACHE_SIZE": "0"}  # Rasa's cache does not see that our reader's code has changed
    done = subprocess.run(command, cwd=settings.ROOT, env=environment, capture_output=quiet, text=True)
    if done.returncode or not path.is_file():
        last_line = (done.stderr or "").strip().splitlines()[-1:] or [f"exit {done.returncode}"]
        raise PartDown(f"training failed: {last_line[0]}")
    _keep_latest(path)
    return path


def _keep_latest(path: Path, kept: int = 3) -> None:
    """Remove the oldest models: one weighs several megabytes and each change of data makes a new one."""
    models = sorted(path.parent.glob("repere-*.tar.gz"), key=lambda p: p.stat().st_mtime, reverse=True)
    for old in models[kept:]:
        old.unlink()
