"""Production starts with its own secrets, or not at all."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from bot import keys
from bot.errors import BadInput
from tests.helpers.stack import ROOT

PARTS = {"door": ["bot.door", "--port", "0"], "actions": ["actions.server", "--port", "0"], "jobs": ["bot.jobs"]}


@pytest.mark.parametrize("part", PARTS)
def test_no_part_starts_without_its_secret(part: str, tmp_path) -> None:
    """Exit 2, one line that names the setting, no traceback."""
    env = {**os.environ, "REPERE_ENV": "production", "REPERE_SECRET": "", "REPERE_VAR": str(tmp_path)}
    command = [sys.executable, "-W", "ignore", "-m", *PARTS[part]]

    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)

    assert done.returncode == 2
    assert "REPERE_SECRET" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("secret", ["court", "exemple-de-secret-assez-long-pour-passer", "x" * 31])
def test_weak_secrets_are_refused(monkeypatch: pytest.MonkeyPatch, secret: str) -> None:
    """Too short, or one of the examples."""
    monkeypatch.setenv("REPERE_ENV", "production")
    monkeypatch.setenv("REPERE_SECRET", secret)
    with pytest.raises(BadInput, match="REPERE_SECRET"):
        keys.check()


def test_an_outgoing_call_needs_its_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """A webhook that is not signed could be forged."""
    monkeypatch.setenv("REPERE_ENV", "production")
    monkeypatch.setenv("REPERE_SECRET", "s" * 40)
    keys.check()
    monkeypatch.setenv("REPERE_WEBHOOK_URL", "https://caf.example/evenements")
    with pytest.raises(BadInput, match="REPERE_WEBHOOK_SECRET"):
        keys.check()


def test_development_makes_its_own_secret(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    """Made once, readable by its owner only, the same for every process."""
    monkeypatch.setenv("REPERE_VAR", str(tmp_path))
    monkeypatch.delenv("REPERE_SECRET", raising=False)
    monkeypatch.delenv("REPERE_ENV", raising=False)
    keys.check()

    assert keys.secret() == keys.secret()
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0
