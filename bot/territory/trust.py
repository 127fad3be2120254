"""Whether a name found in a sentence may be taken as a place: many communes are ordinary words, first names or surnames."""

from __future__ import annotations

from bot.territory.cafs import routing
from bot.territory.cues import cues
from bot.territory.gazetteer import gazetteer
from bot.territory.scan import NameFound
from bot.territory.spelling import ARTICLES, Token
from bot.territory.standing import Around, Standing, pause_between

SHORT = 3  # letters: « Y », « Eu », « Dax »
WELL_KNOWN = 20_000  # a town whose name is heard as such even when it is a word: « à tours », « à nice »
TOWN = 2_000  # named without preposition or capital
SERVED_VILLAGE = 300
VILLAGE = 1_000  # after « de », « dans » or an unaccented « a »


def _capital(text: str, tokens: list[Token], name: NameFound) -> bool:
    """True when the name is written with a capital that means something: not the first word, not a text all in capitals."""
    content = next((index for index in range(name.first, name.last + 1) if tokens[index].key not in ARTICLES), name.first)
    letters = [char for char in text if char.isalpha()]
    shouted = sum(char.isupper() for char in letters) > len(letters) / 2
    starts = content == 0 or text[: tokens[name.first].start].rstrip(" \t«\"'(").endswith((".", "!", "?", "\n", ":"))
    return tokens[content].capital and not shouted and not starts


def _population(rows: tuple[int, ...]) -> int:
    """Inhabitants of the biggest of these communes; those of served départements count ten times; 0 without rows."""
    names, served = gazetteer(), routing().caf_of_departement
    return max((names.population[row] * (10 if names.departement(row) in served else 1) for row in rows), default=0)


def trusted_commune(text: str, tokens: list[Token], name: NameFound, mark: Around, expected: bool) -> bool:
    """True when the name, as it stands, is the family's commune rather than a word."""
    if not name.exact:
        return True  # it was mended because of its standing
    if mark.preposition == "en":
        return False  # « en Bretagne », « en France »: a region or a country
    capital, people = _capital(text, tokens, name), _population(name.rows)
    if name.ordinary or len(name.key) <= SHORT:
        return _trusted_word(tokens, name, mark, capital) or (capital and _stands_alone(text, tokens, name))
    if name.shortened and mark.standing <= Standing.OF and not expected:
        return capital and mark.standing >= Standing.BARE and people >= WELL_KNOWN
    if mark.standing >= Standing.INSTITUTION and (mark.written_a or mark.preposition != "a" or mark.standing >= Standing.PRESENT):
        return True
    if mark.standing >= Standing.OF:
        return capital or people >= VILLAGE
    return people >= TOWN or name.words > 1 or (capital and people >= SERVED_VILLAGE)


def _trusted_word(tokens: list[Token], name: NameFound, mark: Around, capital: bool) -> bool:
    """An ordinary word is a place after « habite à », or after « à » when it is well known or written with a capital."""
    full = tuple(row for row in name.rows if row in gazetteer().rows(name.key))  # « château » is not the word for Château-Thierry
    people = _population(full) if mark.governed else max((gazetteer().population[row] for row in full), default=0)
    article = tokens[name.first].key in ARTICLES
    a_place = mark.preposition is not None and cues().has("place_prepositions", mark.preposition)
    if cues().has("seldom_a_word", name.key) and mark.preposition and mark.standing >= Standing.OF:
        return True
    if name.words > 1 and (mark.standing >= Standing.PRESENT or (mark.standing >= Standing.INSTITUTION and mark.written_a)):
        return True
    if cues().has("not_a_place", tokens[name.last].key):
        return capital and a_place and tokens[name.first].capital and mark.standing is Standing.LIVES
    if mark.standing >= Standing.PRESENT and a_place and name.first > 0:
        return capital or (people >= WELL_KNOWN and mark.standing is Standing.LIVES) or (people >= WELL_KNOWN and not article)
    if capital and a_place:
        return not article or tokens[name.first].capital
    if mark.standing in (Standing.INSTITUTION, Standing.LIVES):
        return capital or people >= WELL_KNOWN
    written = mark.written_a or cues().has("never_after_have", name.key)  # « a vienne » can only be « à Vienne »
    return written and people >= WELL_KNOWN and not article and mark.preposition in ("a", "vers")


def _stands_alone(text: str, tokens: list[Token], name: NameFound) -> bool:
    """True between two commas, as in the notes of professionals: « 3 enf, La Mure, sép. 2026 »; a first name there is a signature."""
    if name.first == 0 or name.key in cues().words("first_names") or not tokens[name.first].capital:
        return False
    after = name.last + 1 == len(tokens) or pause_between(text, tokens[name.last], tokens[name.last + 1])
    return after and pause_between(text, tokens[name.first - 1], tokens[name.first])


def trusted_departement(text: str, tokens: list[Token], name: NameFound, mark: Around, expected: bool) -> bool:
    """True when the name is the département: « dans l'Aisne », « en Isère », « caf de l'oise », not « la somme de 300 € » nor Vienne."""
    with_article = tokens[name.first].key in ARTICLES
    if name.rows and not (with_article and name.key != "paris"):
        return False
    capital = _capital(text, tokens, name)
    follows = tokens[name.last + 1].key if name.last + 1 < len(tokens) else ""
    if risky_departement(name):
        if follows in ("de", "du", "d", "totale", "est", "des"):
            return False
        return (
            (mark.preposition in ("dans", "ds") and (capital or mark.standing >= Standing.PRESENT))
            or mark.standing is Standing.LIVES
            or (capital and mark.preposition is not None and mark.standing >= Standing.INSTITUTION)
        )
    return True


def risky_departement(name: NameFound) -> bool:
    """True for a département whose name is a word: « la somme », « cher », « la réunion »."""
    return name.ordinary or name.key in cues().words("departements_words")
