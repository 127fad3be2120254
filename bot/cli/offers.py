"""`repere offers`: the catalogue as the people who own the rules read it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from bot import clock, settings
from bot.catalog import Catalogue, load_catalogue
from bot.errors import BadInput, FaultsFound


@click.group("offers")
def command() -> None:
    """The catalogue: list, show, check, book, diff."""


@command.command("list")
@click.option("--caf", help="only the offers of this Caf")
@click.option("--json", "as_json", is_flag=True, help="JSON instead of one line an offer")
def list_offers(caf: str | None, as_json: bool) -> None:
    """Every offer: its id, its title, its situations."""
    catalogue = load_catalogue()
    cafs = [catalogue.caf(caf)] if caf else list(catalogue.cafs.values())
    offers = [offer for item in cafs for offer in item.offers.values()]
    if as_json:
        rows = [{"id": offer.id, "caf": offer.caf, "title": offer.title, "situations": list(offer.situations)} for offer in offers]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for offer in offers:
        click.echo(f"{offer.id:55} {offer.title}  [{', '.join(offer.situations)}]")


@command.command("show")
@click.argument("offer_id")
def show(offer_id: str) -> None:
    """One offer as a page that an agent can read."""
    from bot.catalog.pages import offer_page

    click.echo(offer_page(load_catalogue(), offer_id, clock.today()), nl=False)


@command.command("check")
@click.option("--folder", type=click.Path(path_type=Path), help="folder of the catalogue (default: the configured one)")
def check_files(folder: Path | None) -> None:
    """Check every file; name file, line and mend of each fault. Exits 1 when there is a fault; a warning is not one."""
    from bot.catalog.check import check

    found = check(folder or settings.catalog_dir(), clock.today())
    for fault in found:
        click.echo(str(fault))
    faults = sum(not fault.warning for fault in found)
    if faults:
        raise FaultsFound(f"{faults} fault{'s' if faults > 1 else ''} in the catalogue")
    click.echo(f"{len(load_catalogue(folder).offers)} offers, no fault")


@command.command("book")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="file to write (default: standard output)")
def book_page(output: Path | None) -> None:
    """Every offer as one French HTML page."""
    from bot.catalog.pages import book

    page = book(load_catalogue(), clock.today())
    if output is None:
        click.echo(page, nl=False)
    else:
        output.write_text(page, encoding="utf-8")
        click.echo(f"written: {output}")


@command.command("diff")
@click.argument("old")
@click.argument("new", default="files")
@click.option("--families", default=200, show_default=True, help="number of sample families per Caf")
def diff(old: str, new: str, families: int) -> None:
    """Families of the sample that change verdict between two versions: published hashes (or their start), or `files`."""
    from bot.database import session_scope
    from bot.eligibility.differences import changes

    with session_scope() as session:
        before, after = (_version(session, name) for name in (old, new))
    found = list(changes(before, after, clock.today(), families))
    for change in found:
        who = f"{change.family.caf} family {change.number} ({change.family.role}, {change.family.situation})"
        click.echo(f"{change.offer}: {who}: {', '.join(change.before)} -> {', '.join(change.after)}")
    click.echo(f"{len(found)} change{'s' if len(found) != 1 else ''} over {families} families per Caf")


def _version(session: Any, name: str) -> Catalogue:
    """A published catalogue by its hash or the start of it, or the files as they are."""
    from bot.database.models import CatalogueVersion
    from bot.requests.versions import restore

    if name == "files":
        return load_catalogue()
    found = session.query(CatalogueVersion.hash).filter(CatalogueVersion.hash.startswith(name, autoescape=True)).limit(2).all()
    if len(found) != 1:
        raise BadInput(f"{'several versions start' if found else 'no published version starts'} with {name!r}: see `repere migrate`")
    return restore(session, found[0][0])
