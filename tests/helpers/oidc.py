"""A small OpenID Connect provider, served on this machine: it signs in whoever the test says, and lies as the test asks."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import secrets
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.helpers.ports import free_port


@dataclass
class Provider:
    """What it answers; `lie` names one thing that is wrong in its token."""

    issuer: str
    subject: str = "sub-agent"
    lie: str = ""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"}))

    def discovery(self, request: Request) -> Response:
        """What it publishes about itself."""
        ends = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "jwks"}
        content: dict[str, Any] = {name: f"{self.issuer}/{path}" for name, path in ends.items()}
        return JSONResponse({"issuer": self.issuer, **content, "id_token_signing_alg_values_supported": ["RS256"]})

    def authorize(self, request: Request) -> Response:
        """The agent is signed in at once, and sent back with a code."""
        asked, code = dict(request.query_params), secrets.token_urlsafe(16)
        self.asked.append(asked)
        self.codes[code] = asked
        state = "another" if self.lie == "state" else asked["state"]
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': state})}", status_code=302)

    async def token(self, request: Request) -> Response:
        """The code against a token, once, for whoever holds the verifier."""
        async with request.form() as form:
            asked = self.codes.pop(str(form.get("code")), {})
            digest = hashlib.sha256(str(form.get("code_verifier")).encode()).digest()
        if not asked or base64.urlsafe_b64encode(digest).decode().rstrip("=") != asked.get("code_challenge"):
            return JSONResponse({"error": "invalid_grant"}, status_code=400)
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "expires_in": 60, "id_token": self.identity(asked)})

    def identity(self, asked: dict[str, str]) -> str:
        """The identity token, with its lie."""
        now = int(time.time())
        claims = {
            "iss": "http://ailleurs.example" if self.lie == "issuer" else self.issuer,
            "aud": "another" if self.lie == "audience" else asked["client_id"],
            "sub": self.subject,
            "nonce": "another" if self.lie == "nonce" else asked["nonce"],
            "iat": now - 7200,
            "exp": now - 3600 if self.lie == "expired" else now + 60,
        }
        if self.lie == "unsigned":
            parts = ({"alg": "none"}, claims)
            return ".".join(base64.urlsafe_b64encode(repr(part).replace("'", '"').encode()).decode().rstrip("=") for part in parts) + "."
        key = RSAKey.generate_key(2048, {"kid": "one"}) if self.lie == "signature" else self.key
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, key)

    def keys(self, request: Request) -> Response:
        """Its public key."""
        return JSONResponse(KeySet([self.key]).as_dict(private=False))


@contextlib.contextmanager
def provider() -> Iterator[Provider]:
    """A running provider."""
    port = free_port()
    made = Provider(f"http://127.0.0.1:{port}")
    routes = [
        Route("/.well-known/openid-configuration", made.discovery),
        Route("/authorize", made.authorize),
        Route("/token", made.token, methods=["POST"]),
        Route("/jwks", made.keys),
    ]
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), port=port, ws="none", log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield made
    finally:
        server.should_exit = True
        thread.join(5)
