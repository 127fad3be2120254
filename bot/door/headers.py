"""Security headers of every answer, and the trace id that follows a turn from door to action."""

from __future__ import annotations

import time
import uuid

import structlog
from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import metrics
from bot.door.refusals import Refusal, respond

log = structlog.get_logger()

# The widget lives on our own pages under the same rule: no inline script or style, nothing from elsewhere.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
PUBLIC_FILES = ("/widget.js", "/static/")


class SecurityHeaders:
    """Adds the headers, gives each request its trace id, and logs method, path pattern, status and duration: never a body.

    It also answers for a fault of ours: logged by its type alone, since its text may hold what a person wrote.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        trace = uuid.uuid4().hex[:16]
        scope.setdefault("state", {})["trace"] = trace
        started, status = time.perf_counter(), 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _add_headers(MutableHeaders(scope=message), scope["path"], trace)
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except ClientDisconnect:
            status = 499
        except Exception as error:  # noqa: BLE001 - nobody above would do better: uvicorn would print it whole
            metrics.ERRORS.labels("door", "unexpected").inc()
            log.error("unexpected", trace=trace, error=type(error).__name__)
            if not status:
                await respond(None, Refusal("indisponible", retry_after=5))(scope, receive, send_with_headers)
        metrics.RESPONSES.labels(_area(scope["path"]), status).inc()
        milliseconds = round((time.perf_counter() - started) * 1000)
        log.info("request", trace=trace, method=scope["method"], path=_pattern(scope["path"]), status=status, ms=milliseconds)


def _add_headers(headers: MutableHeaders, path: str, trace: str) -> None:
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    headers["X-Trace-Id"] = trace
    if path.startswith(PUBLIC_FILES):
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if path.startswith("/api/") or headers.get("content-type", "").startswith("text/html"):
        headers.setdefault("Cache-Control", "no-store")  # « back » after a quick exit must find nothing


def _area(path: str) -> str:
    """What a path belongs to, for counting: few values, whatever is asked."""
    return {"api": "api", "agent": "agent"}.get(path.split("/", 2)[1] if path.startswith("/") else "", "page")


def _pattern(path: str) -> str:
    """The path without the conversation's id, which opens nothing alone but has no place in a log; cut, since anything may be asked."""
    parts = path[:100].split("/")
    return "/".join("…" if len(part) == 32 or part.startswith("RDV-") else part for part in parts)
