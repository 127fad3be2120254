"""The place that a message states: commune, postal code or département, misspelt too."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.territory.answer import place_answer
from bot.territory.codes import CodeFound, find_codes
from bot.territory.cues import cues
from bot.territory.gazetteer import gazetteer
from bot.territory.mend import mend
from bot.territory.place import Place, PlaceMention
from bot.territory.scan import NameFound, named
from bot.territory.search import departements_of_postal, find_places, rows_within
from bot.territory.spelling import Token, tokens_of
from bot.territory.standing import Around, Standing, around
from bot.territory.trust import risky_departement, trusted_commune, trusted_departement

NEIGHBOUR = 12  # characters that may part a name from the code that completes it: « Chauny, dans le 02 »
CITIES_WITH_ARRONDISSEMENTS = {"paris": 20, "lyon": 9, "marseille": 16}


@dataclass(frozen=True)
class Read:
    """A name of the message with its standing and the codes stated beside it."""

    name: NameFound
    mark: Around
    start: int
    end: int
    code: CodeFound | None = None


def extract_place(text: str, expected: bool = False) -> PlaceMention | None:
    """The place where the family lives, as far as the message says it; None when it says none.

    `expected` is True when the bot has just asked for the place: a bare answer (« sens », « 38 ») is then a place, though the same
    words in a sentence are not. Streets, work places, places of birth and those of the other parent are left out.
    """
    if answer := place_answer(text, expected):
        return answer
    tokens, codes = tokens_of(text), find_codes(text)
    taken = _taken(tokens, codes)
    names = list(named(text, tokens, taken))
    codes = _without_arrondissements(names, tokens, codes)
    stated = [code.departement for code in codes if code.sure]
    stated += [name.departement for name in names if name.departement and not name.rows and not risky_departement(name)]
    settled = [name for name in names if _settled(text, tokens, name, codes, names)]
    covered = taken | {index for name in settled for index in range(name.first, name.last + 1)}
    names = _widest(names + mend(text, tokens, covered, list(dict.fromkeys(stated)), expected))
    mentions = [mention for name in names if (mention := _mention(text, tokens, name, codes, names, expected))]
    mentions += [(Standing.OF, _of_code(text, code)) for code in codes if code.sure and not _inside(code, mentions)]
    return max(mentions, key=_merit)[1] if mentions else None


def _settled(text: str, tokens: list[Token], name: NameFound, codes: list[CodeFound], names: list[NameFound]) -> bool:
    """True for a name that is trusted, or known not to be the family's place: neither may be mended into another."""
    if _mention(text, tokens, name, codes, names, False):
        return True
    return not name.ordinary and around(text, tokens, name.first).standing in (Standing.NEVER, Standing.ELSEWHERE)


def _widest(names: list[NameFound]) -> list[NameFound]:
    """The names without those that stand inside a longer one: « château » in « chateau thiery »."""
    return [
        name
        for name in names
        if not any(other.first <= name.first and name.last <= other.last and _width(other) > _width(name) for other in names)
    ]


def _width(name: NameFound) -> int:
    return name.last - name.first


def _taken(tokens: list[Token], codes: list[CodeFound]) -> set[int]:
    return {index for index, token in enumerate(tokens) if any(code.start <= token.start < code.end for code in codes)}


def _without_arrondissements(names: list[NameFound], tokens: list[Token], codes: list[CodeFound]) -> list[CodeFound]:
    """« Paris 13 » is no Bouches-du-Rhône: a number that follows one of the three cities is its arrondissement."""
    ends = {tokens[name.last].end: CITIES_WITH_ARRONDISSEMENTS[name.key] for name in names if name.key in CITIES_WITH_ARRONDISSEMENTS}
    return [
        code
        for code in codes
        if code.postal
        or not any(
            0 <= code.start - end <= 2 and code.departement.isdigit() and int(code.departement) <= most for end, most in ends.items()
        )
    ]


def _merit(scored: tuple[Standing, PlaceMention]) -> tuple[int, int, int, int]:
    """Best standing first; then what states most, what needed no mending, what comes first."""
    standing, mention = scored
    stated = sum(value is not None for value in (mention.commune, mention.code_postal, mention.departement))
    return (
        standing + (2 if stated > 1 else 0),
        int(mention.commune is not None or mention.code_postal is not None),
        int(mention.exact),
        -mention.start,
    )


def _inside(code: CodeFound, mentions: list[tuple[Standing, PlaceMention]]) -> bool:
    return any(mention.start <= code.start and code.end <= mention.end for _, mention in mentions)


def _of_code(text: str, code: CodeFound) -> PlaceMention:
    places = find_places(code_postal=code.postal) if code.postal else [gazetteer().departement_place(code.departement)]
    stated = None if code.postal else code.departement
    return PlaceMention(text[code.start : code.end], code.start, code.end, tuple(places), code_postal=code.postal, departement=stated)


