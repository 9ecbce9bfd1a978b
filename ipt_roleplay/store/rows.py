"""Between rows and values: the statements and conversions that `Store` is made of.

Statements that every message needs are put together once, which takes longer than to run them.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from sqlalchemy import (
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from ipt_roleplay.domain import Scenario, Turn, Usage
from ipt_roleplay.errors import SessionError, StoreError
from ipt_roleplay.store.records import Pending, SafetyEvent, SessionRecord
from ipt_roleplay.store.tables import documents, messages, safety_events, sessions, spending, turns

AnyRow = Row[Any]
Value = TypeVar("Value", bound=BaseModel)


def load(kind: type[Value], body: str) -> Value:
    """The value that `body` holds; of one written by an earlier version what still has a place.
    Raises `StoreError` if it holds none."""
    try:
        return kind.model_validate_json(body, extra="ignore")
    except ValidationError:
        # The validator's own message quotes the stored text, which may be private.
        raise StoreError(
            f"A stored {kind.__name__} cannot be read: it was damaged, or written by another "
            "version of this program. Run `ipt-roleplay doctor`."
        ) from None


@lru_cache(maxsize=4096)
def turn_of(body: str) -> Turn:
    """A stored turn; the same body is parsed once, since every message reads the whole path."""
    return load(Turn, body)


@lru_cache(maxsize=64)
def _scenario(body: str) -> Scenario:
    """A session's scenario; those that are being played, also by a whole class, are parsed once."""
    return load(Scenario, body)


_KNOWN = select(sessions.c.id).where(sessions.c.id == bindparam("wanted"))


def require(connection: Connection, session_id: str) -> None:
    """Raises `SessionError` if there is no such session."""
    if connection.execute(_KNOWN, {"wanted": session_id}).first() is None:
        raise unknown_session()


def unknown_session() -> SessionError:
    return SessionError("There is no such session, or it was deleted. Start a new one.")


