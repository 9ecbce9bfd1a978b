"""Runs the migrations over the connection passed in, inside its transaction."""

from __future__ import annotations

from alembic import context

from ipt_roleplay.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()
