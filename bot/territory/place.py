"""What the search of places gives back: a place, and a place as mentioned in a message."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A commune, or a whole département when `insee` is None, with the Caf that serves it.

    `territoire` is the territory, site or agency of that Caf, only where its file names the commune; never guessed.
    """

    nom: str
    insee: str | None
    departement: str
    departement_nom: str
    caf: str
    territoire: str | None


@dataclass(frozen=True)
class PlaceMention:
    """A place found in a message: the words that name it, what they state, and the places that fit, best first.

    `commune`, `code_postal` and `departement` hold only what was stated (`commune` with its official name).
    `exact` is False when the spelling had to be mended: the answer is then worth reading back.
    """

    text: str
    start: int
    end: int
    places: tuple[Place, ...]
    commune: str | None = None
    code_postal: str | None = None
    departement: str | None = None
    exact: bool = True

    @property
    def ambiguous(self) -> bool:
        """True when several places fit, so that the person must be asked."""
        return len(self.places) > 1

    @property
    def caf(self) -> str | None:
        """The Caf of every place that fits, None when they differ."""
        return sole_caf(self.places)


def sole_caf(places: tuple[Place, ...] | list[Place]) -> str | None:
    """The one Caf that serves all these places; None when there is no place or several Cafs."""
    cafs = {place.caf for place in places}
    return cafs.pop() if len(cafs) == 1 else None
