"""Kills, crowds and broken disks: nothing acknowledged is lost, nothing is half done."""

import multiprocessing
import sqlite3
import threading
from contextlib import closing
from multiprocessing.connection import Connection as Pipe
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from domain.scope import Scope
from errors import BadInput, StateFailed
from state import decide, history, recall, sequence, store, verify_chain
from state.tables import metadata
from tests.state.conftest import NOON, chosen

FORK = multiprocessing.get_context("fork")  # modules need not be imported anew for each child
ADMIN = Scope("v1", NOON)


def put(key: str = "x") -> int:
    return decide("threshold", key, None, {"yellow": 1}, by="Ann", reason="why", now=NOON).seq


def decide_for_ever(acknowledge: Pipe) -> None:
    while True:
        acknowledge.send(put())


def decide_in_threads(barrier: Barrier, name: str) -> None:
    barrier.wait()
    threads = [
        threading.Thread(target=lambda: [put(name) for _ in range(10)], daemon=True)
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.usefixtures("any_store")
def test_no_acknowledged_decision_is_lost_when_its_process_is_killed() -> None:
    acknowledged: list[int] = []
    for kill in range(15):
        told, acknowledge = FORK.Pipe(duplex=False)
        child = FORK.Process(target=decide_for_ever, args=(acknowledge,))
        child.start()
        acknowledge.close()
        acknowledged += [told.recv() for _ in range(kill + 1)]
        child.kill()  # SIGKILL, wherever it is
        acknowledged += _rest(told)
        child.join()
    kept = {each.seq for each in history("threshold", "x", None)}
    assert len(acknowledged) >= 120  # 1 + 2 + ... + 15
    assert set(acknowledged) <= kept
    assert verify_chain() == []


def _rest(told: Pipe) -> list[int]:
    rest: list[int] = []
    while True:
        try:
            rest.append(told.recv())
        except EOFError:
            return rest


@pytest.mark.usefixtures("any_store")
def test_processes_and_threads_that_decide_at_once_lose_nothing() -> None:
    barrier = FORK.Barrier(2)  # both find an empty store and bring it up to date
    children = [FORK.Process(target=decide_in_threads, args=(barrier, name)) for name in "xx"]
    for child in children:
        child.start()
    for child in children:
        child.join(60)
    assert [child.exitcode for child in children] == [0, 0]
    found = history("threshold", "x", None)
    assert [each.seq for each in found] == list(range(60, 0, -1))  # 2 processes x 3 threads x 10
    assert [each.replaces for each in found] == [*range(59, 0, -1), None]
    assert verify_chain() == []


@pytest.mark.usefixtures("any_store")
def test_a_forked_child_uses_a_connection_of_its_own() -> None:
    with store.reading() as con:
        parents = con.connection.driver_connection
    told, tell = FORK.Pipe(duplex=False)
    child = FORK.Process(target=tell_whether_shared, args=(parents, tell))
    child.start()
    assert told.recv() is False
    child.join(60)


def tell_whether_shared(parents: object, tell: Pipe) -> None:
    with store.reading() as con:
        tell.send(con.connection.driver_connection is parents)


def test_a_new_store_that_somebody_else_prepares_right_now_is_waited_for(
    sqlite_store: Path,
) -> None:
    other = sqlite3.connect(sqlite_store, isolation_level=None, check_same_thread=False)
    other.execute("begin immediate")  # SQLite refuses WAL at once while this lasts
    threading.Timer(0.1, other.close).start()
    assert sequence() == 0


def test_migrations_from_empty_make_the_tables_that_the_code_describes(
    sqlite_store: Path,
) -> None:
    assert sequence() == 0
    with store.reading() as con:
        assert compare_metadata(MigrationContext.configure(con), metadata) == []


def test_the_store_is_durable_as_sqlite_can_make_it(sqlite_store: Path) -> None:
    with store.reading() as con:
        pragmas = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        found = [con.exec_driver_sql(f"pragma {name}").scalar_one() for name in pragmas]
    assert found == ["wal", 2, 1, 5000]  # 2 is full


def test_while_somebody_else_saves_for_too_long_saving_fails_and_reading_works(
    sqlite_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.05)
    put()
    with closing(sqlite3.connect(sqlite_store, isolation_level=None)) as other:
        other.execute("begin immediate")
        with pytest.raises(StateFailed, match=r"too long. Try again"):
            put()
        assert len(recall("threshold", ADMIN)) == 1
        with chosen(f"sqlite:///{sqlite_store.parent}/./state.sqlite"):  # opened anew
            assert sequence() == 1
    assert put() == 2


def test_a_read_only_store_is_read_and_says_why_it_saves_nothing(sqlite_store: Path) -> None:
    put()
    with chosen(f"sqlite:///file:{sqlite_store}?mode=ro&uri=true"):
        assert sequence() == 1
        with pytest.raises(StateFailed, match="read-only"):
            put()
    assert sequence() == 1


def test_on_a_full_disk_saving_fails_whole_and_what_was_saved_is_read(sqlite_store: Path) -> None:
    put()
    with store.reading() as con:  # the pool gives the same connection again
        pages = con.exec_driver_sql("pragma page_count").scalar_one()
        con.exec_driver_sql(f"pragma max_page_count = {pages}")
    with pytest.raises(StateFailed, match="disk is full"):
        decide("note", "x", None, {"a": "x" * 50_000}, by="Ann", reason="why", now=NOON)
    assert sequence() == 1
    assert len(recall("threshold", ADMIN)) == 1
    assert verify_chain() == []


def test_a_file_that_is_no_database_is_told_and_left_alone(sqlite_store: Path) -> None:
    sqlite_store.write_bytes(b"minutes of Monday" * 100)
    with pytest.raises(StateFailed, match="damaged"):
        sequence()
    assert sqlite_store.read_bytes() == b"minutes of Monday" * 100


def test_a_folder_that_cannot_be_made_is_told(sqlite_store: Path) -> None:
    sqlite_store.write_bytes(b"")
    with chosen(f"sqlite:///{sqlite_store}/below/state.sqlite"), pytest.raises(StateFailed):
        sequence()


@pytest.mark.parametrize("url", ["secret", "nothing://secret/state"])
def test_a_setting_that_names_no_database_is_told_without_repeating_it(url: str) -> None:
    with chosen(url), pytest.raises(BadInput, match="WARROOM_STATE") as told:
        sequence()
    assert "secret" not in str(told.value)


def test_a_store_of_a_newer_release_is_told_and_left_alone(sqlite_store: Path) -> None:
    put()
    with closing(sqlite3.connect(sqlite_store, isolation_level=None)) as newer:
        newer.execute("update alembic_version set version_num = '9999'")
    with (
        chosen(f"sqlite:///{sqlite_store.parent}/./state.sqlite"),  # opened anew
        pytest.raises(StateFailed, match="newer release"),
    ):
        put()
    assert sequence() == 1
