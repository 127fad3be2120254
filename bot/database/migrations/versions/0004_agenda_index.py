"""index of the requests of a Caf by their last change, for its own agenda

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_contact_requests_changed", "contact_requests", ["caf", "updated_at", "id"])


def downgrade() -> None:
    op.drop_index("ix_contact_requests_changed", table_name="contact_requests")