def session_rows() -> Select[Any]:
    """Sessions with their scenario, the head's number and the last finding of the screening."""
    snapshot = and_(documents.c.session == sessions.c.id, documents.c.kind == Scenario.__name__)
    finding = (
        select(safety_events.c.body)
        .where(safety_events.c.session == sessions.c.id)
        .order_by(safety_events.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(sessions, documents.c.body, turns.c.number, finding.label("finding"))
        .join(documents, snapshot)
        .outerjoin(turns, turns.c.id == sessions.c.head)
    )


def record(row: AnyRow) -> SessionRecord:
    """A row of `session_rows` as a value."""
    stopped = row.status == "paused" and row.finding is not None
    return SessionRecord(
        id=row.id,
        scenario=_scenario(row.body),
        seed=row.seed,
        difficulty=row.difficulty,
        actor=row.actor,
        status=row.status,
        paused=load(SafetyEvent, row.finding).screening if stopped else None,
        created=row.created,
        head_turn=row.number or 0,
        outcome=row.outcome,
    )


_SESSION = session_rows().where(sessions.c.id == bindparam("wanted"))


def session(connection: Connection, session_id: str) -> SessionRecord:
    """The session. Raises `SessionError` if there is none."""
    row = connection.execute(_SESSION, {"wanted": session_id}).first()
    if row is None:
        raise unknown_session()
    return record(row)


def path(connection: Connection, session_id: str) -> list[Turn]:
    """The turns from the first to the head."""
    return [turn_of(row.body) for row in trail(connection, session_id)]


def _back_from_head() -> Select[Any]:
    columns = (turns.c.id, turns.c.parent, turns.c.number, turns.c.body)
    head = select(*columns).join(sessions, sessions.c.head == turns.c.id)
    back = head.where(sessions.c.id == bindparam("wanted")).cte("back", recursive=True)
    back = back.union_all(select(*columns).join(back, turns.c.id == back.c.parent))
    return select(back).order_by(back.c.number)


_TRAIL = _back_from_head()


def trail(connection: Connection, session_id: str) -> Iterable[AnyRow]:
    """The turns of the present branch (id, parent, number, body), first to head."""
    return connection.execute(_TRAIL, {"wanted": session_id})


_HEAD = (
    select(sessions.c.head, turns.c.number)
    .outerjoin(turns, turns.c.id == sessions.c.head)
    .where(sessions.c.id == bindparam("wanted"))
)
_MOVE = (
    update(sessions).where(sessions.c.id == bindparam("wanted")).values(head=bindparam("new_head"))
)
_ADD = insert(turns).returning(turns.c.id)


def head_of(connection: Connection, session_id: str) -> tuple[int | None, int]:
    """Id and number of the last turn; (None, 0) before the first."""
    row = connection.execute(_HEAD, {"wanted": session_id}).one()
    return row.head, row.number or 0


def move_head(connection: Connection, session_id: str, turn_id: int | None) -> None:
    connection.execute(_MOVE, {"wanted": session_id, "new_head": turn_id})


def add_turn(
    connection: Connection, session_id: str, parent: int | None, turn: Turn, key: str
) -> int:
    """Stores a turn that follows `parent`; returns its id."""
    row = {
        "session": session_id,
        "parent": parent,
        "number": turn.number,
        "key": key,
        "body": turn.model_dump_json(),
    }
    turn_id: int = connection.execute(_ADD, row).scalar_one()
    return turn_id


_ANSWER = select(turns.c.id).where(
    turns.c.session == bindparam("wanted"), turns.c.key == bindparam("of_key")
)
_MESSAGE = select(messages.c.text, messages.c.key).where(messages.c.session == bindparam("wanted"))
_PUT = upsert(messages)
_PUT = _PUT.on_conflict_do_update(
    index_elements=["session"], set_={"text": _PUT.excluded.text, "key": _PUT.excluded.key}
)
_DROP = delete(messages).where(
    messages.c.session == bindparam("wanted"), messages.c.key == bindparam("of_key")
)


def answer_of(connection: Connection, session_id: str, key: str) -> int | None:
    """The id of the turn that answered the message `key`, on whichever branch."""
    return connection.execute(_ANSWER, {"wanted": session_id, "of_key": key}).scalar()


def message(connection: Connection, session_id: str) -> Pending | None:
    row = connection.execute(_MESSAGE, {"wanted": session_id}).first()
    return None if row is None else Pending(text=row.text, key=row.key)


def put_message(connection: Connection, session_id: str, new: Pending) -> None:
    connection.execute(_PUT, {"session": session_id, "text": new.text, "key": new.key})


def drop_message(connection: Connection, session_id: str, key: str) -> bool:
    """Whether the message `key` was pending, as it now is no more."""
    return connection.execute(_DROP, {"wanted": session_id, "of_key": key}).rowcount == 1


def put_document(connection: Connection, session_id: str, value: BaseModel) -> None:
    """Keeps one value of each kind for a session; the newer replaces the older."""
    body = value.model_dump_json()
    put = upsert(documents).values(session=session_id, kind=type(value).__name__, body=body)
    connection.execute(
        put.on_conflict_do_update(index_elements=["session", "kind"], set_={"body": body})
    )


def document(connection: Connection, session_id: str, kind: type[BaseModel]) -> str | None:
    mine = and_(documents.c.session == session_id, documents.c.kind == kind.__name__)
    return connection.execute(select(documents.c.body).where(mine)).scalar()


def add_event(connection: Connection, session_id: str, event: SafetyEvent) -> None:
    row = {"session": session_id, "body": event.model_dump_json()}
    connection.execute(insert(safety_events).values(row))


_EVENTS = (
    select(safety_events.c.body)
    .where(safety_events.c.session == bindparam("wanted"))
    .order_by(safety_events.c.id)
)


def events(connection: Connection, session_id: str) -> list[SafetyEvent]:
    """All findings of the screening, in order."""
    bodies = connection.execute(_EVENTS, {"wanted": session_id}).scalars().all()
    return [load(SafetyEvent, body) for body in bodies]


def add_usage(connection: Connection, session_id: str, day: str, usage: Usage) -> None:
    row = {"session": session_id, "day": day, "body": usage.model_dump_json()}
    connection.execute(insert(spending).values(row))


def _spending() -> Select[Any]:
    parts = {name: func.json_extract(spending.c.body, f"$.{name}") for name in Usage.model_fields}
    sums = [func.sum(parts[name]).label(name) for name in ("sent", "received", "cached")]
    return select(*sums, func.min(parts["exact"]).label("exact"))


_SPENT_IN = _spending().where(spending.c.session == bindparam("wanted"))
_SPENT_ON = _spending().where(spending.c.day == bindparam("wanted"))


def spent_in(connection: Connection, session_id: str) -> Usage:
    """What a session has used."""
    return _sum(connection.execute(_SPENT_IN, {"wanted": session_id}).one())


def spent_on(connection: Connection, day: str) -> Usage:
    """What all sessions have used on a day."""
    return _sum(connection.execute(_SPENT_ON, {"wanted": day}).one())


def _sum(row: AnyRow) -> Usage:
    found = row._mapping
    return Usage.model_validate({name: value for name, value in found.items() if value is not None})
