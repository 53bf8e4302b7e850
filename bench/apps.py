"""The apps that are measured, each as a WSGI server: gunicorn calls one of these."""

from __future__ import annotations

from dash import Dash, Input, Output, html
from flask import Flask

import serving
from app import create_app
from settings import settings


def board() -> Flask:
    """The product."""
    return create_app(settings()).server


def nothing() -> Flask:
    """The floor of a callback: one that does nothing, served as the board is."""
    app = Dash("bench.nothing", compress=True, enable_mcp=False)
    app.layout = html.Div([html.Button(id="button"), html.P(id="text")])

    @app.callback(Output("text", "children"), Input("button", "n_clicks"))
    def answer(_: int | None) -> str:
        return "1"

    serving.deliver(app)
    return app.server


def plain() -> Flask:
    """The board as Dash serves it when nothing is set."""
    app = Dash("app", use_pages=True, suppress_callback_exceptions=True, title="War room")
    return app.server
