"""requests, drafts, outbox, agents, catalogue versions

Revision ID: 0001
Revises:
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agents",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("login", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("subject", sa.String(length=200), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("role in ('agent','responsable','administrateur')", name=op.f("ck_agents_role")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agents")),
        sa.UniqueConstraint("login", name=op.f("uq_agents_login")),
        sa.UniqueConstraint("subject", name=op.f("uq_agents_subject")),
    )
    op.create_table(
        "catalogue_versions",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_catalogue_versions")),
    )
    op.create_table(
        "counters",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("caf", sa.String(length=24), nullable=False),
        sa.Column("audience", sa.String(length=12), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "name", "caf", "audience", name=op.f("pk_counters")),
    )
    op.create_table(
        "drafts",
        sa.Column("conversation_id", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("consent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_drafts")),
    )
    op.create_index("ix_drafts_updated_at", "drafts", ["updated_at"], unique=False)

    op.create_table(
        "request_submissions",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("conversation_id", sa.String(length=64), nullable=False),
        sa.Column("reference", sa.String(length=24), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("change", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_request_submissions")),
    )
    op.create_index("ix_request_submissions_conversation_id", "request_submissions", ["conversation_id"], unique=False)
    op.create_index("ix_request_submissions_created_at", "request_submissions", ["created_at"], unique=False)
    op.create_index("ix_request_submissions_reference", "request_submissions", ["reference"], unique=False)

    op.create_table(
        "wrong_tries",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_wrong_tries")),
    )
    op.create_index("ix_wrong_tries_last_at", "wrong_tries", ["last_at"], unique=False)

    op.create_table(
        "access_audit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("reference", sa.String(length=24), nullable=True),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.Column("detail", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.id"], name=op.f("fk_access_audit_agent_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_audit")),
    )
    op.create_index("ix_access_audit_at", "access_audit", ["at"], unique=False)
    op.create_index("ix_access_audit_reference", "access_audit", ["reference", "at"], unique=False)

    op.create_table(
        "agent_scopes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("caf", sa.String(length=24), nullable=False),
        sa.Column("territoire", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.id"], name=op.f("fk_agent_scopes_agent_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agent_scopes")),
        sa.UniqueConstraint("agent_id", "caf", "territoire", name=op.f("uq_agent_scopes_agent_id")),
    )
    op.create_index("ix_agent_scopes_agent_id", "agent_scopes", ["agent_id"], unique=False)

    op.create_table(
        "agent_sessions",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("csrf", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.id"], name=op.f("fk_agent_sessions_agent_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_agent_sessions")),
    )
    op.create_index("ix_agent_sessions_agent_id", "agent_sessions", ["agent_id"], unique=False)
    op.create_index("ix_agent_sessions_expires_at", "agent_sessions", ["expires_at"], unique=False)

    op.create_table(
        "contact_requests",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=24), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=8), nullable=False),
        sa.Column("audience", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rdv_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rdv_mode", sa.String(length=16), nullable=True),
        sa.Column("assigned_to", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("anonymised_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("caf", sa.String(length=24), nullable=False),
        sa.Column("territoire", sa.String(length=80), nullable=True),
        sa.Column("commune", sa.String(length=80), nullable=True),
        sa.Column("offre", sa.String(length=64), nullable=True),
        sa.Column("offre_visee", sa.String(length=64), nullable=True),
        sa.Column("verdict", sa.String(length=12), nullable=True),
        sa.Column("access", sa.String(length=12), nullable=True),
        sa.Column("voie_a_confirmer", sa.Boolean(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=True),
        sa.Column("situations", sa.JSON(), nullable=True),
        sa.Column("catalogue_version", sa.String(length=64), nullable=True),
        sa.Column("evaluated_on", sa.Date(), nullable=True),
        sa.Column("violence", sa.Boolean(), nullable=False),
        sa.Column("minor", sa.Boolean(), nullable=False),
        sa.Column("nom", sa.String(length=80), nullable=True),
        sa.Column("prenom", sa.String(length=80), nullable=True),
        sa.Column("search_name", sa.String(length=80), nullable=True),
        sa.Column("telephone", sa.String(length=20), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("numero_allocataire", sa.String(length=7), nullable=True),
        sa.Column("canal", sa.String(length=12), nullable=True),
        sa.Column("disponibilites", sa.String(length=160), nullable=True),
        sa.Column("message_vocal", sa.Boolean(), nullable=True),
        sa.Column("accord_mail", sa.Boolean(), nullable=False),
        sa.Column("accord_famille", sa.Boolean(), nullable=True),
        sa.Column("partenaire_nom", sa.String(length=80), nullable=True),
        sa.Column("partenaire_structure", sa.String(length=120), nullable=True),
        sa.Column("partenaire_contact", sa.String(length=254), nullable=True),
        sa.Column("partenaire_suivi", sa.Boolean(), nullable=False),
        sa.Column("consent_version", sa.String(length=32), nullable=True),
        sa.Column("consent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(closed_at is null) = (status in ('nouvelle','prise_en_charge','rdv_fixe'))", name=op.f("ck_contact_requests_closed")
        ),
        sa.CheckConstraint("audience in ('allocataire','partenaire','agent')", name=op.f("ck_contact_requests_audience")),
        sa.CheckConstraint("status <> 'rdv_fixe' or rdv_at is not null", name=op.f("ck_contact_requests_rdv")),
        sa.CheckConstraint(
            "status in ('nouvelle','prise_en_charge','rdv_fixe','terminee','annulee','sans_suite')", name=op.f("ck_contact_requests_status")
        ),
        sa.ForeignKeyConstraint(["assigned_to"], ["agents.id"], name=op.f("fk_contact_requests_assigned_to"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["created_by"], ["agents.id"], name=op.f("fk_contact_requests_created_by"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_requests")),
        sa.UniqueConstraint("reference", name=op.f("uq_contact_requests_reference")),
    )
    op.create_index("ix_contact_requests_closed", "contact_requests", ["closed_at"], unique=False)
    op.create_index("ix_contact_requests_due", "contact_requests", ["status", "due_at"], unique=False)
    op.create_index("ix_contact_requests_list", "contact_requests", ["caf", "created_at", "id"], unique=False)
    op.create_index("ix_contact_requests_name", "contact_requests", ["search_name"], unique=False)
    op.create_index("ix_contact_requests_offer", "contact_requests", ["caf", "offre", "created_at", "id"], unique=False)
    op.create_index("ix_contact_requests_status", "contact_requests", ["caf", "status", "created_at", "id"], unique=False)
    op.create_index("ix_contact_requests_territory", "contact_requests", ["caf", "territoire", "created_at", "id"], unique=False)

    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("event_key", sa.String(length=96), nullable=False),
        sa.Column("request_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("recipient", sa.String(length=10), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=18), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(length=200), nullable=True),
        sa.CheckConstraint("state in ('a_envoyer','en_cours','envoye','echec','sans_destinataire','annule')", name=op.f("ck_outbox_state")),
        sa.ForeignKeyConstraint(["request_id"], ["contact_requests.id"], name=op.f("fk_outbox_request_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("event_key", name=op.f("uq_outbox_event_key")),
    )
    op.create_index("ix_outbox_next", "outbox", ["state", "next_at"], unique=False)
    op.create_index("ix_outbox_request_id", "outbox", ["request_id"], unique=False)

    op.create_table(
        "request_changes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("request_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("details", sa.JSON(), nullable=True),
        sa.Column("context", sa.JSON(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("state in ('proposee','acceptee','refusee','retiree')", name=op.f("ck_request_changes_state")),
        sa.ForeignKeyConstraint(["decided_by"], ["agents.id"], name=op.f("fk_request_changes_decided_by"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["request_id"], ["contact_requests.id"], name=op.f("fk_request_changes_request_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_changes")),
    )
    op.create_index("ix_request_changes_request_id", "request_changes", ["request_id"], unique=False)

    op.create_table(
        "request_notes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("request_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.id"], name=op.f("fk_request_notes_agent_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["request_id"], ["contact_requests.id"], name=op.f("fk_request_notes_request_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_notes")),
    )
    op.create_index("ix_request_notes_request_id", "request_notes", ["request_id"], unique=False)

    op.create_table(
        "request_open_keys",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("request_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["contact_requests.id"], name=op.f("fk_request_open_keys_request_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_request_open_keys")),
    )
    op.create_index("ix_request_open_keys_request_id", "request_open_keys", ["request_id"], unique=False)

    op.create_table(
        "request_transitions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("request_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("event", sa.String(length=24), nullable=False),
        sa.Column("from_status", sa.String(length=16), nullable=True),
        sa.Column("to_status", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("comment", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(
            ["request_id"], ["contact_requests.id"], name=op.f("fk_request_transitions_request_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_transitions")),
    )
    op.create_index("ix_request_transitions_request_id", "request_transitions", ["request_id"], unique=False)

    op.create_table(
        "request_references",
        sa.Column("reference", sa.String(length=24), nullable=False),
        sa.Column("request_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("change_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("conversation_id", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["request_changes.id"], name=op.f("fk_request_references_change_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["request_id"], ["contact_requests.id"], name=op.f("fk_request_references_request_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("reference", name=op.f("pk_request_references")),
    )
    op.create_index("ix_request_references_change_id", "request_references", ["change_id"], unique=False)
    op.create_index("ix_request_references_conversation_id", "request_references", ["conversation_id"], unique=False)
    op.create_index("ix_request_references_request_id", "request_references", ["request_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_request_references_request_id", table_name="request_references")
    op.drop_index("ix_request_references_conversation_id", table_name="request_references")
    op.drop_index("ix_request_references_change_id", table_name="request_references")

    op.drop_table("request_references")
    op.drop_index("ix_request_transitions_request_id", table_name="request_transitions")

    op.drop_table("request_transitions")
    op.drop_index("ix_request_open_keys_request_id", table_name="request_open_keys")

    op.drop_table("request_open_keys")
    op.drop_index("ix_request_notes_request_id", table_name="request_notes")

    op.drop_table("request_notes")
    op.drop_index("ix_request_changes_request_id", table_name="request_changes")

    op.drop_table("request_changes")
    op.drop_index("ix_outbox_request_id", table_name="outbox")
    op.drop_index("ix_outbox_next", table_name="outbox")

    op.drop_table("outbox")
    op.drop_index("ix_contact_requests_territory", table_name="contact_requests")
    op.drop_index("ix_contact_requests_status", table_name="contact_requests")
    op.drop_index("ix_contact_requests_offer", table_name="contact_requests")
    op.drop_index("ix_contact_requests_name", table_name="contact_requests")
    op.drop_index("ix_contact_requests_list", table_name="contact_requests")
    op.drop_index("ix_contact_requests_due", table_name="contact_requests")
    op.drop_index("ix_contact_requests_closed", table_name="contact_requests")

    op.drop_table("contact_requests")
    op.drop_index("ix_agent_sessions_expires_at", table_name="agent_sessions")
    op.drop_index("ix_agent_sessions_agent_id", table_name="agent_sessions")

    op.drop_table("agent_sessions")
    op.drop_index("ix_agent_scopes_agent_id", table_name="agent_scopes")

    op.drop_table("agent_scopes")
    op.drop_index("ix_access_audit_reference", table_name="access_audit")
    op.drop_index("ix_access_audit_at", table_name="access_audit")

    op.drop_table("access_audit")
    op.drop_index("ix_wrong_tries_last_at", table_name="wrong_tries")

    op.drop_table("wrong_tries")
    op.drop_index("ix_request_submissions_reference", table_name="request_submissions")
    op.drop_index("ix_request_submissions_created_at", table_name="request_submissions")
    op.drop_index("ix_request_submissions_conversation_id", table_name="request_submissions")

    op.drop_table("request_submissions")
    op.drop_index("ix_drafts_updated_at", table_name="drafts")

    op.drop_table("drafts")
    op.drop_table("counters")
    op.drop_table("catalogue_versions")
    op.drop_table("agents")
