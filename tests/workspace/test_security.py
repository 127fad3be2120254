"""Who gets into the workspace, and what is refused and written down."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import structlog
from structlog.testing import capture_logs

from bot import clock
from bot.database import session_scope
from bot.database.models import AccessAudit, Agent, AgentSession, ContactRequest
from bot.workspace import accesses, accounts, pages, sessions
from tests.helpers.requests import a_context, send
from tests.helpers.workspace import PASSWORD, browser, csrf, make_agent, signed_in

pytestmark = pytest.mark.usefixtures("sqlite_url")


def refusals():
    """The refused accesses, as (action, reason)."""
    with session_scope() as session:
        return [(row.action, row.detail) for row in session.query(AccessAudit).filter_by(outcome="refuse").order_by(AccessAudit.id)]


@pytest.mark.parametrize("path", ["/agent/", "/agent/nouvelle", "/agent/chiffres", "/agent/export.csv", "/agent/demandes/RDV-0000-0000"])
def test_pages_need_a_sign_in(path):
    """Without a session, every page leads to the sign-in, and back."""
    answer = browser().get(path)

    assert answer.status_code == 303
    assert answer.headers["location"] == f"/agent/connexion?suite={path}"


def test_sign_in_gives_a_safe_cookie(monkeypatch):
    """Unreadable by scripts, not sent by other sites' forms, and over HTTPS only in production."""
    make_agent()
    monkeypatch.setenv("REPERE_ENV", "production")
    answer = browser().post("/agent/connexion", data={"identifiant": "AGENT", "mot_de_passe": PASSWORD, "suite": "/agent/chiffres"})

    cookie = answer.headers["set-cookie"].lower()
    assert answer.headers["location"] == "/agent/chiffres"
    assert all(word in cookie for word in ("httponly", "samesite=lax", "secure"))


@pytest.mark.parametrize(("login", "password"), [("agent", "faux"), ("inconnu", PASSWORD), ("", ""), ("agent", "x" * 5000)])
def test_a_wrong_password_and_an_unknown_login_are_one_answer(login, password):
    """Neither tells whether the account exists; both are written in the audit."""
    make_agent()
    answer = browser().post("/agent/connexion", data={"identifiant": login, "mot_de_passe": password})

    assert answer.status_code == 401
    assert "Identifiant ou mot de passe incorrect." in answer.text
    assert refusals() == [("connexion", "identifiants")]


def test_five_wrong_passwords_close_the_account_for_a_while():
    """The right password is then refused too."""
    make_agent()
    client = browser()
    for _ in range(5):
        client.post("/agent/connexion", data={"identifiant": "agent", "mot_de_passe": "faux"})

    answer = client.post("/agent/connexion", data={"identifiant": "agent", "mot_de_passe": PASSWORD})

    assert answer.status_code == 429


def test_a_disabled_account_is_signed_out_at_once():
    """Disabling closes the sessions that are open."""
    make_agent()
    client = signed_in()
    with session_scope() as session:
        accounts.disable(session, "agent")

    assert client.get("/agent/").status_code == 303


@pytest.mark.parametrize("age", [timedelta(minutes=61), timedelta(hours=13)])
def test_an_expired_session_is_refused(monkeypatch, age):
    """After an hour without activity, and after a day's work whatever the activity."""
    make_agent()
    client, now = signed_in(), clock.now()
    if age > timedelta(hours=12):
        with session_scope() as session:
            session.query(AgentSession).update({"expires_at": now + timedelta(days=2)})
    monkeypatch.setattr(pages.clock, "now", lambda: now + age)

    assert client.get("/agent/demandes/RDV-0000-0000").status_code == 303
    with session_scope() as session:
        row = session.query(AccessAudit).filter_by(outcome="refuse").one()
        assert (row.action, row.detail, row.reference, row.agent_id) == ("consultation", "session_expiree", "RDV-0000-0000", 1)


def test_a_forged_cookie_is_refused_and_logged():
    """In the log only: whoever invents cookies cannot fill the database."""
    client = browser()
    client.cookies.set(sessions.COOKIE, "forged")
    structlog.reset_defaults()  # a model loaded in this process by another test has silenced the logs

    with capture_logs() as logged:
        assert client.get("/agent/").status_code == 303
    assert [line["reason"] for line in logged] == ["session_expiree"]
    assert refusals() == []


