"""The tables of the store; migrations/ makes them, and a test holds the two together."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, MetaData, Table, Text

Seq = BigInteger().with_variant(Integer, "sqlite")
metadata = MetaData()

# Grain: one decision. Times are text of one width, UTC, so that they sort and hash alike in every
# database; content is canonical JSON text for the same reason.
decisions = Table(
    "decisions",
    metadata,
    Column("seq", Seq, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("unit_id", Text),
    Column("content", Text),
    Column("decided_at", Text, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("replaces", Seq, ForeignKey("decisions.seq"), unique=True),
    Column("previous_hash", Text, nullable=False, unique=True),
    Column("hash", Text, nullable=False),
    Index("decisions_by_place", "kind", "key", "unit_id", "seq"),
)

# Grain: one row, the newest decision. Its lock makes writers queue where the database itself does
# not, and rows missing at the end of the chain are found by it.
newest = Table(
    "newest",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", Seq, nullable=False),
    Column("hash", Text, nullable=False),
)
