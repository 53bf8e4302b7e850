"""Decisions are added, never changed: deciding, undoing, recalling."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Row, RowMapping, Select, func, insert, or_, select, update

from domain.decision import Decision
from domain.scope import Scope
from errors import BadInput
from state.chain import hash_of
from state.content import from_text, instant_text, refuse_text, to_text
from state.store import reading, writing
from state.tables import decisions, newest


class Expected(Enum):
    """Says that a person need not have seen what is replaced."""

    ANY = "any"


ANY = Expected.ANY


def recall(
    kind: str,
    scope: Scope,
    as_of: datetime | None = None,
    *,
    key: str | None = None,
    units: Collection[str] = (),
) -> tuple[Decision, ...]:
    """What holds: the latest decision of each key and unit, in the order they were made.

    Decisions that took something back are left out. `as_of`: as it stood then (None: now).
    An admin sees all; others what concerns the whole company, their scope's unit (None: all
    units) and those of `units`, its ancestors and its subtree as the caller read them.
    """
    latest = select(func.max(decisions.c.seq)).where(decisions.c.kind == kind)
    if key is not None:
        latest = latest.where(decisions.c.key == key)
    if as_of is not None:
        latest = latest.where(decisions.c.decided_at <= instant_text(as_of))
    if scope.role != "admin" and scope.unit_id is not None:
        seen = decisions.c.unit_id.in_({scope.unit_id, *units})
        latest = latest.where(or_(decisions.c.unit_id.is_(None), seen))
    latest = latest.group_by(decisions.c.key, decisions.c.unit_id)
    found = select(decisions).where(decisions.c.seq.in_(latest), decisions.c.content.is_not(None))
    return _read(found.order_by(decisions.c.seq))


def history(kind: str, key: str, unit_id: str | None) -> tuple[Decision, ...]:
    """Every decision on one key in one unit, the newest first."""
    return _read(_on(kind, key, unit_id))


def sequence() -> int:
    """The seq of the newest decision of all; 0 when there is none."""
    with reading() as con:
        return int(con.execute(select(newest.c.seq)).scalar_one())


def decide(
    kind: str,
    key: str,
    unit_id: str | None,
    content: Mapping[str, Any] | None,
    *,
    by: str,
    reason: str,
    now: datetime,
    expected: int | Expected | None = ANY,
) -> Decision:
    """Adds a decision; it is on disk when this returns.

    `content` None takes back what holds. `expected` is the seq of the decision that the person
    saw when deciding, None if there was none. Raises BadInput when somebody else has decided
    since, for a missing or overlong reason, or for content that cannot be stored.
    """
    _refuse(kind, key, unit_id, by, reason)
    text = to_text(content)
    with writing() as con:
        head = _head(con)
        before = con.execute(_on(kind, key, unit_id).limit(1)).mappings().first()
        if not isinstance(expected, Expected):
            _refuse_unseen(before, expected)
        return _add(
            con,
            head,
            kind=kind,
            key=key,
            unit_id=unit_id,
            content=text,
            decided_at=instant_text(now),
            decided_by=by,
            reason=reason,
            replaces=before["seq"] if before else None,
        )


def undo(seq: int, *, by: str, now: datetime) -> Decision:
    """Adds a decision that says what held before decision `seq`; undoing it again redoes.

    Raises BadInput where there is no such decision or a newer one has replaced it.
    """
    refuse_text("name", by, 200)
    with writing() as con:
        head = _head(con)
        undone = _row(con, seq)
        if undone is None:
            raise BadInput(f"There is no decision {seq}.", "Look at the history again.")
        place = (undone["kind"], undone["key"], undone["unit_id"])
        _refuse_unseen(con.execute(_on(*place).limit(1)).mappings().first(), seq)
        before = _row(con, undone["replaces"])
        return _add(
            con,
            head,
            kind=undone["kind"],
            key=undone["key"],
            unit_id=undone["unit_id"],
            content=before["content"] if before else None,
            decided_at=instant_text(now),
            decided_by=by,
            reason=f"Undo of decision {seq}",
            replaces=seq,
        )


def _refuse(kind: str, key: str, unit_id: str | None, by: str, reason: str) -> None:
    for name, text, most in (
        ("kind", kind, 50),
        ("key", key, 200),
        ("unit", "company" if unit_id is None else unit_id, 200),
        ("name", by, 200),
        ("reason", reason, 500),
    ):
        refuse_text(name, text, most)


def _refuse_unseen(latest: RowMapping | None, expected: int | None) -> None:
    """BadInput unless the person saw what holds; what was taken back holds as little as nothing."""
    if latest is None and expected is None:
        return
    if latest is None:
        raise BadInput(f"There is no decision {expected} here.", "Look at the history again.")
    is_none_seen = expected is None and latest["content"] is None
    if not is_none_seen and latest["seq"] != expected:
        instant = datetime.fromisoformat(latest["decided_at"])
        raise BadInput(
            f"{latest['decided_by']} changed this on {instant:%Y-%m-%d at %H:%M} UTC: "
            f"{latest['reason']}",
            "Look at it, then decide again.",
        )


def _on(kind: str, key: str, unit_id: str | None) -> Select[Any]:
    place = (decisions.c.kind == kind, decisions.c.key == key, decisions.c.unit_id == unit_id)
    return select(decisions).where(*place).order_by(decisions.c.seq.desc())


def _row(con: Connection, seq: int | None) -> RowMapping | None:
    return con.execute(select(decisions).where(decisions.c.seq == seq)).mappings().first()


def _head(con: Connection) -> Row[int, str]:
    """Seq and hash of the newest decision, locked: first of all, so that nothing read is stale."""
    return con.execute(select(newest.c.seq, newest.c.hash).with_for_update()).one()


def _add(con: Connection, head: Row[int, str], **row: Any) -> Decision:
    row |= {"seq": head.seq + 1, "previous_hash": head.hash}
    row["hash"] = hash_of(row)
    con.execute(insert(decisions).values(row))
    con.execute(update(newest).values(seq=row["seq"], hash=row["hash"]))
    return _decision(row)


def _read(query: Select[Any]) -> tuple[Decision, ...]:
    with reading() as con:
        return tuple(_decision(row) for row in con.execute(query).mappings())


def _decision(row: Mapping[Any, Any]) -> Decision:
    return Decision(
        seq=row["seq"],
        kind=row["kind"],
        key=row["key"],
        unit_id=row["unit_id"],
        content=from_text(row["content"]),
        decided_at=datetime.fromisoformat(row["decided_at"]),
        decided_by=row["decided_by"],
        reason=row["reason"],
        replaces=row["replaces"],
    )
