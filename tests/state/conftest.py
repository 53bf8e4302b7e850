"""A store of its own for each test: SQLite, and PostgreSQL where one is given."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

from settings import settings

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def any_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty store that the doors of state/ use."""
    if request.param == "sqlite":
        with chosen(f"sqlite:///{tmp_path}/new folder/state.sqlite") as url:
            yield url
        return
    server = os.environ.get("WARROOM_TEST_POSTGRES", "")
    if not server:
        pytest.skip("WARROOM_TEST_POSTGRES names no PostgreSQL database to test on")
    name = f"test_{uuid4().hex}"
    engine = create_engine(server)
    with engine.begin() as con:
        con.execute(text(f"create schema {name}"))
    url = make_url(server).update_query_dict({"options": f"-csearch_path={name}"})
    with chosen(url.render_as_string(hide_password=False)) as given:
        yield given
    with engine.begin() as con:
        con.execute(text(f"drop schema {name} cascade"))


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Path]:
    """The file of an empty SQLite store that the doors of state/ use."""
    with chosen(f"sqlite:///{tmp_path}/state.sqlite"):
        yield tmp_path / "state.sqlite"


class chosen:  # noqa: N801  a context manager reads as a verb
    """Lets WARROOM_STATE be `url` for a while."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.patch = pytest.MonkeyPatch()

    def __enter__(self) -> str:
        self.patch.setenv("WARROOM_STATE", self.url)
        settings.cache_clear()
        return self.url

    def __exit__(self, *_: object) -> None:
        self.patch.undo()
        settings.cache_clear()
