"""Places of France: from what a person writes to the commune, the département, the Caf and its territory."""

from bot.territory.extract import extract_place, warm_up
from bot.territory.place import Place, PlaceMention, sole_caf
from bot.territory.search import find_places

__all__ = ["Place", "PlaceMention", "extract_place", "find_places", "sole_caf", "warm_up"]
