"""The database of what people decide: opened once a process, brought up to date, two kinds of
transaction, and errors that say what to do."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    IntegrityError,
    NoSuchModuleError,
    ProgrammingError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout

from errors import BadInput, StateFailed
from settings import settings

BUSY_SECONDS = 5.0  # how long a writer waits for another one before it gives up
_MIGRATING = 7_205_759  # any number: the key of PostgreSQL's lock around migrations
_opening = Lock()


@contextmanager
def reading() -> Iterator[Connection]:
    """One snapshot of the store; never waits for a writer. Raises StateFailed."""
    with _failing_clearly():
        engine = _engine()
        if engine.dialect.name == "postgresql":  # by default each statement sees its own moment
            engine = engine.execution_options(isolation_level="REPEATABLE READ")
        with engine.begin() as con:
            yield con


@contextmanager
def writing() -> Iterator[Connection]:
    """One transaction that excludes other writers from its first statement on.

    It is on disk when the block is left, or not at all. Raises StateFailed.
    """
    with _failing_clearly(), _writing(_engine()) as con:
        yield con


def _engine() -> Engine:
    with _opening:
        return _opened(settings().state, os.getpid())


# A connection does not survive a fork, hence the process in the key.
@lru_cache(maxsize=3)
def _opened(text: str, _pid: int) -> Engine:
    url = _url(text)
    engine = _sqlite(url) if url.get_backend_name() == "sqlite" else _server(url)
    _bring_up_to_date(engine)
    return engine


def _bring_up_to_date(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", "state:migrations")
    head = ScriptDirectory.from_config(config).get_current_head()
    with engine.begin() as con:
        if MigrationContext.configure(con).get_current_revision() == head:
            return  # asked first, so that a read-only store can still be read
    with _writing(engine) as con:
        if con.dialect.name == "postgresql":
            con.exec_driver_sql(f"select pg_advisory_xact_lock({_MIGRATING})")
        config.attributes["connection"] = con
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise StateFailed(
                "The database of decisions was made by a newer release.", "Run that release."
            ) from error


def _url(text: str) -> URL:
    try:
        return make_url(text)
    except ArgumentError:
        raise BadInput(
            "WARROOM_STATE is no database URL.", "Write it as sqlite:////folder/state.sqlite."
        ) from None


def _sqlite(url: URL) -> Engine:
    if url.database and "uri" not in url.query:
        _make_folder(Path(url.database).parent)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself
        _use_wal(connection)
        connection.execute("pragma synchronous = full")
        connection.execute("pragma foreign_keys = on")

    @event.listens_for(engine, "begin")
    def begin(con: Connection) -> None:
        # A deferred transaction that turns into a writer fails at once in spite of the timeout.
        is_writing = con.get_execution_options().get("is_writing", False)
        con.exec_driver_sql("begin immediate" if is_writing else "begin")

    return engine


def _use_wal(connection: sqlite3.Connection) -> None:
    """Turns a new file to WAL; SQLite itself does not wait for others who do so right now."""
    give_up = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            if connection.execute("pragma journal_mode").fetchone() != ("wal",):
                connection.execute("pragma journal_mode = wal")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > give_up:
                raise
            time.sleep(0.01)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StateFailed(
            f"The folder of WARROOM_STATE cannot be made: {error.strerror}.",
            "Make it, or let WARROOM_STATE name another one.",
        ) from error


def _server(url: URL) -> Engine:
    try:
        return create_engine(url, pool_pre_ping=True)
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise BadInput(
            f"WARROOM_STATE needs a driver that is not installed: {error}.",
            "For PostgreSQL install psycopg and write postgresql+psycopg://...",
        ) from None


@contextmanager
def _writing(engine: Engine) -> Iterator[Connection]:
    with engine.execution_options(is_writing=True).begin() as con:
        if con.dialect.name == "postgresql":
            con.exec_driver_sql(f"set local lock_timeout = '{BUSY_SECONDS}s'")
        yield con


_UNREACHABLE = (
    "The database of decisions does not answer.",
    "See that the database of WARROOM_STATE runs, then try again.",
)
_FAILURES = {  # SQLite's error names without what follows a second underscore, PostgreSQL's states
    "SQLITE_BUSY": ("Somebody else has been saving for too long.", "Try again in a minute."),
    "SQLITE_READONLY": (
        "Decisions cannot be saved: their database is read-only.",
        "Let the service write to the database of WARROOM_STATE.",
    ),
    "SQLITE_FULL": (
        "Decisions cannot be saved: the disk is full.",
        "Free some space where the database of WARROOM_STATE lies, then save again.",
    ),
    "SQLITE_CORRUPT": (
        "The database of decisions is damaged.",
        "Restore the last backup of WARROOM_STATE.",
    ),
}
_FAILURES |= {
    "55P03": _FAILURES["SQLITE_BUSY"],
    "25006": _FAILURES["SQLITE_READONLY"],
    "53100": _FAILURES["SQLITE_FULL"],
    "SQLITE_NOTADB": _FAILURES["SQLITE_CORRUPT"],
}


@contextmanager
def _failing_clearly() -> Iterator[None]:
    """Turns what the surroundings did to the database into StateFailed; defects stay defects."""
    try:
        yield
    except (IntegrityError, ProgrammingError):
        raise
    except PoolTimeout as error:
        raise StateFailed(*_FAILURES["SQLITE_BUSY"]) from error
    except DatabaseError as error:
        raise StateFailed(*_FAILURES.get(_code(error), _UNREACHABLE)) from error


def _code(error: DatabaseError) -> str:
    name: str = getattr(error.orig, "sqlite_errorname", "")
    return "_".join(name.split("_")[:2]) or getattr(error.orig, "sqlstate", None) or ""
