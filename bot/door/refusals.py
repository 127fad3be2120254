"""The refusals of the door: one class, one code each, and its sentence in plain French from `messages.yml`."""

from __future__ import annotations

import functools
from pathlib import Path

import yaml
from starlette.requests import Request
from starlette.responses import JSONResponse

from bot import metrics

STATUS = {
    "mal_forme": 422,
    "vide": 422,
    "jeton_invalide": 401,
    "agent_requis": 401,
    "cle_invalide": 401,
    "inconnue": 404,
    "introuvable": 404,
    "methode": 405,
    "effacee": 410,
    "choix_absent": 409,
    "trop_lent": 408,
    "trop_long": 413,
    "trop_vite": 429,
    "indisponible": 503,
}


class Refusal(Exception):
    """A request that the door refuses, under one of the codes of STATUS."""

    def __init__(self, code: str, retry_after: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.retry_after = retry_after  # seconds, for `trop_vite` and `indisponible`


@functools.lru_cache(maxsize=1)
def sentences() -> dict[str, str]:
    """French sentence of each code."""
    return yaml.safe_load((Path(__file__).parent / "messages.yml").read_text(encoding="utf-8"))


def respond(_: Request | None, refusal: Refusal) -> JSONResponse:
    """The JSON body of a refusal (contract §4)."""
    metrics.REFUSALS.labels(refusal.code).inc()
    headers = {"Retry-After": str(refusal.retry_after)} if refusal.retry_after else None
    body = {"error": {"code": refusal.code, "message": sentences()[refusal.code]}}
    return JSONResponse(body, status_code=STATUS[refusal.code], headers=headers)
