"""Numbers, dates, places, benefits and finer facts stated in a message, by the parsers of bot.nlu."""

from __future__ import annotations

from datetime import date
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message

from bot import clock
from bot.nlu.components.keys import HEARD, MENTIONS, metadata_of, text_to_read
from bot.nlu.heard import extract_heard
from bot.nlu.mentions import extract_mentions

DEFAULT_AUDIENCE = "allocataire"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class MentionExtractor(GraphComponent):
    """Wraps the parsers; nothing here is learnt."""

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> MentionExtractor:
        """A component without state."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Leave `mentions` and `heard` on each message."""
        for message in messages:
            text = text_to_read(message)
            if text is not None:
                self._read(message, text)
        return messages

    def _read(self, message: Message, text: str) -> None:
        """Run both parsers with the day and the audience of the message."""
        metadata = metadata_of(message)
        today = date.fromisoformat(metadata["today"]) if metadata.get("today") else clock.today()
        audience = metadata.get("audience") or DEFAULT_AUDIENCE
        mentions = extract_mentions(text, today, audience)
        message.set(MENTIONS, mentions, add_to_output=True)
        message.set(HEARD, extract_heard(text, mentions, today, audience), add_to_output=True)
