"""indexes of the list of requests, measured on a million of them

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLE = "contact_requests"
OPEN_ONLY = {"postgresql_where": sa.text("closed_at IS NULL"), "sqlite_where": sa.text("closed_at IS NULL")}
REPLACED = {
    "ix_contact_requests_offer": (["caf", "offre", "created_at", "id"], ["offre", "created_at", "id"], {}),
    "ix_contact_requests_territory": (["caf", "territoire", "created_at", "id"], ["territoire", "created_at", "id"], {}),
    "ix_contact_requests_name": (["search_name"], ["search_name", "id"], {}),
    "ix_contact_requests_due": (["status", "due_at"], ["due_at", "id"], OPEN_ONLY),
}
ADDED = {
    "ix_contact_requests_created": (["created_at", "id"], {}),
    "ix_contact_requests_any_status": (["status", "created_at", "id"], {}),
    "ix_contact_requests_open": (["caf", "territoire", "status", "due_at"], OPEN_ONLY),
}


def upgrade() -> None:
    for name, (_old, columns, options) in REPLACED.items():
        op.drop_index(name, table_name=TABLE)
        op.create_index(name, TABLE, columns, **options)
    for name, (columns, options) in ADDED.items():
        op.create_index(name, TABLE, columns, **options)


def downgrade() -> None:
    for name in ADDED:
        op.drop_index(name, table_name=TABLE)
    for name, (columns, _new, _options) in REPLACED.items():
        op.drop_index(name, table_name=TABLE)
        op.create_index(name, TABLE, columns)
