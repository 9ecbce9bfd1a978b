"""Tokens that calls of a language model have used, by session and day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "spending",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("session", sa.String),
        sa.Column("day", sa.String, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_spending"),
        sa.ForeignKeyConstraint(
            ["session"], ["sessions.id"], name="fk_spending_session", ondelete="SET NULL"
        ),
    )
    op.create_index("ix_spending_session", "spending", ["session"])
    op.create_index("ix_spending_day", "spending", ["day"])
