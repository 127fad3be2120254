"""Serves the door: `python -m bot.door --port 8080`."""

from __future__ import annotations

import click
import uvicorn

from bot import settings
from bot.door.protocol import ImpatientProtocol
from bot.running.entry import run_part


@click.command()
@click.option("--port", type=int, default=lambda: settings.get_int("REPERE_PORT"), help="port to listen on")
def main(port: int) -> None:
    """Serve the public door until stopped."""
    uvicorn.run(
        "bot.door.app:build",
        factory=True,
        host=settings.get("REPERE_HOST"),
        port=port,
        ws="none",  # no web socket here, and the one of Rasa's pins is too old for uvicorn
        http=ImpatientProtocol,
        access_log=False,  # our own line holds no id
        log_level="warning",
        timeout_keep_alive=15,
        h11_max_incomplete_event_size=32_768,
        server_header=False,
    )


if __name__ == "__main__":
    run_part(main)
