"""`repere review`: what was not understood becomes an example, masked and once."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from bot import settings
from bot.cli.review import command
from bot.database import migrate, session_scope
from bot.database.models.conversations import ConversationTurn
from bot.errors import BadInput

NOW = datetime(2026, 11, 22, 10, tzinfo=timezone.utc)


@pytest.fixture
def one_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database with one message not understood and one understood; examples are written under a temporary root."""
    monkeypatch.setenv("REPERE_DATABASE_URL", f"sqlite:///{tmp_path / 'review.db'}")
    migrate()
    with session_scope() as session:
        for text, act, confidence in (("g plu de sou pr le loyé", "nlu_fallback", 0.2), ("oui", "affirmer", 0.99)):
            session.add(ConversationTurn(conversation_id="c1", at=NOW, text=text, act=act, confidence=confidence))
    (tmp_path / "data/nlu").mkdir(parents=True)
    (tmp_path / "domain.yml").write_text((settings.ROOT / "domain.yml").read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(settings, "ROOT", tmp_path)
    monkeypatch.setenv("REPERE_CATALOG", str(Path(__file__).resolve().parents[2] / "data" / "catalog"))
    return tmp_path


def test_only_what_was_not_understood_is_listed(one_message: Path) -> None:
    """The sure reading stays out of the list."""
    shown = CliRunner().invoke(command, ["list"]).output

    assert "loyé" in shown
    assert '"oui"' not in shown


def test_a_labelled_message_becomes_an_example_and_leaves_the_list(one_message: Path) -> None:
    """It is written in Rasa's format with its situation, and is not offered again."""
    CliRunner().invoke(command, ["label", "1", "situation", "--situation", "impaye_loyer"], catch_exceptions=False)

    block = yaml.safe_load((one_message / "data/nlu/revues.yml").read_text(encoding="utf-8"))["nlu"][0]
    assert (block["intent"], block["metadata"]) == ("situation", {"situations": ["impaye_loyer"]})
    assert "loyé" not in CliRunner().invoke(command, ["list"]).output


def test_an_unknown_act_writes_nothing(one_message: Path) -> None:
    """The message stays in the list when its label is wrong."""
    with pytest.raises(BadInput):
        CliRunner().invoke(command, ["label", "1", "bavardage"], catch_exceptions=False)

    assert "loyé" in CliRunner().invoke(command, ["list"]).output
