"""`repere offers`: the catalogue as the people who own the rules read it."""

from __future__ import annotations

import json
from pathlib import Path

import click

from bot import clock, settings
from bot.catalog import load_catalogue
from bot.errors import FaultsFound


@click.group("offers")
def command() -> None:
    """The catalogue: list, show, check, book."""


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