def test_the_session_s_token_is_not_in_the_database():
    """A copy of the database opens no session."""
    make_agent()
    token = signed_in().cookies[sessions.COOKIE]

    with session_scope() as session:
        row = session.query(AgentSession).one()
        assert token not in (row.token_hash, row.csrf)
        assert PASSWORD not in session.query(Agent).one().password_hash


@pytest.mark.parametrize("token", [None, "", "faux"])
def test_a_form_without_its_token_is_refused(token):
    """CSRF: nothing changes, and the refusal is written."""
    make_agent()
    reference = send().reference
    client = signed_in()

    answer = client.post(f"/agent/demandes/{reference}/note", data={"texte": "note"} | ({} if token is None else {"csrf": token}))

    assert answer.status_code == 403
    assert refusals()[-1] == ("note", "csrf")


def test_a_form_from_another_site_is_refused():
    """Even with the right token, and at sign-in too."""
    make_agent()
    reference = send().reference
    client = signed_in()
    form = {"texte": "note", "csrf": csrf(client)}

    assert client.post(f"/agent/demandes/{reference}/note", data=form, headers={"origin": "https://ailleurs.example"}).status_code == 403
    fields = {"identifiant": "agent", "mot_de_passe": PASSWORD}
    assert browser().post("/agent/connexion", data=fields, headers={"origin": "https://ailleurs.example"}).status_code == 403
    assert client.post(f"/agent/demandes/{reference}/note", data=form, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert client.post(f"/agent/demandes/{reference}/note", data=form, headers={"origin": "http://testserver"}).status_code == 303


def test_a_foreign_caf_or_territory_is_as_unknown_as_a_forged_reference():
    """The three give the same page, and are written in the audit."""
    make_agent(scopes=("aisne:laon_hirson",))
    own = send(context=a_context(territoire="laon_hirson")).reference
    other = send("b", telephone="0639980002").reference
    foreign = send("c", telephone="0639980003", context=a_context(caf="isere", offre="isere/cap_projets")).reference
    client = signed_in()

    answers = [client.get(f"/agent/demandes/{reference}") for reference in (other, foreign, "RDV-0000-0000")]

    assert client.get(f"/agent/demandes/{own}").status_code == 200
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert [reason for _, reason in refusals()] == ["hors_ressort", "hors_ressort", "reference_inconnue"]
    listed = client.get("/agent/?status=toutes").text
    assert own in listed
    assert other not in listed
    assert foreign not in listed
    assert other not in client.get("/agent/export.csv").text


def test_the_queue_without_territory_is_seen_by_the_whole_caf():
    """A request whose territory is not known is lost for nobody."""
    make_agent(scopes=("aisne:laon_hirson",))
    reference = send(context=a_context(territoire=None)).reference

    assert reference in signed_in().get("/agent/?territoire=sans_territoire").text


def test_a_role_that_is_too_low_is_refused():
    """An agent cannot reopen."""
    make_agent()
    reference = send().reference
    client = signed_in()

    answer = client.post(f"/agent/demandes/{reference}/reouverture", data={"csrf": csrf(client), "commentaire": "x"})

    assert answer.status_code == 403
    assert refusals()[-1] == ("reouverture", "role")


@pytest.mark.parametrize(
    "wanted", ["https://ailleurs.example/", "//ailleurs.example", "/agent//ailleurs", "/agent/\\ailleurs", "javascript:alert(1)"]
)
def test_sign_in_never_leads_to_another_site(wanted):
    """An address given in the link is only followed inside the workspace."""
    assert pages.local_path(wanted) == "/agent/"


def test_what_people_write_is_never_run(sqlite_url):
    """HTML in a note, a comment or a search is shown as text."""
    make_agent()
    reference = send().reference
    client = signed_in()
    client.post(f"/agent/demandes/{reference}/note", data={"csrf": csrf(client), "texte": "<script>alert(1)</script>"})

    page = client.get(f"/agent/demandes/{reference}").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<img" not in client.get("/agent/?search=%22%3E%3Cimg+src=x%3E").text


@pytest.mark.parametrize(("caf", "territory"), [("isere", ""), ("aisne", "saint_quentin_chauny"), ("aisne", "inconnu"), ("autre", "")])
def test_a_request_made_for_a_foreign_caf_or_territory_is_refused_and_written(caf, territory):
    """The desk form only offers the agent's own; another one is forged."""
    make_agent(scopes=("aisne:laon_hirson",))
    client = signed_in()
    form = {"csrf": csrf(client), "envoi": "0" * 32, "caf": caf, "territoire": territory, "consentement": "oui"}
    details = {"nom": "Exemple", "prenom": "Camille", "telephone": "06 39 98 00 01"}

    assert client.post("/agent/nouvelle", data=form | details).status_code == 422
    assert refusals()[-1] == ("creation", "hors_ressort")
    with session_scope() as session:
        assert session.query(ContactRequest).count() == 0


def test_a_responsable_reads_who_looked_at_the_requests_of_the_caf():
    """Who, what, which request; those of another Caf are not there; an agent may not read it at all."""
    make_agent()
    make_agent("voisin", scopes=("isere",))
    make_agent("responsable", "responsable")
    own = send().reference
    foreign = send("c", telephone="0639980003", context=a_context(caf="isere", offre="isere/cap_projets")).reference
    signed_in().get(f"/agent/demandes/{own}")
    signed_in("voisin").get(f"/agent/demandes/{foreign}")
    signed_in("voisin").get(f"/agent/demandes/{own}")  # refused: it is not theirs

    page = signed_in("responsable").get("/agent/acces").text

    assert [name in page.split("<tbody>")[1] for name in ("Agent agent", "Agent voisin", "hors du ressort", foreign)] == [
        True,
        True,
        True,
        False,
    ]
    assert "Agent agent" not in signed_in("responsable").get("/agent/acces?refus=1").text.split("<tbody>")[1]
    assert "Aucun accès" in signed_in("responsable").get("/agent/acces?reference=RDV-0000-0000&agent=x&avant=zz").text
    assert signed_in().get("/agent/acces").status_code == 403


def test_an_administrateur_reads_every_access(monkeypatch):
    """Sign-ins and lists too, a page at a time, newest first; reading it is an access like another."""
    monkeypatch.setattr(accesses, "PAGE", 2)
    make_agent("tout", "administrateur", ())
    client = signed_in("tout")
    client.get("/agent/")
    client.get("/agent/acces")

    first = client.get("/agent/acces").text
    second = client.get(re.search(r'href="(\?[^"]+)" rel="next"', first)[1].replace("&amp;", "&").join(["/agent/acces", ""])).text

    assert "Journal des accès</td>" in first
    assert "Connexion" in second
    assert 'rel="next"' not in second


def test_every_access_is_audited():
    """Signing in, listing, reading, exporting, changing: one line each, with the agent."""
    make_agent()
    reference = send().reference
    client = signed_in()
    client.get("/agent/")
    client.get(f"/agent/demandes/{reference}")
    client.get("/agent/export.csv")
    client.post(f"/agent/demandes/{reference}/note", data={"csrf": csrf(client), "texte": "note"})

    with session_scope() as session:
        rows = [(row.action, row.reference) for row in session.query(AccessAudit).order_by(AccessAudit.id)]
        assert all(row.agent_id for row in session.query(AccessAudit))
    assert rows == [
        ("connexion", None),
        ("liste", None),
        ("consultation", reference),
        ("export", None),
        ("creation_formulaire", None),
        ("note", reference),
    ]


def test_pages_are_not_kept_by_browsers():
    """After signing out, the back button shows nothing."""
    make_agent()
    client = signed_in()
    assert client.get("/agent/").headers["cache-control"] == "no-store"

    client.post("/agent/deconnexion", data={"csrf": csrf(client)})

    assert client.get("/agent/").status_code == 303


def test_signed_in_tells_the_door(sqlite_url):
    """The door's agent audience opens for the cookie of an open session only."""
    import asyncio

    from starlette.requests import Request

    make_agent()
    token = signed_in().cookies[sessions.COOKIE]

    def asked(cookie):
        scope = {"type": "http", "headers": [(b"cookie", f"{sessions.COOKIE}={cookie}".encode())]}
        return asyncio.run(sessions.agent_signed_in(Request(scope)))

    assert asked(token)
    assert not asked("faux")
