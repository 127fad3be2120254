"""Serves the actions on loopback: `python -m actions.server --port 8082`."""

from __future__ import annotations

import click
from rasa_sdk.endpoint import create_app
from sanic import response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot import logs, metrics
from bot.catalog import load_catalogue
from bot.running.entry import run_part
from bot.territory import find_places


async def figures(request: Request) -> HTTPResponse:
    """GET /metrics, for who may read it."""
    if not metrics.may_read(request.ip, request.headers):
        return response.json({"error": "forbidden"}, status=403)
    return response.raw(metrics.page(), content_type=metrics.CONTENT_TYPE)


@click.command()
@click.option("--port", type=int, required=True, help="port to listen on")
@click.option("--host", default="127.0.0.1", help="address to listen on: loopback, or the inner network of the containers")
def main(port: int, host: str) -> None:
    """Serve the actions until stopped. The catalogue and the places are read first, so that the first person does not wait."""
    logs.configure("actions")
    load_catalogue()
    find_places(departement="02")
    app = create_app("actions")
    app.add_route(figures, "/metrics", methods=["GET"])
    app.run(host=host, port=port, workers=1, access_log=False, motd=False)


if __name__ == "__main__":
    run_part(main)
