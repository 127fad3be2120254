"""When a person can be reached: only days, moments and hours are kept, so that a story never slips into the request."""

from __future__ import annotations

import re

from bot.requests.names import fold

_WORDS = {
    **{day: day for day in ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")},
    **{day + "s": day for day in ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")},
    **{"matin": "matin", "matins": "matin", "matinee": "matin", "midi": "midi", "soir": "soir", "soirs": "soir", "soiree": "soir"},
    **{"apres-midi": "après-midi", "aprem": "après-midi", "journee": "journée", "semaine": "semaine", "week-end": "week-end"},
}
_LINKS = {"et": "et", "ou": "ou", "sauf": "sauf", "avant": "avant", "apres": "après", "entre": "entre", "des": "dès", "jusqu'a": "jusqu'à"}
_ANY_TIME = re.compile(
    r"n'importe quand|tout le temps|toujours|peu importe|indifferent|quand vous voulez|tous les jours|toute la journee|a tout moment|libre"
)
_TOKEN = re.compile(r"apres[- ]midi|aprem|week[- ]?end|jusqu'a|(?<!\d)(\d{1,2})\s*(?:h|heures?\b)\s*(\d{2}(?!\d))?|[a-z]+")

ANY_TIME = "indifférent"
LONGEST = 160


def clean_availability(text: str) -> str | None:
    """Days, moments and hours said in `text`, in their order; None when it holds none."""
    folded = fold(text).replace("’", "'")
    kept: list[str] = []
    for token in _TOKEN.finditer(folded):
        word = _word(token)
        if word:
            kept.append(word)
    kept = _trim_links(kept)
    if any(word not in _LINKS.values() for word in kept):
        return " ".join(kept)[:LONGEST].rsplit(" ", 1)[0] if len(" ".join(kept)) > LONGEST else " ".join(kept)
    return ANY_TIME if _ANY_TIME.search(folded) else None


def _word(token: re.Match[str]) -> str | None:
    """The word kept for a token: an hour, a day, a moment or a link between them; None for anything else."""
    if token[1] is not None:
        hour, minutes = int(token[1]), int(token[2] or 0)
        return f"{hour}h{minutes:02d}" if hour < 24 and minutes < 60 else None
    text = {"apres midi": "apres-midi", "week end": "week-end", "weekend": "week-end"}.get(token[0], token[0])
    return _WORDS.get(text) or _LINKS.get(text)


def _trim_links(words: list[str]) -> list[str]:
    """The same words without repeats, links at the end, nor « et » or « ou » at the start or after another link."""
    links = set(_LINKS.values())
    trimmed: list[str] = []
    for word in words:
        if trimmed[-1:] == [word] or (word in ("et", "ou") and (not trimmed or trimmed[-1] in links)):
            continue
        trimmed.append(word)
    while trimmed and trimmed[-1] in links:
        trimmed.pop()
    return trimmed
