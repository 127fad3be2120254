"""What the catalogue holds, once read: facts, questions, parameters, offers, Cafs."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.catalog.marks import Marked

ROLES = ("allocataire", "partenaire", "agent")
ACCESS_VALUES = ("ouvert", "ferme", "non_precise")


@dataclass(frozen=True)
class FactSpec:
    """One fact of the vocabulary: its type, the values it takes, and how it is named and said in French."""

    name: str
    type: str  # bool | int | number | date | text | choice | children | ages
    label: str
    values: dict[str, str] = field(default_factory=dict)  # choice: value -> French words
    partial: dict[str, tuple[str, ...]] = field(default_factory=dict)  # choice: value -> the values it may stand for
    yes: str = ""  # bool: sentences by value
    no: str = ""
    unknown: str = ""
    unit: str = ""
    step: str = ""  # what to do when this step towards the Caf is missing
    step_of: tuple[str, ...] = ()  # the events that this step declares
    derived: bool = False


@dataclass(frozen=True)
class Answer:
    """One accepted answer of a question: its id, its French label, the facts it sets."""

    id: str
    label: str
    facts: dict[str, Any]
    also: tuple[str, ...] = ()  # ids of a plain yes or no that mean this answer
    less_than_months: int | None = None  # a date said instead of the answer means this one when it is that recent


@dataclass(frozen=True)
class Wording:
    """The French texts of a question for one kind of reader."""

    question: str
    autrement: str
    pourquoi: str
    explication: str = ""


@dataclass(frozen=True)
class Question:
    """How one fact is asked, to whom, after which others, and with which answers."""

    name: str
    type: str  # choice | int | ages | date | money
    fills: tuple[str, ...]
    roles: dict[str, bool]  # role -> asked
    never_asked: str  # reason, when a role is not asked
    sensitivity: int  # 0 plain … 3 very sensitive
    order: int  # place in the file
    only_if: dict[str, Any]  # facts that must have this value; asked first while unknown
    only_if_roles: tuple[str, ...]  # the roles that `only_if` holds back
    first: tuple[str, ...]  # questions to ask before this one, while they can be
    likely: float | None  # share of families for whom the fact is true, only to order the questions
    famille: Wording | None
    professionnel: Wording | None
    choices: tuple[Answer, ...]
    dated_by: str | None = None  # the date fact that answers it, by the choices that tell a duration

    def wording(self, role: str) -> Wording | None:
        """The texts for that role: second person for the family, about the family for professionals."""
        return self.famille if role == "allocataire" else self.professionnel or self.famille


@dataclass(frozen=True)
class Hold:
    """A context in which almost nothing is asked (violence, death of a child)."""

    roles: tuple[str, ...]
    when_any: tuple[str, ...]  # boolean facts, one of them true
    allow: tuple[str, ...]  # questions still allowed


@dataclass(frozen=True)
class Untold:
    """What a family has not told and is not asked: questions are chosen as if `facts` held. The verdict never reads it."""

    roles: tuple[str, ...]
    facts: dict[str, Any]
    except_in: tuple[str, ...]  # situations in which it is asked all the same
    when_known: tuple[str, ...]  # only when these facts are known, and neither empty nor false


@dataclass(frozen=True)
class Parameter:
    """A dated figure: its values by first day, unit, sources and last check."""

    name: str
    description: str
    unit: str
    selected_by: str
    starts: tuple[date, ...]
    values: tuple[float, ...]
    sources: tuple[str, ...]
    last_checked_on: date
    line: int

    def at(self, day: date) -> float:
        """Value in force on `day`; before the first one, the first one."""
        return self.values[max(0, bisect_right(self.starts, day) - 1)]


@dataclass(frozen=True)
class Document:
    """A source document: titles, year, period of validity, number of lines, caution to say."""

    short: str
    title: str
    short_title: str
    year: int
    valid_from: date | None
    valid_to: date | None
    lines: int
    notice: str | None


@dataclass(frozen=True)
class Text:
    """A French sentence and where it comes from."""

    text: str
    source: str | None


@dataclass(frozen=True)
class Contact:
    """A contact point and the audiences that may see it."""

    id: str
    label: str
    kind: str  # mail | phone | web | post | place | sms
    value: str
    audiences: tuple[str, ...]
    note: str
    source: str | None
    words: tuple[str, ...] = ()  # beginnings of the words by which people ask for it (no accent); several at once: « mot mot »


@dataclass(frozen=True)
class Territory:
    """A territory of a Caf: the communes that are safely in it and its contact."""

    id: str
    label: str
    communes: tuple[str, ...]
    contact: str
    source: str


@dataclass(frozen=True)
class Access:
    """How one role reaches an offer; `delay` holds the raw delay rule when the access depends on dates."""

    role: str
    value: str | None  # ouvert | ferme | non_precise, None when a delay decides
    source: str | None
    how: tuple[str, ...]
    contacts: tuple[str, ...]
    territory_contact: bool
    delay: Marked | None
    late: str


@dataclass(frozen=True)
class Offer:
    """One offer of one Caf, as its file says it."""

    id: str
    caf: str
    name: str
    title: str
    domain: str
    situations: tuple[str, ...]
    public: str
    public_source: str | None
    conditions: Marked
    confirm_when: Marked | None
    exclusions: tuple[Text, ...]
    delays: tuple[Text, ...]
    silence: tuple[str, ...]
    access: dict[str, Access]
    agreement: Text | None
    procedure: tuple[Text, ...]
    modalities: tuple[Text, ...]
    contents: tuple[Text, ...]
    other_doors: tuple[str, ...]
    notice: str | None
    line: int
    entry: Text | None = None  # who decides that a family enters, when its public is not enough


@dataclass(frozen=True)
class Caf:
    """One Caf: its document, its territories, its contacts, its offers in the order of its file."""

    id: str
    name: str
    document: str
    notice: str | None
    receives_requests: bool
    confirm_always: bool
    ages_prevail: bool  # known ages are read rather than a number of children, and may differ from it
    callback: Text | None
    departements: tuple[str, ...]
    territories: tuple[Territory, ...]
    contacts: dict[str, Contact]
    common: Marked
    offers: dict[str, Offer]
    file: str


@dataclass(frozen=True)
class Situation:
    """A situation of life: its label for a person, and its offers, best first."""

    id: str
    label: str
    button: str
    offers: tuple[str, ...]
    facts: dict[str, Any] = field(default_factory=dict)  # what choosing it in a list states
    first: tuple[str, ...] = ()  # facts of which one must be true before anything else is asked
    doors: tuple[str, ...] = ()  # other doors, said with the answer whatever it is
    vague: bool = False  # told without saying what happens: the person is asked once more
    menu: int = 0  # rank of its button; 0: no button


@dataclass(frozen=True)
class Door:
    """Another door than the Caf's social work: a service, a site, a number."""

    id: str
    label: str
    text: str
    value: str
    source: str | None
    check: str  # "vérifié" or what is to be checked before going live
    words: tuple[str, ...] = ()  # beginnings of the words by which people ask for it
    caf: str | None = None  # the only Caf whose families it is for


@dataclass(frozen=True)
class EmergencyNumber:
    """A national number: who answers, when, and whether it has been checked."""

    id: str
    number: str
    label: str
    hours: str
    note: str
    check: str
