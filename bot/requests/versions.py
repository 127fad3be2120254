"""The catalogue's versions: published under the hash of their content, never changed, so that a verdict can be replayed."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from bot import settings
from bot.catalog import Catalogue, load_catalogue
from bot.catalog.catalogue import content_hash, read_folder
from bot.database.models import CatalogueVersion
from bot.errors import BadInput


def publish(session: Session, now: datetime, folder: Path | None = None) -> tuple[str, bool]:
    """Store the catalogue of `folder` (default: the configured one) if its content is new. Returns its hash, and whether it was new.

    Raises CatalogueError when the catalogue has a fault: a broken catalogue is never published.
    """
    folder = folder or settings.catalog_dir()
    load_catalogue(folder)
    version = content_hash(folder)
    if session.get(CatalogueVersion, version) is not None:
        return version, False
    content = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yml"))}
    session.add(CatalogueVersion(hash=version, content=content, published_at=now))
    session.flush()
    return version, True


def restore(session: Session, version: str | None) -> Catalogue:
    """The catalogue as it was published under that hash. Raises BadInput when it never was."""
    stored = session.get(CatalogueVersion, version) if version else None
    if stored is None:
        raise BadInput(f"the catalogue version {version or 'of this request'} was never published in this database")
    with tempfile.TemporaryDirectory(prefix="repere-catalogue-") as name:
        folder = Path(name)
        for file_name, text in stored.content.items():
            (folder / Path(file_name).name).write_text(text, encoding="utf-8")
        catalogue, _faults = read_folder(folder)
    return catalogue
