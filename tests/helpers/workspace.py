"""A browser without a screen for the workspace: signs in, reads forms, posts them."""

from __future__ import annotations

import re

from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from bot.database import session_scope
from bot.workspace import accounts, sessions, workspace_app
from tests.helpers.requests import NOW

PASSWORD = "une phrase de passe longue"
_TOKENS: dict[str, str] = {}


def make_agent(login: str = "agent", role: str = "agent", scopes: tuple[str, ...] = ("aisne",)) -> None:
    """An account that can sign in."""
    with session_scope() as session:
        accounts.add(session, login, f"Agent {login}", role, scopes, PASSWORD, NOW)


def browser() -> TestClient:
    """A browser that is not signed in; redirections are not followed."""
    app = Starlette(routes=[Mount("/agent", workspace_app())])
    return TestClient(app, follow_redirects=False)


def signed_in(login: str = "agent") -> TestClient:
    """A browser signed in."""
    client = browser()
    answer = client.post("/agent/connexion", data={"identifiant": login, "mot_de_passe": PASSWORD})
    assert answer.status_code == 303, answer.text
    return client


def csrf(client: TestClient) -> str:
    """The form token of this session, read once."""
    token = client.cookies.get(sessions.COOKIE, "")
    if token not in _TOKENS:
        _TOKENS[token] = re.search(r'name="csrf" value="([^"]+)"', client.get("/agent/nouvelle").text)[1]
    return _TOKENS[token]
