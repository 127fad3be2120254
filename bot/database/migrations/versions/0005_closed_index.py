"""index of the closed requests by date: the latest requests are the open ones, which a list of closed ones had to skip

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

CLOSED_ONLY = {"postgresql_where": sa.text("closed_at IS NOT NULL"), "sqlite_where": sa.text("closed_at IS NOT NULL")}


def upgrade() -> None:
    op.create_index("ix_contact_requests_closed_created", "contact_requests", ["created_at", "id"], **CLOSED_ONLY)


def downgrade() -> None:
    op.drop_index("ix_contact_requests_closed_created", table_name="contact_requests")
