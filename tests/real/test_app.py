"""The app: refuses a public address; its board is callable without a browser."""

from datetime import UTC, datetime

import pytest
from dash import page_registry

from app import create_app
from data.versions import current
from domain.scope import Scope
from errors import Forbidden
from settings import Settings, settings


def test_a_public_address_is_refused_with_the_reason() -> None:
    with pytest.raises(Forbidden, match="access control"):
        create_app(Settings(host="0.0.0.0"))


@pytest.mark.real
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_board_shows_the_replayed_days_sum(
    language: str, imported, monkeypatch: pytest.MonkeyPatch
) -> None:
    report, con = imported("completejourney")
    files = con.execute("select distinct filename from pos_hours_files").fetchall()
    root = files[0][0].rsplit("/", 3)[0]
    monkeypatch.setenv("WARROOM_DATA", root)
    monkeypatch.setenv("WARROOM_CURRENCY", "USD")
    settings.cache_clear()
    create_app(settings())
    from pages import board  # a page exists only once its app does

    assert page_registry
    version = current(settings().data)
    assert version and version.id == report.version
    scope = Scope(version.id, datetime(2017, 12, 20, 19, 36, tzinfo=UTC))  # 14:36 in New York
    shown = str(board.body(scope, {"theme": "night", "lang": language, "wall": True}))
    day = con.execute(
        "select sum(net_sales)::double from pos_hours "
        "where hour_start >= '2017-12-20 05:00+00' and hour_start < '2017-12-20 19:00+00'"
    ).fetchone()[0]
    settings.cache_clear()
    assert board.money(day, "USD", language) in shown
    assert "14:00" in shown
    assert "2017-12-20 15:00" not in shown
