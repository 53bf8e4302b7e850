"""What a reader looks at: the current version, to the minute, but all that it brought."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app import create_app
from data.versions import publish, writing
from settings import Settings, settings

create_app(Settings())  # a page's panels exist only once its app does
from pages.panels.view import scope_of, view_in, view_of  # noqa: E402

NOW = datetime(2026, 3, 2, 9, 30, 40, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("WARROOM_DATA", str(tmp_path))
    monkeypatch.setenv("WARROOM_NOW", NOW.isoformat())
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()


def _published(folder: Path, at: datetime) -> None:
    with writing(folder, at) as staging:
        staging.manifest = {"published_at": at.isoformat(), "sources": {}}
        publish(staging, 9)


def _moment(as_of: str | None = None) -> datetime:
    scope = scope_of(None, as_of)
    assert scope
    return scope.as_of


def test_who_looks_in_the_same_minute_looks_at_the_same(folder: Path) -> None:
    _published(folder, NOW - timedelta(hours=1))
    assert _moment() == NOW.replace(second=0)


def test_what_a_version_brought_does_not_wait_for_the_next_minute(folder: Path) -> None:
    published = NOW - timedelta(seconds=10)
    _published(folder, published)
    assert _moment() == published


def test_a_replay_sees_nothing_later_than_its_moment_however_late_the_load(folder: Path) -> None:
    _published(folder, NOW + timedelta(days=1))
    assert _moment() == NOW.replace(second=0)


def test_a_pinned_moment_stays_and_none_lies_ahead(folder: Path) -> None:
    _published(folder, NOW - timedelta(hours=1))
    assert _moment("2026-03-01T08:00:00+00:00") == datetime(2026, 3, 1, 8, tzinfo=UTC)
    assert _moment("2027-03-01T08:00:00+00:00") == NOW.replace(second=0)


@pytest.mark.parametrize("text", ["", "noon", "2026-03-01T08:00:00", "2026-13-01T00:00Z"])
def test_a_moment_that_is_none_or_has_no_zone_pins_nothing(text: str) -> None:
    assert view_of(as_of=text).as_of is None


def test_a_moment_in_an_address_may_have_lost_its_plus() -> None:
    assert view_of(as_of="2026-03-01T08:00:00 00:00").as_of == "2026-03-01T08:00:00+00:00"


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"theme": 7, "lang": [], "unit": {}, "is_wall": "yes", "as_of": None, "lines": "many"},
        {"theme": "pink", "lang": "xx", "unit": "\ud800", "as_of": "noon", "lines": -1},
        {"unit": "u" * 201, "lines": 10**9, "colour": "red"},
    ],
)
def test_a_view_that_a_browser_made_up_is_the_default_one(data: dict[str, object]) -> None:
    assert view_in(data) == view_of()


def test_a_view_comes_back_from_the_browser_as_it_went() -> None:
    view = view_of("night", "zh", "north", "", "2026-03-01T08:00:00+00:00")
    assert view_in(view.as_data() | {"lines": 2160}) == replace(view, lines=2160)


def test_without_data_there_is_nothing_to_look_at(folder: Path) -> None:
    assert scope_of(None) is None
