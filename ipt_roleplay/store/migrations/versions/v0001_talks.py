"""Sessions, their long texts, turns, and the message that waits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("created", sa.String, nullable=False),
        sa.Column("seed", sa.BigInteger, nullable=False),
        sa.Column("difficulty", sa.Integer, nullable=False),
        sa.Column("actor", sa.String, nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("outcome", sa.String),
        sa.Column("head", sa.Integer),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
    )
    op.create_index("ix_sessions_created", "sessions", ["created"])
    op.create_table(
        "documents",
        sa.Column("session", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("session", "kind", name="pk_documents"),
        _owner("documents"),
    )
    op.create_table(
        "turns",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("session", sa.String, nullable=False),
        sa.Column("parent", sa.Integer),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_turns"),
        _owner("turns"),
        sa.ForeignKeyConstraint(["parent"], ["turns.id"], name="fk_turns_parent"),
        sa.UniqueConstraint("session", "key", name="uq_turns_session"),
    )
    op.create_index("ix_turns_parent", "turns", ["parent"])
    op.create_table(
        "messages",
        sa.Column("session", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("session", name="pk_messages"),
        _owner("messages"),
    )


def _owner(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["session"], ["sessions.id"], name=f"fk_{table}_session", ondelete="CASCADE"
    )
