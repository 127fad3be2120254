"""The catalogue as pages that an agent or a rule owner can read, generated from the files."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.catalog.catalogue import Catalogue
from bot.catalog.records import Caf, Contact
from bot.eligibility.outline import outline
from bot.eligibility.program import program
from bot.eligibility.sentences import sentences

HEADING = re.compile(r"(?<!\n)\n([^a-z\n]{6,}\n)")  # a line of capitals after a line of text
TEMPLATES = Path(__file__).parent / "templates"


def _environment(catalogue: Catalogue) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=lambda name: name is not None and name.endswith(".html"),
        keep_trailing_newline=True,
        trim_blocks=True,
    )
    environment.filters["situation"] = lambda name: catalogue.situations[name].label
    environment.filters["door"] = lambda name: catalogue.doors[name]
    environment.filters["contact"] = _contact
    return environment


def _contact(name: str, caf: Caf) -> Contact:
    return caf.contacts[name]


def offer_page(catalogue: Catalogue, offer_id: str, today: date) -> str:
    """One offer as a page of plain text. Raises BadInput when the offer does not exist."""
    offer = catalogue.offer(offer_id)
    caf = catalogue.cafs[offer.caf]
    page = _environment(catalogue).get_template("offre.txt")
    text = page.render(
        offer=offer,
        caf=caf,
        document=catalogue.documents[caf.document],
        notice=catalogue.notice(offer_id),
        outline=outline(catalogue, program(catalogue, caf.id).offers[offer_id], today),
    )
    return HEADING.sub(r"\n\n\1", text)


def book(catalogue: Catalogue, today: date) -> str:
    """Every offer of every Caf as one HTML page."""
    outlines = {
        offer_id: outline(catalogue, compiled, today)
        for caf in catalogue.cafs
        for offer_id, compiled in program(catalogue, caf).offers.items()
    }
    notices = {caf.id: caf.notice or catalogue.documents[caf.document].notice for caf in catalogue.cafs.values()}
    page = _environment(catalogue).get_template("livret.html")
    return page.render(catalogue=catalogue, outlines=outlines, notices=notices, today=sentences(catalogue).day(today))
