"""The apps that are measured, each as a WSGI server: gunicorn calls one of these."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, html
from flask import Flask

import app
import serving
from settings import settings


def board() -> Flask:
    """The product."""
    return app.create_app(settings()).server


def plain() -> Flask:
    """The product as Dash serves it by itself: plotly.js whole, nothing packed."""

    def unpacked(*words: Any, **options: Any) -> Dash:
        return Dash(*words, **{**options, "compress": False, "assets_path_ignore": ["^vendor$"]})

    app.Dash = unpacked  # type: ignore[assignment,misc]
    serving.deliver = lambda app: None
    return board()


def nothing() -> Flask:
    """The floor of a callback: one that does nothing, served as the board is."""
    made = Dash("bench.nothing", compress=True, enable_mcp=False)
    made.layout = html.Div(
        [html.Button(id="button"), html.P(html.Strong(id="text"), className="tile")]
    )

    @made.callback(Output("text", "children"), Input("button", "n_clicks"))
    def answer(_: int | None) -> str:
        return "1"

    serving.deliver(made)
    return made.server


def written() -> Flask:
    """The floor of a cold load: a number in a page written by hand."""
    made = Flask("bench.written")
    page = (
        "<!doctype html><title>War room</title>"
        "<section class=tile><h2>Sales since open</h2><strong>¥453K</strong></section>"
    )
    made.add_url_rule("/", "page", lambda: page)
    return made
