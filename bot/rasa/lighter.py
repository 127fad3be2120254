"""Takes out of Rasa what costs most of a turn and brings nothing here.

At each action, Rasa checks its own schema of the answers against the schema of schemas, then the answer against it: four fifths of the
processor time of a turn (profile in docs/rapports/bench.md). The action server is ours: the shape of its answer is enough.
"""

from __future__ import annotations

from typing import Any

from rasa.core.actions.action import RemoteAction
from rasa.shared.exceptions import RasaException


def apply() -> None:
    """Replace the check; called once, when the channel is built."""
    RemoteAction._validate_action_result = _check


def _check(_: RemoteAction, result: dict[str, Any]) -> bool:
    """True when the answer is a list of named events and a list of responses. Raises RasaException otherwise: the turn then fails."""
    events, responses = result.get("events"), result.get("responses")
    named = isinstance(events, list) and all(isinstance(event, dict) and isinstance(event.get("event"), str) for event in events)
    if not named or not isinstance(responses, list) or not all(isinstance(response, dict) for response in responses):
        raise RasaException("the action server answered in an unknown shape")
    return True
