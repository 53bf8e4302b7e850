"""The app: refuses a public address; the replayed board shows the day's sum and nothing later."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app import create_app
from components.words import money_parts
from domain.scope import Scope
from errors import Forbidden
from settings import Settings, settings


def test_a_public_address_is_refused_with_the_reason() -> None:
    with pytest.raises(Forbidden, match="access control"):
        create_app(Settings(host="0.0.0.0"))


@pytest.mark.real
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_tile_of_a_replayed_day_is_the_days_sum_of_an_independent_query(
    language: str, imported, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    report, con = imported("completejourney")
    file = con.execute("select any_value(filename) from pos_hours_files").fetchone()[0]
    monkeypatch.setenv("WARROOM_DATA", file.rsplit("/", 3)[0])
    monkeypatch.setenv("WARROOM_STATE", f"sqlite:///{tmp_path / 'state.sqlite'}")
    monkeypatch.setenv("WARROOM_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("WARROOM_CURRENCY", "USD")
    settings.cache_clear()
    create_app(settings())  # a page's panels exist only once its app does
    from pages.panels import tiles
    from pages.panels.sight import look
    from pages.panels.view import View

    scope = Scope(report.version, datetime(2017, 12, 20, 19, 36, tzinfo=UTC))  # 14:36 in New York
    tile = tiles.tiles(look(scope, View("night", language, None, True)))[0]
    settings.cache_clear()
    day = con.execute(
        "select sum(net_sales)::double from pos_hours "
        "where hour_start >= '2017-12-20 05:00+00' and hour_start < '2017-12-20 19:00+00'"
    ).fetchone()[0]
    number, word = money_parts(day, "USD", language)
    assert number in str(tile)
    assert not word or word in str(tile)
