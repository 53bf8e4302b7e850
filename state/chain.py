"""The chain: every decision's hash covers the one before it, so nothing changes unnoticed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from state.store import reading
from state.tables import decisions, newest

# Written out: a column that is added one day must not change the hashes of what stands.
_COVERED = (
    *("seq", "kind", "key", "unit_id", "content", "decided_at", "decided_by", "reason"),
    *("replaces", "previous_hash"),
)


def hash_of(row: Mapping[Any, Any]) -> str:
    """sha256, in hex, over all columns of a row of `decisions` but its own hash."""
    covered = json.dumps([row[name] for name in _COVERED], ensure_ascii=False)
    return hashlib.sha256(covered.encode()).hexdigest()


def verify_chain() -> list[str]:
    """What was altered, added or removed behind the product's back; empty when nothing was.

    Reads every decision once. Whoever may write to the database and recomputes the whole chain
    is only found by comparing its last hash with one that was kept elsewhere.
    """
    with reading() as con:
        rows = con.execution_options(yield_per=1000).execute(
            select(decisions).order_by(decisions.c.seq)
        )
        problems, seq, last = _broken(row._mapping for row in rows)
        head = con.execute(select(newest.c.seq, newest.c.hash)).one()
    if head.seq > seq:
        problems.append(f"Decisions {seq + 1} to {head.seq} were removed.")
    elif (head.seq, head.hash) != (seq, last):
        problems.append(f"Decision {seq} is not the one that was added last.")
    return problems


def _broken(rows: Iterable[Mapping[Any, Any]]) -> tuple[list[str], int, str]:
    """Problems, and seq and hash of the last row; one alteration is told once."""
    problems, seq, last = [], 0, ""
    for row in rows:
        if row["seq"] != seq + 1:
            problems.append(f"Decisions {seq + 1} to {row['seq'] - 1} were removed.")
        elif row["previous_hash"] != last:
            problems.append(f"Decision {row['seq']} does not follow decision {seq}.")
        if hash_of(row) != row["hash"]:
            problems.append(f"Decision {row['seq']} was altered.")
        seq, last = row["seq"], row["hash"]
    return problems, seq, last
