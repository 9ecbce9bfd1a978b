"""The tables. Domain values lie in them as JSON text; columns hold what is searched by.

A change here needs a migration beside it; a test compares the two.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _owner() -> ForeignKey:
    return ForeignKey("sessions.id", ondelete="CASCADE")


# `head` is the id of the last turn on the present branch. It is no foreign key, since the
# two tables would then need each other to exist first; only `Store` moves it.
sessions = Table(
    "sessions",
    metadata,
    Column("id", String, primary_key=True),
    Column("created", String, nullable=False, index=True),
    Column("seed", BigInteger, nullable=False),
    Column("difficulty", Integer, nullable=False),
    Column("actor", String, nullable=False),
    Column("status", String, nullable=False),
    Column("outcome", String),
    Column("head", Integer),
)

# Long texts lie apart from the session's row, which is written anew at every turn.
documents = Table(
    "documents",
    metadata,
    Column("session", String, _owner(), primary_key=True),
    Column("kind", String, primary_key=True),
    Column("body", Text, nullable=False),
)

turns = Table(
    "turns",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("session", String, _owner(), nullable=False),
    Column("parent", Integer, ForeignKey("turns.id"), index=True),
    Column("number", Integer, nullable=False),
    Column("key", String, nullable=False),
    Column("body", Text, nullable=False),
    UniqueConstraint("session", "key"),
)

messages = Table(
    "messages",
    metadata,
    Column("session", String, _owner(), primary_key=True),
    Column("key", String, nullable=False),
    Column("text", Text, nullable=False),
)

safety_events = Table(
    "safety_events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("session", String, _owner(), nullable=False, index=True),
    Column("body", Text, nullable=False),
)

# What a deleted rehearsal has used still counts for its day; nothing else of it stays.
spending = Table(
    "spending",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("session", String, ForeignKey("sessions.id", ondelete="SET NULL"), index=True),
    Column("day", String, nullable=False, index=True),
    Column("body", Text, nullable=False),
)
