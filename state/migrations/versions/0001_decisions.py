"""Decisions, chained, and a database that refuses to change or remove one."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    seq = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "decisions",
        sa.Column("seq", seq, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("unit_id", sa.Text),
        sa.Column("content", sa.Text),
        sa.Column("decided_at", sa.Text, nullable=False),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("replaces", seq, sa.ForeignKey("decisions.seq"), unique=True),
        sa.Column("previous_hash", sa.Text, nullable=False, unique=True),
        sa.Column("hash", sa.Text, nullable=False),
    )
    op.create_index("decisions_by_place", "decisions", ["kind", "key", "unit_id", "seq"])
    newest = op.create_table(
        "newest",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("seq", seq, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
    )
    op.bulk_insert(newest, [{"id": 1, "seq": 0, "hash": ""}])
    for statement in _append_only(op.get_context().dialect.name):
        op.execute(statement)


def _append_only(dialect: str) -> list[str]:
    if dialect == "sqlite":
        return [
            f"create trigger decisions_no_{action} before {action} on decisions "
            "begin select raise(abort, 'decisions are only added to'); end"
            for action in ("update", "delete")
        ]
    return [
        "create function decisions_refuse() returns trigger language plpgsql as "
        "$$ begin raise exception 'decisions are only added to' using errcode = '23001'; end $$",
        "create trigger decisions_no_change before update or delete or truncate on decisions "
        "for each statement execute function decisions_refuse()",
    ]
