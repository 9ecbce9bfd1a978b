"""What the screening of risk found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "safety_events",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("session", sa.String, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_safety_events"),
        sa.ForeignKeyConstraint(
            ["session"], ["sessions.id"], name="fk_safety_events_session", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_safety_events_session", "safety_events", ["session"])
