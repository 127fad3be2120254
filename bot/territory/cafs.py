"""Which Caf serves a département, and which territory of it a commune belongs to: read from the catalogue, never from code."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot import settings
from bot.errors import CatalogueError
from bot.territory.spelling import key_of

OTHER = "autre"
_OF_A_CAF = re.compile(r"^caf: *\w+ *$", re.MULTILINE)
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Routing:
    """Département → Caf, and commune → territory of that Caf."""

    def __init__(self, headers: list[dict[str, Any]]) -> None:
        """Read the heads of the files of the Cafs; raises CatalogueError when two Cafs claim a département."""
        self.caf_of_departement: dict[str, str] = {}
        self._territories: dict[tuple[str, str], str] = {}
        for header in headers:
            self._add(header)

    def _add(self, header: dict[str, Any]) -> None:
        for departement in map(str, header.get("departements") or ()):
            if departement in self.caf_of_departement:
                raise CatalogueError(
                    f"data/catalog/{header['caf']}.yml: département {departement} already belongs to "
                    f"{self.caf_of_departement[departement]}; leave it in one file only"
                )
            self.caf_of_departement[departement] = header["caf"]
            for territory in header.get("territories") or ():
                for commune in territory.get("communes") or ():
                    self._territories[departement, key_of(commune)] = territory["id"]

    def caf(self, departement: str) -> str:
        """Id of the Caf of a département; `autre` when no file names it."""
        return self.caf_of_departement.get(departement, OTHER)

    def territoire(self, departement: str, commune: str) -> str | None:
        """Territory whose list names this commune of this département, None otherwise: it is never guessed."""
        return self._territories.get((departement, key_of(commune)))

    def communes_with_territory(self) -> list[tuple[str, str]]:
        """Département and key of every commune that a file ties to a territory."""
        return list(self._territories)


def _header(path: Path) -> dict[str, Any] | None:
    """The head of one catalogue file, its offers left unread; None when the file is not that of a Caf."""
    text = path.read_text(encoding="utf-8")
    if not _OF_A_CAF.search(text):
        return None
    try:
        head: dict[str, Any] = yaml.load(text.partition("\noffers:")[0], Loader=_Loader)
    except yaml.YAMLError as error:
        raise CatalogueError(f"{path.name}: {' '.join(str(error).split())}; mend the YAML") from error
    return head


def read_routing(folder: Path) -> Routing:
    """The routing said by the Caf files of a catalogue folder; raises CatalogueError when the folder holds none."""
    headers = [header for path in sorted(folder.glob("*.yml")) if (header := _header(path))]
    if not headers:
        raise CatalogueError(f"{folder}: no Caf file here; put data/catalog back, or set REPERE_CATALOG to the right folder")
    return Routing(headers)


@lru_cache(maxsize=1)
def routing() -> Routing:
    """The routing of the catalogue in use, read once."""
    return read_routing(settings.catalog_dir())
