"""Tables of the workspace's accounts: agents, what they may see, their sessions, and the audit of what they did."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Index, String, UniqueConstraint

from bot.database.base import Base, Instant, RowId


class Agent(Base):
    """An account of the workspace."""

    __tablename__ = "agents"

    id = Column(RowId, primary_key=True)
    login = Column(String(64), nullable=False, unique=True)
    name = Column(String(80), nullable=False)
    role = Column(String(16), nullable=False)
    password_hash = Column(String(200))
    subject = Column(String(200), unique=True)  # OpenID Connect identity, when the Caf signs its agents in itself
    active = Column(Boolean, nullable=False, default=True)
    created_at = Column(Instant, nullable=False)
    last_seen_at = Column(Instant)

    __table_args__ = (CheckConstraint("role in ('agent','responsable','administrateur')", name="role"),)

    def __repr__(self) -> str:
        """Login and role, never the password's hash."""
        return f"<Agent {self.login} {self.role}>"


class AgentScope(Base):
    """A Caf given to an agent; with a territory, only that one (and the queue without territory)."""

    __tablename__ = "agent_scopes"

    id = Column(RowId, primary_key=True)
    agent_id = Column(RowId, ForeignKey("agents.id", ondelete="CASCADE"), nullable=False, index=True)
    caf = Column(String(24), nullable=False)
    territoire = Column(String(80))

    __table_args__ = (UniqueConstraint("agent_id", "caf", "territoire"),)


class AgentSession(Base):
    """A signed-in browser. Only the hash of the cookie's token is kept."""

    __tablename__ = "agent_sessions"

    token_hash = Column(String(64), primary_key=True)
    agent_id = Column(RowId, ForeignKey("agents.id", ondelete="CASCADE"), nullable=False, index=True)
    csrf = Column(String(64), nullable=False)
    created_at = Column(Instant, nullable=False)
    seen_at = Column(Instant, nullable=False)
    expires_at = Column(Instant, nullable=False, index=True)


class AccessAudit(Base):
    """Who looked at or did what, and when; refusals too."""

    __tablename__ = "access_audit"

    id = Column(RowId, primary_key=True)
    at = Column(Instant, nullable=False, index=True)
    agent_id = Column(RowId, ForeignKey("agents.id", ondelete="SET NULL"))
    action = Column(String(32), nullable=False)
    reference = Column(String(24))
    outcome = Column(String(8), nullable=False)  # fait | refuse
    detail = Column(String(120))

    __table_args__ = (Index("ix_access_audit_reference", "reference", "at"),)
