"""Reads the file of one Caf: its contacts, territories and offers."""

from __future__ import annotations

from bot.catalog.marks import Marked
from bot.catalog.reader import Reader
from bot.catalog.records import ACCESS_VALUES, ROLES, Access, Caf, Contact, Offer, Territory, Text

CAF_KEYS = (
    *("caf", "name", "document", "notice", "receives_requests", "confirm_always", "ages_prevail", "callback", "departements"),
    *("territories", "contacts", "common", "anchors", "offers", "namespace"),
)
OFFER_KEYS = (
    *("title", "domain", "situations", "public", "public_source", "conditions", "confirm_when", "exclusions", "delays", "silence"),
    *("access", "agreement", "procedure", "modalities", "contents", "other_doors", "notice", "entry"),
)
KINDS = ("mail", "phone", "web", "post", "place", "sms")


def read_caf(reader: Reader) -> Caf:
    """The Caf written in a file; faults are noted in the reader."""
    reader.only(*CAF_KEYS)
    caf_id = reader.text("caf")
    namespace = reader.text("namespace", required=False) or caf_id
    document = reader.child("document")
    return Caf(
        id=caf_id,
        name=reader.text("name"),
        document=document.text("short") if document else "",
        notice=reader.text("notice", required=False) or None,
        receives_requests=reader.flag("receives_requests"),
        confirm_always=reader.flag("confirm_always"),
        ages_prevail=reader.flag("ages_prevail"),
        callback=_text(reader, "callback"),
        departements=reader.texts("departements"),
        territories=_territories(reader),
        contacts={name: _contact(name, child) for name, child in reader.children("contacts")},
        common=reader.node.get("common") or Marked(),
        offers={f"{namespace}/{name}": _offer(f"{namespace}/{name}", caf_id, child) for name, child in reader.children("offers")},
        file=reader.file,
    )


def _text(reader: Reader, key: str) -> Text | None:
    child = reader.child(key, required=False)
    return Text(child.text("text"), child.text("source")) if child else None


def _territories(reader: Reader) -> tuple[Territory, ...]:
    found = []
    for item in reader.node.get("territories") or []:
        child = Reader(reader.file, item, reader.faults, "territory")
        child.only("id", "label", "communes", "contact", "source")
        communes = child.texts("communes")
        found.append(Territory(child.text("id"), child.text("label"), communes, child.text("contact"), child.text("source")))
    return tuple(found)


def _contact(name: str, reader: Reader) -> Contact:
    reader.only("label", "kind", "value", "audiences", "note", "source", "words")
    audiences = reader.texts("audiences", required=True)
    for audience in audiences:
        if audience not in ROLES:
            reader.fault("audiences", f"audience {audience!r} is not known", "Use allocataire, partenaire, agent.")
    return Contact(
        id=name,
        label=reader.text("label"),
        kind=reader.one_of("kind", KINDS),
        value=reader.text("value"),
        audiences=audiences,
        note=reader.text("note", required=False),
        source=reader.text("source"),
        words=reader.texts("words"),
    )


def _offer(offer_id: str, caf_id: str, reader: Reader) -> Offer:
    reader.only(*OFFER_KEYS)
    reader.where = f"offer {offer_id}"
    conditions = reader.child("conditions")
    confirm = reader.child("confirm_when", required=False)
    access = reader.child("access")
    return Offer(
        id=offer_id,
        caf=caf_id,
        name=offer_id.partition("/")[2],
        title=reader.text("title"),
        domain=reader.text("domain"),
        situations=reader.texts("situations"),
        public=reader.text("public"),
        public_source=reader.text("public_source"),
        conditions=conditions.node if conditions else Marked(),
        confirm_when=confirm.node if confirm else None,
        exclusions=reader.sourced("exclusions"),
        delays=reader.sourced("delays"),
        silence=reader.texts("silence"),
        access={role: _access(access, role) for role in ROLES} if access else {},
        agreement=_agreement(reader),
        procedure=reader.sourced("procedure"),
        modalities=reader.sourced("modalities"),
        contents=_contents(reader),
        other_doors=reader.texts("other_doors"),
        notice=reader.text("notice", required=False) or None,
        line=reader.node.line,
        entry=_text(reader, "entry"),
    )


def _contents(reader: Reader) -> tuple[Text, ...]:
    contents = reader.sourced("contents")
    if not 2 <= len(contents) <= 5:
        reader.fault("contents", f"'contents' holds {len(contents)} items", "Write 2 to 5 short items, each with its source.")
    return contents


def _agreement(reader: Reader) -> Text | None:
    child = reader.child("agreement", required=False)
    if child is None or not child.flag("required"):
        return None
    return Text(child.text("text"), child.text("source"))


def _access(reader: Reader, role: str) -> Access:
    child = reader.child(role)
    if child is None:
        return Access(role, "non_precise", None, (), (), False, None, "")
    child.only("is", "source", "how", "contacts", "territory_contact", "within_months", "registered", "or_events", "late")
    delayed = "within_months" in child.node
    return Access(
        role=role,
        value=None if delayed else child.one_of("is", ACCESS_VALUES),
        source=child.text("source"),
        how=child.texts("how", required=True),
        contacts=child.texts("contacts"),
        territory_contact=child.flag("territory_contact"),
        delay=child.node if delayed else None,
        late=child.text("late", required=delayed),
    )
