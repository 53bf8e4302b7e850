"""The profit page over a small company of its own: rows written by hand become a version."""

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest

from data.versions import Staging, Version, publish
from pages.money import ground
from settings import settings
from tests.queries.stubs import Rows, version_of

PUBLISHED = datetime(2026, 3, 2, 9, tzinfo=UTC)


def _published(staging: Staging, keep: int) -> Version:
    """Publishes as a load does: it says when."""
    staging.manifest |= {"published_at": PUBLISHED.isoformat()}
    return publish(staging, keep)


@pytest.fixture(scope="session")
def profit() -> ModuleType:
    """The page's module; a page exists only once its app does."""
    from app import create_app
    from settings import Settings

    create_app(Settings())
    return sys.modules["pages.profit"]


@pytest.fixture(scope="session")
def companies(tmp_path_factory: pytest.TempPathFactory) -> Callable[[dict[str, Rows]], Path]:
    """The folder of a company with these rows, made once."""
    folders: dict[str, Path] = {}

    def folder_of(extracts: dict[str, Rows]) -> Path:
        key = repr(extracts)
        if key not in folders:
            folders[key] = tmp_path_factory.mktemp("company")
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("tests.queries.stubs.publish", _published)
                version_of(folders[key] / "extracts", extracts)
        return folders[key]

    return folder_of


def _forget() -> None:
    """Companies of tests have versions of the same name: nothing drawn before is theirs."""
    ground._level_frame.cache_clear()
    if page := sys.modules.get("pages.profit"):
        for drawn in (page._framed, page._rows, page._thought, page._checked):
            drawn.cache_clear()


@pytest.fixture
def company(
    companies: Callable[[dict[str, Rows]], Path], tmp_path: Path
) -> Iterator[Callable[..., None]]:
    """company(order_lines=[...], ...) makes the rows the current version of an installation."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WARROOM_STATE", f"sqlite:///{tmp_path / 'state.sqlite'}")
        patch.setenv("WARROOM_NOW", "2026-03-02T09:30:00+00:00")

        def made(**extracts: Rows) -> None:
            folder = companies(extracts)
            patch.setenv("WARROOM_DATA", str(folder / "extracts"))
            patch.setenv("WARROOM_CACHE", str(folder / "cache"))
            settings.cache_clear()
            _forget()

        yield made
    settings.cache_clear()
