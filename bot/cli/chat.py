"""`repere chat`: talk with the running assistant in the terminal."""

from __future__ import annotations

from typing import Any

import click
import httpx

from bot import settings
from bot.errors import PartDown


@click.command("chat")
@click.option("--audience", type=click.Choice(["allocataire", "partenaire", "agent"]), default="allocataire", show_default=True)
@click.option("--server", default=lambda: f"http://{settings.get('REPERE_HOST')}:{settings.get('REPERE_PORT')}", help="address of the door")
def command(audience: str, server: str) -> None:
    """Talk with the assistant started by `make start`. An answer in brackets may be typed by its number; an empty line leaves."""
    with httpx.Client(base_url=server, timeout=15, trust_env=False) as client:
        opened = _post(client, "/api/conversations", {"audience": audience}, {})
        headers = {"Authorization": f"Bearer {opened['token']}"}
        choices = _show(opened)
        while line := click.prompt("vous", prompt_suffix=" > ", default="", show_default=False).strip():
            picked = choices[int(line) - 1]["id"] if line.isdigit() and 0 < int(line) <= len(choices) else None
            body = {"choice": picked} if picked else {"text": line}
            choices = _show(_post(client, f"/api/conversations/{opened['id']}/messages", body, headers))
        client.delete(f"/api/conversations/{opened['id']}", headers=headers)


def _post(client: httpx.Client, path: str, body: dict[str, str], headers: dict[str, str]) -> dict[str, Any]:
    """Answer of the door. A refusal is shown as a message; raises PartDown when the door does not answer at all."""
    try:
        response = client.post(path, json=body, headers=headers)
    except httpx.HTTPError:
        raise PartDown(f"no assistant answers at {client.base_url}: start it with « make start »") from None
    if response.status_code >= 400 and path == "/api/conversations":
        raise PartDown(response.json()["error"]["message"])
    if response.status_code >= 400:
        return {"messages": [{"text": response.json()["error"]["message"], "choices": []}]}
    return response.json()


def _show(answer: dict[str, Any]) -> list[dict[str, str]]:
    """Print the messages of a turn; returns the choices of the last one."""
    choices: list[dict[str, str]] = []
    for message in answer["messages"]:
        click.echo(f"\n{message['text']}")
        choices = message["choices"]
    for number, choice in enumerate(choices, 1):
        click.echo(f"  [{number}] {choice['label']}")
    return choices
