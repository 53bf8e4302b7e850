"""The app: create_app(settings) gives the shell."""

from __future__ import annotations

from dash import Dash, page_container

import serving
from errors import Forbidden
from settings import LOOPBACK, Settings


def create_app(chosen: Settings) -> Dash:
    """A Dash app over the versions in chosen.data; Forbidden on a public address."""
    if chosen.host not in LOOPBACK:
        raise Forbidden(
            f"The app would serve {chosen.host} to whoever can reach it, and there is no access "
            "control yet.",
            "Set WARROOM_HOST=127.0.0.1.",
        )
    app = Dash(
        __name__,
        use_pages=True,
        suppress_callback_exceptions=True,
        compress=True,
        serve_locally=True,
        enable_mcp=False,
        title="War room",
        update_title="",
    )
    app.layout = page_container
    serving.deliver(app)
    return app
