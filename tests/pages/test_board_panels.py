"""The board and the drawer without a browser: their callbacks, called over odd companies."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from companies import HOSTILE, NOW, Rows, hostile, load, one_row
from dash import no_update
from plotly.utils import PlotlyJSONEncoder

from app import create_app
from components.theme import tokens
from settings import Settings, settings

create_app(Settings())  # a page's panels exist only once its app does
from pages.board import PANELS, refresh  # noqa: E402
from pages.drawer import show  # noqa: E402
from pages.panels.hours_table import TARGET  # noqa: E402
from pages.panels.view import view_of  # noqa: E402
from web import rows as rows_as_csv  # noqa: E402

NAMES = [name for name, _, _ in PANELS]


@pytest.fixture(scope="module", params=["hostile", "one_row"])
def company(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    yield from _installed(tmp_path_factory, {"hostile": hostile, "one_row": one_row}[request.param])


@pytest.fixture(scope="module")
def hostile_company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    yield from _installed(tmp_path_factory, hostile)


@pytest.fixture(scope="module")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    yield from _installed(tmp_path_factory, None)


def _installed(factory: pytest.TempPathFactory, company: Any) -> Iterator[None]:
    root: Path = factory.mktemp("installation")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WARROOM_DATA", str(root / "extracts"))
        patch.setenv("WARROOM_CACHE", str(root / "cache"))
        patch.setenv("WARROOM_STATE", f"sqlite:///{root / 'state.sqlite'}")
        patch.setenv("WARROOM_NOW", NOW.isoformat())
        settings.cache_clear()
        if company:
            extracts: dict[str, Rows] = company()
            load(root / "raw", **extracts)
        yield
    settings.cache_clear()


def _board(language: str = "en", wall: str | None = None) -> dict[str, Any]:
    view = view_of(lang=language, wall=wall).as_data()
    found = refresh(None, view, {})
    return dict(zip(NAMES, found, strict=False))


def _tree(content: Any) -> Any:
    return json.loads(PlotlyJSONEncoder().encode(content))


def _texts(tree: Any) -> list[str]:
    """Every text that a tree of components shows or says."""
    if isinstance(tree, dict):
        return [text for value in tree.values() for text in _texts(value)]
    if isinstance(tree, list):
        return [text for value in tree for text in _texts(value)]
    return [tree] if isinstance(tree, str) else []


def _kinds(tree: Any) -> set[str]:
    if isinstance(tree, dict):
        own = {tree["type"]} if "namespace" in tree else set()
        return own.union(*(_kinds(value) for value in tree.values()))
    return set().union(*(_kinds(value) for value in tree)) if isinstance(tree, list) else set()


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("wall", [None, "1"])
def test_every_panel_is_drawn_without_a_number_that_is_none(
    language: str, wall: str | None
) -> None:
    drawn = _board(language, wall)
    assert len(drawn) == len(NAMES)
    for name, content in drawn.items():
        shown = [text for text in _texts(_tree(content)) if text not in HOSTILE]
        assert not {"nan", "NaN", "None", "inf", "NaT"} & set(shown), name


@pytest.mark.usefixtures("hostile_company")
def test_hostile_names_stand_as_text_in_the_regions_and_in_the_list() -> None:
    drawn = _board()
    for panel in ("board-regions", "board-breaches"):
        texts = _texts(_tree(drawn[panel]))
        shown = [name for name in HOSTILE if name.strip()]
        assert [name for name in shown if name not in texts] == [], panel
        kinds = _kinds(_tree(drawn[panel]))
        assert kinds <= {"Section", "Header", "H2", "Span", "Div", "Table", "Thead", "Tbody",
                         "Tr", "Th", "Td", "Button", "B", "Bdi"}  # fmt: skip


@pytest.mark.usefixtures("hostile_company")
def test_a_store_with_a_hostile_key_opens_its_rows_and_its_file() -> None:
    data = {"metric": "sales_since_open", "unit": "c", "store": "6\"'<"}
    texts = _texts(_tree(show(data, view_of().as_data())))
    assert "50.00 sold of 100.00 expected: 50%" in texts
    assert "=1+1" in texts
    with create_app(settings()).server.test_request_context("/rows.csv", query_string=data):
        lines = rows_as_csv().get_data(as_text=True)
    assert "'=1+1" in lines and ",=1+1" not in lines


@pytest.mark.usefixtures("hostile_company")
@pytest.mark.parametrize("unit", ["no such unit", "'; drop table stores; --"])
def test_a_unit_that_is_none_shows_nothing_of_others(unit: str) -> None:
    view = view_of(unit=unit).as_data()
    drawn = dict(zip(NAMES, refresh(None, view, {}), strict=False))
    texts = _texts(_tree([drawn["board-tiles"], drawn["board-breaches"], drawn["board-regions"]]))
    assert not set(HOSTILE) & set(texts)


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_hours_are_a_table_too(language: str) -> None:
    tree = _tree(show(TARGET, view_of(lang=language).as_data()))
    texts = _texts(tree)
    assert "2026-03-02 08:00" in texts
    assert not {"nan", "None"} & set(texts)


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize(
    "data",
    [{"metric": "salaries"}, {"metric": 7}, {"hour": "noon"}, {"table": "users"}, {"table": []}],
)
def test_what_opens_nothing_says_so(data: dict[str, Any]) -> None:
    texts = _texts(_tree(show(data, view_of().as_data())))
    assert any("opens nothing" in text for text in texts)


@pytest.mark.usefixtures("nothing")
@pytest.mark.parametrize(("language", "told"), [("en", "make run"), ("zh", "还没有数据")])
def test_without_data_the_board_says_what_to_do(language: str, told: str) -> None:
    drawn = _board(language)
    assert any(told in text for text in _texts(_tree(drawn["board-tiles"])))
    assert drawn["board-hours"] is no_update
    assert show({"metric": "response_h"}, view_of().as_data()) is None


def test_the_icon_is_small_and_drawn_in_the_colours_of_the_tokens() -> None:
    client = create_app(settings()).server.test_client()
    address = re.search(r'href="(/assets/favicon.ico[^"]*)"', client.get("/").text)
    assert address
    icon = client.get(address[1]).data
    assert len(icon) < 1000
    for name in ("bg", "accent"):
        assert bytes.fromhex(tokens("night")[name].removeprefix("#")) in icon
