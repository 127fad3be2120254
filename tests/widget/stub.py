"""A stand-in for the public door: the same paths and answers (contract of the HTTP interface), with replies written in a file.

It exists for states that the real processes rarely show: errors, a network cut in the middle, hostile text. The words typed choose
the reply; each conversation notes what it played, so that a test can count.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.door.widget_bundle import bundle, etag

DOOR = Path(__file__).resolve().parents[2] / "bot" / "door"
REPLIES = yaml.safe_load((Path(__file__).parent / "replies.yml").read_text(encoding="utf-8"))
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
HOST_PAGE = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Page hôte</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><script src="{script}" defer></script></head>
<body><main><h1>Page hôte</h1><p>Texte.</p><p><a href="#">Lien de la page</a></p></main>
<repere-chat {attributes}><p class="secours">Appelez le 3230.</p></repere-chat></body></html>"""


@dataclass
class Talk:
    """One conversation of the stand-in."""

    token: str
    step: str = "accueil"
    answers: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    failures: dict[str, int] = field(default_factory=dict)


@dataclass
class Stub:
    """What the tests look at and set: conversations, turns played, erased ids, audiences asked, whether the door is down."""

    talks: dict[str, Talk] = field(default_factory=dict)
    played: list[str] = field(default_factory=list)
    erased: list[str] = field(default_factory=list)
    audiences: list[str] = field(default_factory=list)
    down: bool = False
    delay: float = 0.0

    def reply(self, talk: Talk, said: str) -> list[dict[str, Any]]:
        """Messages for what was said: by the current step, else by a word of the text, else a default."""
        steps = REPLIES["etapes"].get(talk.step, {})
        name = (
            steps.get(said) or steps.get("*") or next((reply for word, reply in REPLIES["mots"].items() if word in said.lower()), "defaut")
        )
        talk.step = name
        return [full(message) for message in REPLIES["reponses"][name]]


def full(message: dict[str, Any]) -> dict[str, Any]:
    """A message with the five keys of the contract."""
    text = message.get("text", "").replace("{10000}", "mot " * 2500)
    return {"text": text, "choices": [], "ask": None, "offers": [], "request": None} | {
        key: message[key] for key in message if key != "text"
    }


def error(status: int, code: str, **headers: str) -> JSONResponse:
    """A refusal as the door words it."""
    return JSONResponse({"error": {"code": code, "message": REPLIES["erreurs"][code]}}, status, headers=headers)


def build(stub: Stub) -> Starlette:
    """The application; `stub` is shared with the tests."""
    pages = Environment(loader=FileSystemLoader(DOOR / "templates"), autoescape=select_autoescape())

    async def page(request: Request) -> Response:
        name = {"/": "demo.html", "/accessibilite": "accessibilite.html"}.get(request.url.path, "public.html")
        return HTMLResponse(pages.get_template(name).render(), headers={"Content-Security-Policy": CSP, "Cache-Control": "no-store"})

    async def host(request: Request) -> Response:
        script = request.query_params.get("script", "/widget.js")
        attributes = request.query_params.get("attributes", "")
        origin = script.removesuffix("/widget.js") or "'self'"
        policy = f"default-src 'none'; script-src {origin}; connect-src {origin}; require-trusted-types-for 'script'"
        return HTMLResponse(HOST_PAGE.format(script=script, attributes=attributes), headers={"Content-Security-Policy": policy})

    async def widget(request: Request) -> Response:
        return Response(bundle(), media_type="text/javascript", headers={"ETag": etag(), "Cache-Control": "no-cache"})

    async def start(request: Request) -> Response:
        if stub.down:
            return error(503, "indisponible")
        stub.audiences.append((await request.json()).get("audience"))
        name, token = secrets.token_hex(8), secrets.token_hex(8)
        stub.talks[name] = Talk(token)
        return JSONResponse({"id": name, "token": token, "messages": [full(message) for message in REPLIES["reponses"]["accueil"]]}, 201)

    async def say(request: Request) -> Response:
        name = request.path_params["name"]
        talk = stub.talks.get(name)
        if name in stub.erased:
            return error(410, "effacee")
        if talk is None or request.headers.get("authorization") != f"Bearer {talk.token}":
            return error(401, "jeton")
        await asyncio.sleep(stub.delay)
        return turn(stub, talk, await request.json())

    async def forget(request: Request) -> Response:
        stub.erased.append(request.path_params["name"])
        return Response(status_code=204)

    routes = [
        Route("/", page),
        Route("/accessibilite", page),
        Route("/confidentialite", page),
        Route("/hote", host),
        Route("/widget.js", widget),
        Route("/api/conversations", start, methods=["POST"]),
        Route("/api/conversations/{name}/messages", say, methods=["POST"]),
        Route("/api/conversations/{name}", forget, methods=["DELETE"]),
        Mount("/static", StaticFiles(directory=DOOR / "static")),
    ]
    allowed = Middleware(
        CORSMiddleware,
        allow_origin_regex=r"http://localhost:\d+",
        allow_methods=["POST", "DELETE"],
        allow_headers=["Authorization", "Content-Type"],
        max_age=3600,
    )

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield

    return Starlette(routes=routes, middleware=[allowed], lifespan=lifespan)


def turn(stub: Stub, talk: Talk, body: dict[str, Any]) -> Response:
    """One turn: refused as the text asks for, otherwise played once for its key."""
    said, key = body.get("choice") or body.get("text", ""), body.get("key", secrets.token_hex(4))
    if stub.down:
        return error(503, "indisponible")
    for word, (status, code) in REPLIES["refus"].items():
        if word in said:
            return error(status, code)
    if "une fois" in said and not talk.failures.setdefault(key, 0):
        talk.failures[key] = 1
        return error(429, "trop_vite", **{"Retry-After": "1"})
    if key not in talk.answers:
        stub.played.append(said)
        talk.answers[key] = stub.reply(talk, said)
    return JSONResponse({"messages": talk.answers[key]})
