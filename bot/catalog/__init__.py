"""The catalogue: every offer, fact, question and dated figure, kept as data that the rule owners can read."""

from bot.catalog.catalogue import Catalogue, load_catalogue

__all__ = ["Catalogue", "load_catalogue"]
