"""Sessions and their turns, kept safe in one SQLite file.

A talk is a tree of turns: each has a parent, and a session's head is the last turn of the
present branch. A rewind moves the head; nothing is overwritten. What `commit` has returned
survives a killed process and a power cut (write-ahead log, synced at each commit).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select, update

from ipt_roleplay.domain import Debrief, Outcome, OwnView, Tier, Turn, Usage
from ipt_roleplay.errors import SessionError, StoreError
from ipt_roleplay.store import rows
from ipt_roleplay.store.database import (
    FILE_NAME,
    open_engine,
    owe_scrub,
    reading,
    scrub,
    writing,
)
from ipt_roleplay.store.records import (
    Held,
    NewSession,
    Pending,
    SafetyEvent,
    SessionRecord,
    Status,
)
from ipt_roleplay.store.tables import sessions, turns


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


class Store:
    """The sessions in one data folder; may be shared by threads and by processes.

    Every method may raise `StoreError` when the database cannot be used. Those that take a
    session's id raise `SessionError` when there is no such session, except `delete`.
    """

    def __init__(self, data_dir: Path) -> None:
        """Opens the database in `data_dir`, creating or upgrading it. Raises `StoreError`."""
        self._path = data_dir / FILE_NAME
        self._engine = open_engine(self._path)

    @staticmethod
    def set_aside(data_dir: Path) -> Path:
        """Renames a damaged database, so that the next opening starts afresh.

        Returns its new path. Raises `StoreError` where there is none or it cannot be renamed.
        """
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%f")
        kept = f"rehearsals.damaged-{stamp}.db"
        try:
            (data_dir / FILE_NAME).rename(data_dir / kept)
            for tail in ("-wal", "-shm"):  # they belong to that file and would spoil a new one
                beside = data_dir / (FILE_NAME + tail)
                if beside.exists():
                    beside.rename(data_dir / (kept + tail))
        except OSError as error:
            raise StoreError(
                f"{data_dir / FILE_NAME} cannot be set aside ({error.strerror}). "
                "Check the folder, and that IPT_DATA_DIR names the right one."
            ) from error
        return data_dir / kept

    def close(self) -> None:
        """Lets go of the database file."""
        self._engine.dispose()

    # ------------------------------------------------------------ sessions

    def create(self, new: NewSession) -> str:
        """Stores a new session, open and without turns; returns its unguessable id."""
        session_id = secrets.token_urlsafe(18)
        row = {
            "id": session_id,
            "created": datetime.now(UTC).isoformat(timespec="microseconds"),
            "seed": new.seed,
            "difficulty": new.difficulty,
            "actor": new.actor,
            "status": "open",
        }
        with writing(self._engine, self._path) as connection:
            connection.execute(insert(sessions).values(row))
            rows.put_document(connection, session_id, new.scenario)
            if new.screening.tier is not Tier.NONE:
                event = SafetyEvent(turn=0, screening=new.screening, text_kept=False)
                rows.add_event(connection, session_id, event)
        return session_id

    def session(self, session_id: str) -> SessionRecord:
        """The session as it stands now."""
        with reading(self._engine, self._path) as connection:
            return rows.session(connection, session_id)

    def whole(self, session_id: str) -> tuple[SessionRecord, list[Turn], list[SafetyEvent]]:
        """The session, its turns to the head and what the screening found, of one moment."""
        with reading(self._engine, self._path) as connection:
            session = rows.session(connection, session_id)
            return session, rows.path(connection, session_id), rows.events(connection, session_id)

    def recent(self, limit: int = 20) -> list[SessionRecord]:
        """Up to `limit` sessions, newest first."""
        newest = rows.session_rows().order_by(sessions.c.created.desc()).limit(limit)
        with reading(self._engine, self._path) as connection:
            found = connection.execute(newest).all()
        return [rows.record(row) for row in found]

    def set_status(self, session_id: str, status: Status, outcome: Outcome | None = None) -> None:
        """Sets the status, and the outcome where one is given; "open" clears the outcome."""
        values: dict[str, str | None] = {"status": status}
        if outcome is not None or status == "open":
            values["outcome"] = outcome
        with self._changing(session_id) as connection:
            connection.execute(update(sessions).where(sessions.c.id == session_id).values(values))

    def delete(self, session_id: str) -> None:
        """Deletes a session and every trace of its text in the database's files.

        One that is cut short is finished at the next opening; deleting twice is fine.
        """
        with writing(self._engine, self._path) as connection:
            owe_scrub(connection)
            connection.execute(delete(sessions).where(sessions.c.id == session_id))
        scrub(self._engine, self._path)

    # ------------------------------------------------------------ messages and turns

    def hold(self, session_id: str, text: str, key: str) -> Held:
        """Takes a message in, once for each `key`; a newer key replaces the one pending."""
        with self._changing(session_id) as connection:
            answer = rows.answer_of(connection, session_id, key)
            if answer is not None:
                return Held(state="answered", turn_id=answer)
            waiting = rows.message(connection, session_id)
            if waiting is not None and waiting.key == key:
                return Held(state="pending")
            rows.put_message(connection, session_id, Pending(text=text, key=key))
        return Held(state="new")

    def pending(self, session_id: str) -> Pending | None:
        """The message that waits for its answer, to give back to the box."""
        with self._looking(session_id) as connection:
            return rows.message(connection, session_id)

    def release(self, session_id: str, key: str) -> None:
        """Forgets the pending message, if it is still that of `key`."""
        with self._changing(session_id) as connection:
            rows.drop_message(connection, session_id, key)

    def commit(self, session_id: str, key: str, turn: Turn, used: Usage | None = None) -> int:
        """Stores the answer to the pending message as the new head, and what it `used` of a
        language model; returns the turn's id.

        All or nothing: after any error, session and pending message are as they were. Raises
        `SessionError` if `key` is not pending any more, or `turn` does not follow the head.
        """
        with self._changing(session_id) as connection:
            if not rows.drop_message(connection, session_id, key):
                raise SessionError("This message is not waiting any more. Reload to see the talk.")
            parent, number = rows.head_of(connection, session_id)
            if turn.number != number + 1:
                raise SessionError("The talk has moved meanwhile. Send the message again.")
            turn_id = rows.add_turn(connection, session_id, parent, turn, key)
            rows.move_head(connection, session_id, turn_id)
            if used is not None:
                rows.add_usage(connection, session_id, _today(), used)
        return turn_id

    def path(self, session_id: str) -> list[Turn]:
        """The turns from the first to the head."""
        with self._looking(session_id) as connection:
            return rows.path(connection, session_id)

    def rewind(self, session_id: str, turn_number: int) -> None:
        """Moves the head back to turn `turn_number` of the path; 0 is before the first.

        Raises `SessionError` if the path has no such turn.
        """
        with self._changing(session_id) as connection:
            ids: dict[int, int | None] = {0: None}
            ids |= {row.number: row.id for row in rows.trail(connection, session_id)}
            if turn_number not in ids:
                raise SessionError(f"There is no turn {turn_number}. Choose 0 to {max(ids)}.")
            rows.move_head(connection, session_id, ids[turn_number])

    def branches(self, session_id: str) -> list[tuple[int, int | None, Turn]]:
        """All turns as (id, parent's id or None, turn), in the order of their commits."""
        wanted = select(turns.c.id, turns.c.parent, turns.c.body).order_by(turns.c.id)
        with self._looking(session_id) as connection:
            found = connection.execute(wanted.where(turns.c.session == session_id)).all()
        return [(row.id, row.parent, rows.turn_of(row.body)) for row in found]

    # ------------------------------------------------------------ what a model used

    def spend(self, session_id: str, usage: Usage) -> None:
        """Adds what a call of a language model has used, today (UTC)."""
        with self._changing(session_id) as connection:
            rows.add_usage(connection, session_id, _today(), usage)

    def spent(self, session_id: str) -> Usage:
        """What a session has used so far."""
        with self._looking(session_id) as connection:
            return rows.spent_in(connection, session_id)

    def spent_today(self) -> Usage:
        """What all sessions have used today (UTC), deleted ones too."""
        with reading(self._engine, self._path) as connection:
            return rows.spent_on(connection, _today())

    # ------------------------------------------------------------ safety, own view, debrief

    def record_safety(self, session_id: str, event: SafetyEvent) -> None:
        """Adds one finding of the screening."""
        with self._changing(session_id) as connection:
            rows.add_event(connection, session_id, event)

    def safety_events(self, session_id: str) -> list[SafetyEvent]:
        """All findings of the screening, in order."""
        with self._looking(session_id) as connection:
            return rows.events(connection, session_id)

    def save_own_view(self, session_id: str, view: OwnView) -> None:
        """Keeps the trainee's own words, in place of earlier ones."""
        with self._changing(session_id) as connection:
            rows.put_document(connection, session_id, view)

    def own_view(self, session_id: str) -> OwnView | None:
        """The trainee's own words, once saved."""
        with self._looking(session_id) as connection:
            body = rows.document(connection, session_id, OwnView)
        return None if body is None else rows.load(OwnView, body)

    def save_debrief(self, session_id: str, debrief: Debrief) -> None:
        """Keeps the debrief, in place of an earlier one."""
        with self._changing(session_id) as connection:
            rows.put_document(connection, session_id, debrief)

    def debrief(self, session_id: str) -> Debrief | None:
        """The debrief, once saved."""
        with self._looking(session_id) as connection:
            body = rows.document(connection, session_id, Debrief)
        return None if body is None else rows.load(Debrief, body)

    # ------------------------------------------------------------ inside

    @contextmanager
    def _changing(self, session_id: str) -> Iterator[Connection]:
        with writing(self._engine, self._path) as connection:
            rows.require(connection, session_id)
            yield connection

    @contextmanager
    def _looking(self, session_id: str) -> Iterator[Connection]:
        with reading(self._engine, self._path) as connection:
            rows.require(connection, session_id)
            yield connection
