"""What every page of the workspace goes through: sign-in, role, forged forms, the transaction, and the rendering."""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot import clock
from bot.database import session_scope
from bot.database.models import Agent
from bot.errors import PartDown
from bot.requests.references import read_reference
from bot.requests.search import Scope
from bot.workspace import accounts, audit, labels, sessions

HERE = Path(__file__).parent
BASE = "/agent"
# Not kept by browsers nor proxies. With the door's no-referrer, browsers would hide where a form comes from.
HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "same-origin"}
_RANK = {role: rank for rank, role in enumerate(accounts.ROLES)}


@dataclass(frozen=True)
class Visit:
    """One request of a signed-in agent, inside its transaction."""

    request: Request
    session: Session
    agent: Agent
    scope: Scope
    csrf: str
    form: Mapping[str, str]
    now: datetime

    def may(self, role: str) -> bool:
        """True when the agent has that role or a higher one."""
        return _RANK[self.agent.role] >= _RANK[role]

    def note(self, action: str, reference: str | None = None, detail: str | None = None) -> None:
        """Write an access in the audit."""
        audit.note(self.session, self.agent.id, action, self.now, reference=reference, detail=detail)

    def refuse(self, action: str, reason: str, reference: str | None = None) -> None:
        """Write a refusal in the audit and in the log."""
        audit.refuse(self.session, self.agent.id, action, self.now, reason=reason, reference=reference)

    def render(self, template: str, status: int = 200, **variables: Any) -> HTMLResponse:
        """A page, with the agent and the form's token."""
        return render(template, status, visit=self, agent=self.agent, csrf=self.csrf, **variables)


Handler = Callable[[Visit], Response]
Endpoint = Callable[[Request], Awaitable[Response]]


def page(handler: Handler, *, role: str = "agent") -> Endpoint:
    """An endpoint for signed-in agents of at least that role."""

    @functools.wraps(handler)
    async def endpoint(request: Request) -> Response:
        form = await read_form(request)
        try:
            return await run_in_threadpool(_serve, request, form, handler, role)
        except StaleDataError:
            return failure(409, "modifiee_entre_temps")
        except PartDown:
            return failure(503, "indisponible")

    return endpoint


async def read_form(request: Request) -> dict[str, str]:
    """The text fields of a posted form; files are ignored."""
    if request.method != "POST":
        return {}
    async with request.form(max_files=0, max_fields=60) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


def _serve(request: Request, form: dict[str, str], handler: Handler, role: str) -> Response:
    """Check who asks, then run the handler in one transaction."""
    now = clock.now()
    with session_scope() as session:
        signed = sessions.current(session, request.cookies.get(sessions.COOKIE), now)
        if signed is None:
            _note_dead_session(session, request, now)
            return _to_sign_in(request)
        visit = Visit(request, session, signed.agent, accounts.scope_of(session, signed.agent), signed.csrf, form, now)
        if request.method == "POST" and not (same_origin(request) and sessions.csrf_is_right(form.get("csrf"), signed.csrf)):
            visit.refuse(*_wanted(request, "csrf"))
            return failure(403, "formulaire_perime")
        if not visit.may(role):
            visit.refuse(*_wanted(request, "role"))
            return failure(403, "role_insuffisant")
        return handler(visit)


def _wanted(request: Request, reason: str) -> tuple[str, str, str | None]:
    """What a refused request was about: its action, why it is refused, and the reference if its address holds one."""
    parts = [part for part in request.url.path.removeprefix(BASE).split("/") if part]
    if parts[:1] != ["demandes"]:
        return (parts[0] if parts else "liste")[:32], reason, None
    return (parts[2] if len(parts) > 2 else "consultation")[:32], reason, read_reference(request.path_params.get("reference", ""))


def _note_dead_session(session: Session, request: Request, now: datetime) -> None:
    """A cookie that opens nothing any more, or never did: refused, and written; a browser without one is only sent to sign in."""
    token = request.cookies.get(sessions.COOKIE)
    if token is None:
        return
    action, reason, reference = _wanted(request, "session_expiree")
    owner = sessions.owner(session, token)
    if owner is None:
        audit.warn(action, reason)  # not in the database: anybody can invent cookies without end
    else:
        audit.refuse(session, owner, action, now, reason=reason, reference=reference)


def _to_sign_in(request: Request) -> Response:
    """To the sign-in page, and back to a page that was only read."""
    wanted = request.url.path if request.method == "GET" else f"{BASE}/"
    return RedirectResponse(f"{BASE}/connexion?suite={quote(wanted)}", status_code=303)


def same_origin(request: Request) -> bool:
    """False when the browser says that the form comes from another site."""
    told = request.headers.get("sec-fetch-site")
    if told is not None:
        return told in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is None or (origin != "null" and urlsplit(origin).netloc == request.headers.get("host"))


def local_path(path: str | None) -> str:
    """`path` if it is a page of the workspace, else its first page: never another site."""
    return path if path and path.startswith(f"{BASE}/") and "\\" not in path and "//" not in path else f"{BASE}/"


@functools.lru_cache(maxsize=1)
def templates() -> Environment:
    """The templates, escaped; an unknown variable is an error."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(base=BASE, libelle=labels.label, moment=labels.moment, jour=labels.day)
    return environment


def render(template: str, status: int = 200, **variables: Any) -> HTMLResponse:
    """A page that browsers and proxies do not keep."""
    html = templates().get_template(template).render(**({"agent": None, "csrf": ""} | variables))
    return HTMLResponse(html, status_code=status, headers=HEADERS)


def failure(status: int, code: str) -> HTMLResponse:
    """A page that says what went wrong and what to do."""
    return render("erreur.html", status, code=code)


def redirect(path: str) -> RedirectResponse:
    """After a form: to a page that can be reloaded."""
    return RedirectResponse(f"{BASE}{path}", status_code=303, headers={"Cache-Control": "no-store"})