def _mention(
    text: str, tokens: list[Token], name: NameFound, codes: list[CodeFound], names: list[NameFound], expected: bool
) -> tuple[Standing, PlaceMention] | None:
    """The mention that a name makes, with its standing; None when the name is not trusted to be the family's place."""
    mark = around(text, tokens, name.first)
    start, end = tokens[name.first].start, tokens[name.last].end
    if mark.standing in (Standing.NEVER, Standing.ELSEWHERE):
        return None
    if name.departement and trusted_departement(text, tokens, name, mark, expected):
        return mark.standing, _of_departement(text, start, end, name.departement, codes)
    if not name.rows:
        return None
    read = Read(name, mark, start, end)
    completed = _completed(text, tokens, read, codes, names)
    if completed:
        return mark.standing, completed
    if not trusted_commune(text, tokens, name, mark, expected):
        return None
    return mark.standing, _of_rows(text, read, name.rows)


def _of_departement(text: str, start: int, end: int, code: str, codes: list[CodeFound]) -> PlaceMention:
    for other in codes:
        if other.departement == code and not other.postal and -NEIGHBOUR <= other.start - end <= NEIGHBOUR:
            start, end = min(start, other.start), max(end, other.end)
    return PlaceMention(text[start:end], start, end, (gazetteer().departement_place(code),), departement=code)


def _of_rows(text: str, read: Read, rows: tuple[int, ...]) -> PlaceMention:
    places = tuple(gazetteer().place(row) for row in rows)
    return PlaceMention(text[read.start : read.end], read.start, read.end, places, commune=places[0].nom, exact=read.name.exact)


def _completed(text: str, tokens: list[Token], read: Read, codes: list[CodeFound], names: list[NameFound]) -> PlaceMention | None:
    """The name with the code or the département that stands beside it, or elsewhere in the message when the name is trusted."""
    if read.name.ordinary and cues().has("not_a_place", read.name.key):  # « dans l'Isère il y a deux mois » is not Les Deux Alpes
        return None
    for code in codes:
        gap = max(code.start - read.end, read.start - code.end)
        if (gap <= NEIGHBOUR or code.sure) and (rows := _rows_of(read.name, code)):
            start, end = (code.start, code.end) if gap <= NEIGHBOUR else (read.start, read.end)
            return _joined(text, read, start, end, rows, code.postal, None if code.postal else code.departement)
        if gap <= NEIGHBOUR and code.sure:
            return _contradicted(text, read, code)
    for other in names:
        if other.departement and other is not read.name and (rows := _in_departement(read.name, other.departement)):
            start, end = tokens[other.first].start, tokens[other.last].end
            if max(start - read.end, read.start - end) <= NEIGHBOUR or not read.name.ordinary:
                near = max(start - read.end, read.start - end) <= NEIGHBOUR
                joined = _joined(text, read, start if near else read.start, end if near else read.end, rows, None, other.departement)
                return joined if near or trusted_commune(text, tokens, replace(read.name, rows=rows), read.mark, False) else None
    return None


def _in_departement(name: NameFound, departement: str) -> tuple[int, ...]:
    rows = tuple(row for row in name.rows if gazetteer().departement(row) == departement)
    return rows or (tuple(rows_within(name.key, departement)) if name.exact and not name.ordinary else ())


def _rows_of(name: NameFound, code: CodeFound) -> tuple[int, ...]:
    if code.postal:
        in_code = set(gazetteer().by_postal.get(code.postal, ()))
        rows = tuple(row for row in name.rows if row in in_code)
        return rows or tuple(row for each in departements_of_postal(code.postal) for row in _in_departement(name, each))
    return _in_departement(name, code.departement)


def _joined(
    text: str, read: Read, start: int, end: int, rows: tuple[int, ...], postal: str | None, departement: str | None
) -> PlaceMention:
    start, end = min(start, read.start), max(end, read.end)
    places = tuple(gazetteer().place(row) for row in rows)
    return PlaceMention(text[start:end], start, end, places, places[0].nom, postal, departement, read.name.exact)


def _contradicted(text: str, read: Read, code: CodeFound) -> PlaceMention | None:
    """« Chauny (93) »: both readings are kept, the person will be asked."""
    if read.name.ordinary or not read.name.exact:
        return None
    places: list[Place] = [gazetteer().place(row) for row in read.name.rows]
    places.append(gazetteer().departement_place(code.departement))
    start, end = min(code.start, read.start), max(code.end, read.end)
    stated = None if code.postal else code.departement
    return PlaceMention(text[start:end], start, end, tuple(places), places[0].nom, code.postal, stated)


def warm_up() -> None:
    """Load the lists (about 300 ms and 25 MB), so that the first message does not wait for them."""
    extract_place("j'habite à chony")
