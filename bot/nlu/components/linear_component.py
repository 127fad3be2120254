"""What the two trained components share: how a linear model is kept in, and read from, Rasa's model storage."""

from __future__ import annotations

from typing import Any, TypeVar

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage

from bot.nlu.linear import LinearModel

Self = TypeVar("Self", bound="LinearComponent")


class LinearComponent(GraphComponent):
    """A component holding one LinearModel, None until trained or loaded."""

    def __init__(self, model_storage: ModelStorage, resource: Resource, model: LinearModel | None = None) -> None:
        """Keep where to save the model."""
        self._model_storage = model_storage
        self._resource = resource
        self.model = model

    @classmethod
    def create(
        cls: type[Self], config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> Self:
        """A component to train."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls: type[Self],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Self:
        """A trained component, read from the model."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, LinearModel.load(folder))

    def persist(self, model: LinearModel) -> Resource:
        """Keep the model and write it to the storage."""
        self.model = model
        with self._model_storage.write_to(self._resource) as folder:
            model.save(folder)
        return self._resource
