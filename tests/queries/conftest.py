"""An installation of its own for each test of a view."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from stubs import Rows, version_of

from domain.scope import Scope
from settings import settings


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of the module's versions, cache beside it, that settings() points to."""
    root = tmp_path_factory.mktemp("installation")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WARROOM_DATA", str(root / "extracts"))
        patch.setenv("WARROOM_CACHE", str(root / "cache"))
        settings.cache_clear()
        yield root / "extracts"
    settings.cache_clear()


@pytest.fixture
def given(folder: Path) -> Callable[..., Scope]:
    """given(pos_hours=[...], ...) publishes the rows as a version, gives a scope that sees all."""

    def made(*, with_marts: bool = True, **extracts: Rows) -> Scope:
        return version_of(folder, extracts, with_marts)

    return made
