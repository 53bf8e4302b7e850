"""What is changed behind the product's back is found; by accident it cannot even be done."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, Executable, delete, insert, select, update
from sqlalchemy.exc import DBAPIError

from state import decide, verify_chain
from state.chain import hash_of
from state.store import writing
from state.tables import decisions, newest
from tests.state.conftest import NOON

pytestmark = pytest.mark.usefixtures("any_store")


@pytest.fixture(autouse=True)
def _three_decisions(any_store: str) -> None:
    for key in ("a", "b", "c"):
        decide("threshold", key, None, {"yellow": 0.9}, by="Ann", reason="why", now=NOON)


def tamper(change: Callable[[Connection], object]) -> None:
    """What somebody does who may write to the database and knows its triggers."""
    with writing() as con:
        if con.dialect.name == "sqlite":
            con.exec_driver_sql("drop trigger decisions_no_update")
            con.exec_driver_sql("drop trigger decisions_no_delete")
        else:
            con.exec_driver_sql("drop trigger decisions_no_change on decisions")
        change(con)


def remove(seq: int) -> Callable[[Connection], object]:
    return lambda con: con.execute(delete(decisions).where(decisions.c.seq == seq))


def test_an_untouched_store_verifies() -> None:
    assert verify_chain() == []


@pytest.mark.parametrize("change", [delete(decisions), update(decisions).values(reason="because")])
def test_the_database_refuses_to_change_or_remove_a_decision(change: Executable) -> None:
    with pytest.raises(DBAPIError, match="only added to"), writing() as con:
        con.execute(change)
    assert verify_chain() == []


@pytest.mark.parametrize(
    "column", ["kind", "key", "unit_id", "content", "decided_at", "decided_by", "reason"]
)
def test_a_row_altered_in_any_column_is_found(column: str) -> None:
    altered = update(decisions).where(decisions.c.seq == 2).values({column: "other"})
    tamper(lambda con: con.execute(altered))
    assert verify_chain() == ["Decision 2 was altered."]


def test_a_row_removed_within_the_chain_is_found() -> None:
    tamper(remove(2))
    assert verify_chain() == ["Decisions 2 to 2 were removed."]


def test_rows_removed_at_the_end_are_found() -> None:
    tamper(lambda con: (remove(3)(con), remove(2)(con)))
    assert verify_chain() == ["Decisions 2 to 3 were removed."]


def test_a_row_altered_together_with_its_hash_breaks_the_next_one() -> None:
    def change(con: Connection) -> None:
        row = dict(con.execute(select(decisions).where(decisions.c.seq == 2)).mappings().one())
        row["reason"] = "other"
        row["hash"] = hash_of(row)
        con.execute(update(decisions).where(decisions.c.seq == 2).values(row))

    tamper(change)
    assert verify_chain() == ["Decision 3 does not follow decision 2."]


def test_a_row_added_by_hand_is_found() -> None:
    def change(con: Connection) -> None:
        row = dict(con.execute(select(decisions).where(decisions.c.seq == 3)).mappings().one())
        row |= {"seq": 4, "key": "d", "previous_hash": row["hash"]}
        row["hash"] = hash_of(row)
        con.execute(insert(decisions).values(row))

    tamper(change)
    assert verify_chain() == ["Decision 4 is not the one that was added last."]


def test_the_newest_row_is_no_way_around() -> None:
    tamper(lambda con: con.execute(update(newest).values(seq=2)))
    assert verify_chain() == ["Decision 3 is not the one that was added last."]
