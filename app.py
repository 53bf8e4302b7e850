"""The app: create_app(settings) gives the shell; `server` is what gunicorn serves."""

from __future__ import annotations

from dash import Dash, dcc, html, page_container

import serving
import web
from pages.failing import failed
from settings import Settings, refuse_public, settings


def create_app(chosen: Settings) -> Dash:
    """A Dash app over the versions in chosen.data; Forbidden on a public address."""
    refuse_public(chosen)
    app = Dash(
        __name__,
        use_pages=True,
        suppress_callback_exceptions=True,  # and layouts hold no data: they are sent to everyone
        compress=True,
        serve_locally=True,
        enable_mcp=False,
        title="War room",
        update_title="",
        on_error=failed,
    )
    app.layout = html.Div([dcc.Store(id="version"), page_container])
    web.add_routes(app.server)
    serving.deliver(app)
    return app


def make_server():  # type: ignore[no-untyped-def]  # what gunicorn calls: app:make_server()
    return create_app(settings()).server
