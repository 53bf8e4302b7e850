"""A defect in a callback is told on the screen; the numbers from before do not stay."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from app import create_app
from settings import Settings


def _ask(app: Any, part: str, values: dict[str, Any]) -> dict[str, Any]:
    key = next(key for key in app.callback_map if part in key)
    outputs = [
        {"id": name.rpartition(".")[0], "property": name.rpartition(".")[2]}
        for name in key.strip(".").split("...")
    ]
    asked = app.callback_map[key]
    payload = {
        "output": key,
        "outputs": outputs,
        "inputs": [{**each, "value": values.get(each["id"])} for each in asked["inputs"]],
        "state": [{**each, "value": values.get(each["id"])} for each in asked["state"]],
        "changedPropIds": ["version.data"],
    }
    answer = app.server.test_client().post("/_dash-update-component", json=payload)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.get_json()["response"]
    return found


def test_a_defect_leaves_no_number_on_the_board(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(Settings())
    from pages import board

    def broken(_: Any) -> Any:
        raise ZeroDivisionError("a defect")

    monkeypatch.setattr(board, "view_in", broken)
    with caplog.at_level(logging.ERROR, "pages.failing"):
        shown = _ask(app, "board-tiles.children", {"board-view": {}, "board-seen": {"0": "x"}})
    assert "log" in str(shown["board-tiles"]["children"])
    assert shown["board-breaches"]["children"] == []
    assert shown["board-hours"]["figure"]["data"] == []
    assert shown["board-seen"]["data"] == {}  # so that all is drawn again once it works
    assert "ZeroDivisionError" in caplog.text
