"""`repere requests`: contact requests, from the command line."""

from __future__ import annotations

import csv
import json
import sys
from typing import Any

import click
from sqlalchemy import select

from bot import clock
from bot.catalog import load_catalogue
from bot.database import read_scope, session_scope
from bot.database.models import ContactRequest
from bot.errors import FaultsFound
from bot.requests import agenda, erasure, retention, search
from bot.requests.export import everything, plain, summary
from bot.requests.replay import replay
from bot.requests.status import Status


@click.group("requests")
def command() -> None:
    """Contact requests: list, show, export, replay, erase, purge, agenda-key."""


@command.command("list")
@click.option("--status", type=click.Choice([status.value for status in Status]), help="Only this status.")
@click.option("--caf", default="", help="Only this Caf.")
@click.option("--overdue", is_flag=True, help="Only those past their due date.")
@click.option("--limit", default=100, show_default=True, type=click.IntRange(1), help="At most that many, newest first.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines.")
def list_requests(status: str | None, caf: str, overdue: bool, limit: int, as_json: bool) -> None:
    """List requests, without anything that names a person."""
    filters = search.Filters(status=status or "", caf=caf, overdue=overdue)
    now = clock.now()
    with read_scope() as session:
        query = search.narrow(select(ContactRequest), search.ALL, filters, now).order_by(ContactRequest.created_at.desc()).limit(limit)
        lines = [summary(request, now) for request in session.execute(query).scalars()]
    for line in lines:
        click.echo(_json(line) if as_json else _one_line(line))


@command.command("show")
@click.argument("reference")
@click.option("--json", "as_json", is_flag=True, help="JSON.")
def show(reference: str, as_json: bool) -> None:
    """Show everything held about one request."""
    with read_scope() as session:
        data = everything(session, search.find(session, reference))
    click.echo(_json(data) if as_json else _pretty(data))


@command.command("export")
@click.option("--reference", help="Only this request, with all that is held about the person.")
@click.option("--format", "form", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True)
@click.option("--caf", default="", help="Only this Caf.")
def export(reference: str | None, form: str, caf: str) -> None:
    """Export requests (nothing names a person), or one person's data with --reference."""
    now = clock.now()
    with read_scope() as session:
        if reference:
            click.echo(_json(everything(session, search.find(session, reference))))
            return
        query = search.narrow(select(ContactRequest), search.ALL, search.Filters(caf=caf), now).order_by(ContactRequest.id)
        _write((summary(request, now) for request in session.execute(query.execution_options(yield_per=1000)).scalars()), form)


@command.command("replay")
@click.argument("reference")
def replay_request(reference: str) -> None:
    """Evaluate a request again with its own catalogue version; exit 1 when the verdict is not the same."""
    with read_scope() as session:
        result = replay(session, search.find(session, reference))
    click.echo(_json(result.as_dict()))
    if not result.same:
        raise FaultsFound(f"{result.reference}: the verdict is not the same")


@command.command("erase")
@click.argument("reference")
@click.option("--apply", "do_it", is_flag=True, help="Erase for good; without it, say what would be erased.")
def erase(reference: str, do_it: bool) -> None:
    """Erase a request everywhere: row, history, notes, references, outbox, mail files."""
    with session_scope() as session:
        request = search.find(session, reference, lock=do_it)
        counts = erasure.erase_request(session, request, clock.now()) if do_it else erasure.erasable(session, request)
    _say_counts(counts, do_it)


@command.command("purge")
@click.option("--apply", "do_it", is_flag=True, help="Remove for good; without it, say what would be removed.")
def purge(do_it: bool) -> None:
    """Remove what is past its time; old requests are made anonymous."""
    with session_scope() as session:
        counts = retention.purge(session, clock.now(), apply=do_it)
    _say_counts(counts, do_it)


@command.command("agenda-key")
@click.argument("caf")
def agenda_key(caf: str) -> None:
    """Make a key that lets a Caf's own agenda read /api/requests; it is shown once, only its hash is kept, in the settings."""
    known = load_catalogue().caf(caf)
    key, digest = agenda.new_key()
    click.echo(_json({"key": key, "setting": f"REPERE_AGENDA_KEYS={known.id}={digest}"}))


def _say_counts(counts: dict[str, int], done: bool) -> None:
    """Say what was removed, or would be."""
    click.echo(_json({"applied": done, "removed" if done else "would_remove": counts}))
    if not done:
        click.echo("nothing was removed: add --apply to do it", err=True)


def _write(lines: Any, form: str) -> None:
    """Write summaries as JSON Lines or CSV."""
    writer = None
    for line in lines:
        if form == "jsonl":
            click.echo(_json(line))
            continue
        if writer is None:
            writer = csv.DictWriter(sys.stdout, fieldnames=list(line))
            writer.writeheader()
        writer.writerow(line)


def _one_line(line: dict[str, Any]) -> str:
    """A summary for a terminal."""
    flags = ("violence " if line["violence"] else "") + ("overdue" if line["overdue"] else "")
    return f"{line['reference']}  {line['status']:<16} {line['created_at'][:16]}  {line['caf']}  {line['offre'] or '-'}  {flags}".rstrip()


def _pretty(data: dict[str, Any]) -> str:
    """Everything about a request for a terminal."""
    return "\n".join(f"{name}: {_json(value) if isinstance(value, list | dict) else value}" for name, value in data.items())


def _json(value: Any) -> str:
    """One line of JSON."""
    return json.dumps(value, ensure_ascii=False, default=plain)
