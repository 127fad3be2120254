"""Tables of the contact requests, their references, history, proposed changes and notes."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, CheckConstraint, Column, Date, ForeignKey, Index, Integer, String, Text, text

from bot.database.base import Base, Instant, RowId

_OPEN_ONLY = {"postgresql_where": text("closed_at IS NULL"), "sqlite_where": text("closed_at IS NULL")}
_CLOSED_ONLY = {"postgresql_where": text("closed_at IS NOT NULL"), "sqlite_where": text("closed_at IS NOT NULL")}


class ContactRequest(Base):
    """A family asks to be called by a social worker. Statuses and references: contract §5."""

    __tablename__ = "contact_requests"

    id = Column(RowId, primary_key=True)
    reference = Column(String(24), nullable=False, unique=True)
    status = Column(String(16), nullable=False)
    version = Column(Integer, nullable=False)  # two agents on the same page: the second is told, not silently overwritten
    source = Column(String(8), nullable=False)  # chat | proche | accueil
    audience = Column(String(12), nullable=False)
    created_at = Column(Instant, nullable=False)
    updated_at = Column(Instant, nullable=False)
    closed_at = Column(Instant)
    due_at = Column(Instant)
    reminded_at = Column(Instant)
    taken_at = Column(Instant)
    rdv_at = Column(Instant)
    rdv_mode = Column(String(16))
    assigned_to = Column(RowId, ForeignKey("agents.id", ondelete="SET NULL"))
    created_by = Column(RowId, ForeignKey("agents.id", ondelete="SET NULL"))
    anonymised_at = Column(Instant)

    # Routing. `territoire` null: the queue without territory.
    caf = Column(String(24), nullable=False)
    territoire = Column(String(80))
    commune = Column(String(80))

    # What was decided, and on what: enough to replay it.
    offre = Column(String(64))  # null: a general request
    offre_visee = Column(String(64))  # the offer that was evaluated, kept for a general request too
    verdict = Column(String(12))
    access = Column(String(12))
    voie_a_confirmer = Column(Boolean, nullable=False, default=False)
    facts = Column(JSON)
    reasons = Column(JSON)
    situations = Column(JSON)
    catalogue_version = Column(String(64))
    evaluated_on = Column(Date)
    violence = Column(Boolean, nullable=False, default=False)
    minor = Column(Boolean, nullable=False, default=False)

    # The person.
    nom = Column(String(80))
    prenom = Column(String(80))
    search_name = Column(String(80))
    telephone = Column(String(20))
    email = Column(String(254))
    numero_allocataire = Column(String(7))
    canal = Column(String(12))
    disponibilites = Column(String(160))
    message_vocal = Column(Boolean)
    accord_mail = Column(Boolean, nullable=False, default=False)
    accord_famille = Column(Boolean)
    partenaire_nom = Column(String(80))
    partenaire_structure = Column(String(120))
    partenaire_contact = Column(String(254))
    partenaire_suivi = Column(Boolean, nullable=False, default=False)
    consent_version = Column(String(32))
    consent_at = Column(Instant)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own idiom
    __table_args__ = (
        CheckConstraint("status in ('nouvelle','prise_en_charge','rdv_fixe','terminee','annulee','sans_suite')", name="status"),
        CheckConstraint("audience in ('allocataire','partenaire','agent')", name="audience"),
        CheckConstraint("status <> 'rdv_fixe' or rdv_at is not null", name="rdv"),
        CheckConstraint("(closed_at is null) = (status in ('nouvelle','prise_en_charge','rdv_fixe'))", name="closed"),
        Index("ix_contact_requests_list", "caf", "created_at", "id"),
        Index("ix_contact_requests_status", "caf", "status", "created_at", "id"),
        Index("ix_contact_requests_created", "created_at", "id"),
        Index("ix_contact_requests_any_status", "status", "created_at", "id"),
        Index("ix_contact_requests_offer", "offre", "created_at", "id"),
        Index("ix_contact_requests_territory", "territoire", "created_at", "id"),
        Index("ix_contact_requests_name", "search_name", "id"),
        # The open ones are few among all: their counts and due dates are read on every list page.
        Index("ix_contact_requests_open", "caf", "territoire", "status", "due_at", **_OPEN_ONLY),
        Index("ix_contact_requests_due", "due_at", "id", **_OPEN_ONLY),
        Index("ix_contact_requests_closed", "closed_at"),
        # The latest requests are the open ones: a list of closed ones must not have to skip them.
        Index("ix_contact_requests_closed_created", "created_at", "id", **_CLOSED_ONLY),
        Index("ix_contact_requests_changed", "caf", "updated_at", "id"),
    )

    def __repr__(self) -> str:
        """Reference and status only: a request must be able to appear in a log."""
        return f"<ContactRequest {self.reference} {self.status}>"


class RequestReference(Base):
    """A reference given to a person. Several may lead to one request (same person from elsewhere)."""

    __tablename__ = "request_references"

    reference = Column(String(24), primary_key=True)
    request_id = Column(RowId, ForeignKey("contact_requests.id", ondelete="CASCADE"), nullable=False, index=True)
    change_id = Column(RowId, ForeignKey("request_changes.id", ondelete="CASCADE"), index=True)
    conversation_id = Column(String(64), index=True)
    created_at = Column(Instant, nullable=False)


class OpenKey(Base):
    """Identity of an open request: its primary key is what keeps two servers from storing the same person twice."""

    __tablename__ = "request_open_keys"

    key = Column(String(64), primary_key=True)
    request_id = Column(RowId, ForeignKey("contact_requests.id", ondelete="CASCADE"), nullable=False, index=True)


class Submission(Base):
    """A draft that was sent, once: a double click or a retry finds here the answer of the first."""

    __tablename__ = "request_submissions"

    key = Column(String(32), primary_key=True)
    conversation_id = Column(String(64), nullable=False, index=True)
    reference = Column(String(24), nullable=False, index=True)
    status = Column(String(16), nullable=False)
    change = Column(Boolean, nullable=False)
    created_at = Column(Instant, nullable=False, index=True)


class RequestChange(Base):
    """New details sent from elsewhere for a request that exists: an agent accepts or refuses them."""

    __tablename__ = "request_changes"

    id = Column(RowId, primary_key=True)
    request_id = Column(RowId, ForeignKey("contact_requests.id", ondelete="CASCADE"), nullable=False, index=True)
    state = Column(String(10), nullable=False)  # proposee | acceptee | refusee | retiree
    details = Column(JSON)
    context = Column(JSON)
    created_at = Column(Instant, nullable=False)
    decided_at = Column(Instant)
    decided_by = Column(RowId, ForeignKey("agents.id", ondelete="SET NULL"))

    __table_args__ = (CheckConstraint("state in ('proposee','acceptee','refusee','retiree')", name="state"),)

    def __repr__(self) -> str:
        """State only, never the details."""
        return f"<RequestChange {self.id} {self.state}>"


class Transition(Base):
    """One line of a request's history: what happened, who did it, when, why."""

    __tablename__ = "request_transitions"

    id = Column(RowId, primary_key=True)
    request_id = Column(RowId, ForeignKey("contact_requests.id", ondelete="CASCADE"), nullable=False, index=True)
    at = Column(Instant, nullable=False)
    actor = Column(String(64), nullable=False)  # personne | partenaire | systeme | agent:<id>
    event = Column(String(24), nullable=False)
    from_status = Column(String(16))
    to_status = Column(String(16), nullable=False)
    reason = Column(String(40))
    comment = Column(String(500))


class Note(Base):
    """An internal note of an agent, never shown to the family nor to the partner."""

    __tablename__ = "request_notes"

    id = Column(RowId, primary_key=True)
    request_id = Column(RowId, ForeignKey("contact_requests.id", ondelete="CASCADE"), nullable=False, index=True)
    agent_id = Column(RowId, ForeignKey("agents.id", ondelete="SET NULL"))
    at = Column(Instant, nullable=False)
    text = Column(Text, nullable=False)

    def __repr__(self) -> str:
        """Never the text."""
        return f"<Note {self.id}>"
