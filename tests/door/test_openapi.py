"""The door does what docs/openapi.yaml says, whatever it is sent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import jsonschema
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.door.refusals import STATUS
from tests.helpers.door import Door
from tests.helpers.stack import ROOT

DESCRIPTION = yaml.safe_load((ROOT / "docs" / "openapi.yaml").read_text(encoding="utf-8"))
MANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=60),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
bodies = st.fixed_dictionaries(
    {}, optional={"text": st.text(max_size=2500) | anything, "choice": st.sampled_from(["oui", "non", "x"]) | anything, "key": anything}
)


def resolved(node: Any) -> Any:
    """The description with its references followed, as JSON Schema reads it."""
    if isinstance(node, list):
        return [resolved(item) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        target = DESCRIPTION
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        return resolved(target)
    found = {key: resolved(value) for key, value in node.items()}
    return {"anyOf": [{k: v for k, v in found.items() if k != "nullable"}, {"type": "null"}]} if found.get("nullable") else found


def conforms(method: str, path: str, answer: Any) -> None:
    """The status is described, and the body has the shape described for it."""
    described = resolved(DESCRIPTION["paths"][path][method]["responses"])
    assert str(answer.status_code) in described, (answer.status_code, answer.text[:200])
    content = described[str(answer.status_code)].get("content")
    if content:
        assert answer.headers["content-type"] == "application/json"
        jsonschema.validate(answer.json(), content["application/json"]["schema"])
    for header in described[str(answer.status_code)].get("headers", {}):
        assert int(answer.headers[header]) >= 1


def operations() -> Iterator[tuple[str, str]]:
    """Every operation described."""
    for path, item in DESCRIPTION["paths"].items():
        yield from ((path, method) for method in item if method in {"get", "post", "delete"})


def test_every_refusal_has_its_code_described() -> None:
    """No code of the door is left out of the description, but those of pages that do not exist."""
    described = {int(status) for path, method in operations() for status in DESCRIPTION["paths"][path][method]["responses"]}
    assert set(STATUS.values()) - {405} <= described


@given(body=bodies)
@MANY
def test_any_message(door: Door, body: dict[str, Any]) -> None:
    """Any JSON object sent as a message is answered as described, and never with 5xx."""
    answer = door.send(content=json.dumps(body).encode(), headers={"Content-Type": "application/json"})
    conforms("post", "/api/conversations/{id}/messages", answer)
    assert answer.status_code < 500


@given(content=st.binary(max_size=400) | anything.map(lambda value: json.dumps(value).encode()))
@MANY
def test_any_body(door: Door, content: bytes) -> None:
    """Any bytes at all, to both addresses that take a body."""
    conforms("post", "/api/conversations/{id}/messages", door.send(content=content))
    answer = door.client.post("/api/conversations", content=content)
    conforms("post", "/api/conversations", answer)
    assert answer.status_code < 500


@given(conversation=st.text(st.characters(blacklist_characters="/?#\\", blacklist_categories=("Cs", "Cc")), min_size=1, max_size=60))
@MANY
def test_any_id(door: Door, conversation: str) -> None:
    """Any id with a good token of another conversation: unknown, and nothing is erased."""
    if conversation in {door.id, ".", ".."}:
        return
    headers = {"Authorization": f"Bearer {door.token}"}
    answer = door.client.delete(f"/api/conversations/{quote(conversation, safe='')}", headers=headers)
    conforms("delete", "/api/conversations/{id}", answer)
    assert answer.status_code == 404


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete", "head", "options", "trace"])
def test_methods_not_described_are_refused(door: Door, method: str) -> None:
    """405 for what an address does not do."""
    assert door.client.request(method, "/api/conversations").status_code == 405


def test_health_has_its_shape(door: Door) -> None:
    """Whether all is well or not."""
    conforms("get", "/api/health", door.client.get("/api/health"))
