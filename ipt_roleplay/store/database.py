"""Opening the database file, and saying plainly what is wrong with it.

One connection a process: threads queue for it in order, where SQLite's own lock would have
them poll. Other processes are waited for, up to `BUSY_MS`.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, exc, inspect, text
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from ipt_roleplay.errors import StoreError

FILE_NAME = "rehearsals.db"
HEAD = "0003"
"""The newest migration; a test keeps it so."""

BUSY_MS = 5000
# Deleted text is overwritten, and what SQLite would spill into temporary files stays in memory.
_PRAGMAS = (
    f"busy_timeout={BUSY_MS}",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "temp_store=MEMORY",
)
_WRITE = {"begin": "BEGIN IMMEDIATE"}


def open_engine(path: Path) -> Engine:
    """An engine on the checked and migrated database at `path`. Raises `StoreError`."""
    _prepare_file(path)
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    try:
        with explained(path):
            _check(engine, path)
            _migrate(engine, path)
            _finish_scrub(engine, path)
    except StoreError:
        engine.dispose()
        raise
    return engine


@contextmanager
def reading(engine: Engine, path: Path) -> Iterator[Connection]:
    """A connection that sees one state of the database. Raises `StoreError`."""
    with explained(path), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine, path: Path) -> Iterator[Connection]:
    """A connection in one transaction, undone on any error. Raises `StoreError`."""
    with explained(path), engine.execution_options(**_WRITE).begin() as connection:
        yield connection


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns faults of the database at `path` into `StoreError` with advice."""
    try:
        yield
    except exc.DBAPIError as error:
        raise StoreError(_advice(error.orig, path)) from error
    except sqlite3.Error as error:
        raise StoreError(_advice(error, path)) from error
    except exc.TimeoutError as error:
        raise StoreError(f"{path} has been busy for too long. Try again.") from error


def owe_scrub(connection: Connection) -> None:
    """Marks, in the deleting transaction, that `scrub` has to follow, even after a crash."""
    connection.exec_driver_sql("PRAGMA user_version=1")


def scrub(engine: Engine, path: Path) -> None:
    """Leaves nothing of deleted rows in the file or its log. Raises `StoreError`.

    `secure_delete` overwrites freed cells, but copies that stayed behind when SQLite moved
    rows between pages (seen after 20 of 4,804 deletions) go only with `VACUUM`; the log goes
    with the checkpoint.
    """
    with explained(path):
        raw = engine.raw_connection()
        try:
            cursor = raw.cursor()
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (busy, *_) = cursor.fetchall()[0]
            if busy:
                raise StoreError(
                    f"Deleted, but another program is reading {path}, so traces remain in it. "
                    "Close the other program and start this one anew: that removes them."
                )
            cursor.execute("PRAGMA user_version=0")
            cursor.close()
        finally:
            raw.close()


def _prepare_file(path: Path) -> None:
    """The folder (0700 where it is new) and the file (0600), before SQLite opens it."""
    try:
        if not path.parent.is_dir():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)
    except OSError as error:
        raise StoreError(
            f"The data folder {path.parent} cannot be used ({error.strerror}). "
            "Make it writable, or set IPT_DATA_DIR to a folder of your own."
        ) from error


def _on_connect(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    # Python's driver would open transactions when it sees fit; `_on_begin` does it instead.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


def _check(engine: Engine, path: Path) -> None:
    with engine.connect() as connection:
        found = connection.execute(text("PRAGMA quick_check(1)")).scalar_one()
    if found != "ok":
        raise StoreError(_damaged(path))


def _migrate(engine: Engine, path: Path) -> None:
    with engine.connect() as connection:
        if _revision(connection) == HEAD:
            return
    with writing(engine, path) as connection:
        stored = _revision(connection)
        if stored != HEAD:  # not done by another process meanwhile
            _upgrade(connection, stored, path)


def _finish_scrub(engine: Engine, path: Path) -> None:
    with engine.connect() as connection:
        owed = connection.execute(text("PRAGMA user_version")).scalar_one()
    if owed:
        scrub(engine, path)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def _upgrade(connection: Connection, stored: str | None, path: Path) -> None:
    from alembic import command  # slow to import, and seldom needed
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "ipt_roleplay.store:migrations")
    known = {one.revision for one in ScriptDirectory.from_config(config).walk_revisions()}
    if stored is not None and stored not in known:
        raise StoreError(
            f"{path} was written by a newer version of this program. "
            "Update the program, or set IPT_DATA_DIR to another folder."
        )
    command.upgrade(config, HEAD)


def _damaged(path: Path) -> str:
    return (
        f"The database {path} is damaged. Run `ipt-roleplay doctor --set-aside`: "
        "it keeps the file under another name and starts with an empty one."
    )


def _advice(fault: BaseException | None, path: Path) -> str:
    code = getattr(fault, "sqlite_errorcode", 0) & 0xFF  # the low byte is the kind of fault
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return _damaged(path)
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return f"Nothing could be written to {path}: the disk is full or fails. Make room."
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return f"{path} cannot be opened for writing. Make the file and its folder writable."
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return f"Another program is using {path}. Close it, then try again."
    return f"The database {path} cannot be used ({fault}). Run `ipt-roleplay doctor`."
