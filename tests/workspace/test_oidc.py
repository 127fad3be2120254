"""Signing in through the Caf's own provider: the right identity only, with a token that holds in every respect."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from starlette.testclient import TestClient

from bot.database import session_scope
from bot.database.models import AccessAudit, Agent
from bot.errors import BadInput
from bot.workspace import accounts, oidc, sessions
from tests.helpers.oidc import Provider
from tests.helpers.oidc import provider as running
from tests.helpers.workspace import browser, make_agent, signed_in

pytestmark = pytest.mark.usefixtures("sqlite_url")
START = "/agent/connexion/caf/?suite=/agent/chiffres"


@pytest.fixture
def caf(monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """A provider, named by the settings, and an agent whom it knows."""
    with running() as made:
        monkeypatch.setenv("REPERE_OIDC_ISSUER", made.issuer)
        monkeypatch.setenv("REPERE_OIDC_CLIENT_ID", "repere")
        monkeypatch.setenv("REPERE_PUBLIC_URL", "http://testserver")
        make_agent()
        with session_scope() as session:
            accounts.link(session, "agent", made.subject)
        oidc._client.cache_clear()
        yield made


def walk(client: TestClient, start: str = START) -> httpx.Response:
    """Go to the provider and come back, as a browser does."""
    away = client.get(start)
    assert away.status_code == 302, away.text
    back = httpx.get(away.headers["location"], follow_redirects=False, trust_env=False)
    return client.get(back.headers["location"].removeprefix("http://testserver"))


def actions() -> list[tuple[str, str, str | None, int | None]]:
    """The audit."""
    with session_scope() as session:
        return [(row.action, row.outcome, row.detail, row.agent_id) for row in session.query(AccessAudit).order_by(AccessAudit.id)]


def test_an_agent_signs_in_and_lands_on_the_page_wanted(caf: Provider) -> None:
    """With PKCE and a nonce; the session is that of the account, and the sign-in is written."""
    client = browser()
    answer = walk(client)

    assert (answer.status_code, answer.headers["location"]) == (303, "/agent/chiffres")
    assert client.get("/agent/chiffres").status_code == 200
    (asked,) = caf.asked
    assert (asked["code_challenge_method"], asked["response_type"], asked["scope"]) == ("S256", "code", "openid")
    assert len(asked["nonce"]) >= 16
    assert actions()[0] == ("connexion", "fait", None, 1)
    assert oidc.COOKIE not in client.cookies


@pytest.mark.parametrize("lie", ["state", "issuer", "audience", "nonce", "expired", "signature", "unsigned"])
def test_a_token_that_does_not_hold_signs_nobody_in(caf: Provider, lie: str) -> None:
    """Whatever is wrong in it."""
    caf.lie = lie
    client = browser()

    assert walk(client).status_code == 502
    assert sessions.COOKIE not in client.cookies
    assert client.get("/agent/").status_code == 303


def test_an_answer_is_of_no_use_in_another_browser_nor_twice(caf: Provider) -> None:
    """A link sent to somebody else signs nobody in; neither does going back."""
    client, other = browser(), browser()
    away = client.get(START)
    back = (
        httpx.get(away.headers["location"], follow_redirects=False, trust_env=False).headers["location"].removeprefix("http://testserver")
    )

    assert other.get(back).status_code == 502
    assert client.get(back).status_code == 303
    assert client.get(back).status_code == 502


def test_an_identity_without_account_is_refused_and_written(caf: Provider) -> None:
    """The provider knows many people who have nothing to do here; a disabled account too."""
    caf.subject = "sub-inconnu"
    assert walk(browser()).status_code == 403
    caf.subject = "sub-agent"
    with session_scope() as session:
        accounts.disable(session, "agent")
    answer = walk(browser())

    assert answer.status_code == 403
    assert "pas relié à Repère" in answer.text.replace("&#39;", "'")
    assert [row[:3] for row in actions()] == [("connexion", "refuse", "compte_inconnu")] * 2


def test_a_provider_that_is_down_is_told(caf: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page says what to do; the password still works."""
    monkeypatch.setenv("REPERE_OIDC_ISSUER", "http://127.0.0.1:9")

    assert browser().get(START).status_code == 502
    assert signed_in().get("/agent/").status_code == 200


@pytest.mark.parametrize("wanted", ["https://ailleurs.example/", "//ailleurs.example", "/confidentialite"])
def test_it_never_leads_to_another_site(caf: Provider, wanted: str) -> None:
    """The page wanted is one of the workspace, or its first page."""
    assert walk(browser(), f"/agent/connexion/caf/?suite={wanted}").headers["location"] == "/agent/"


def test_without_a_provider_nothing_of_it_exists() -> None:
    """The default: passwords only."""
    assert browser().get(START).status_code == 404
    assert "compte de la Caf" not in browser().get("/agent/connexion").text


def test_the_sign_in_page_offers_it(caf: Provider) -> None:
    """Beside the password, keeping the page wanted."""
    assert 'href="/agent/connexion/caf/?suite=/agent/chiffres"' in browser().get("/agent/connexion?suite=/agent/chiffres").text


@pytest.mark.parametrize(
    ("env", "issuer", "client"), [("development", "https://id.example", ""), ("production", "http://id.example", "repere")]
)
def test_half_a_setting_is_refused(monkeypatch: pytest.MonkeyPatch, env: str, issuer: str, client: str) -> None:
    """No client, or no TLS in production."""
    for name, value in (("ENV", env), ("OIDC_ISSUER", issuer), ("OIDC_CLIENT_ID", client)):
        monkeypatch.setenv(f"REPERE_{name}", value)
    with pytest.raises(BadInput, match="REPERE_OIDC"):
        oidc.configured()


def test_an_identity_belongs_to_one_account(caf: Provider) -> None:
    """Linked twice to the same account is fine; to another one is refused, like an empty one or an unknown login."""
    make_agent("autre")
    with session_scope() as session:
        accounts.link(session, "agent", "sub-agent")
        for login, subject in (("autre", "sub-agent"), ("autre", " "), ("personne", "x")):
            with pytest.raises(BadInput):
                accounts.link(session, login, subject)
        assert session.query(Agent).filter_by(login="autre").one().subject is None
