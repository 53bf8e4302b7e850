"""The two addresses besides the pages: what is new, and the rows of a number as a file."""

from __future__ import annotations

import time
from typing import Any

from flask import Flask, Response, jsonify, request

from clock import make_clock
from data.heartbeat import last_beat
from data.versions import current
from errors import BadInput, WarRoomError
from pages.money import exports
from pages.panels.drawer import row_parameters
from pages.panels.sight import moment
from pages.panels.target import target_of
from pages.panels.view import scope_of
from pages.unit_panels import files
from queries import stream_csv
from settings import settings
from state import sequence


def add_routes(server: Flask) -> None:
    """Adds both addresses to the app's server."""
    server.add_url_rule("/live", "live", live)
    server.add_url_rule("/rows.csv", "rows", rows)
    exports.add_routes(server)
    files.add_routes(server)


def live() -> Response:
    """What a board needs to know whether it is current: asked every second, some 150 bytes.

    `worker_s` is the age of the worker's heartbeat in real seconds, null without one.
    """
    version = current(settings().data)
    now = make_clock(settings().now, settings().now_started)()
    beat = last_beat(settings().data)
    said: dict[str, Any] = {
        "version": version.id if version else "",
        "minute": f"{now:%Y-%m-%dT%H:%M}",
        "decided": sequence(),
        "worker_s": round(max(0.0, time.time() - beat.at), 1) if beat else None,
        "problem": beat.problem if beat else "",
    }
    return jsonify(said)


def rows() -> Response:
    """All rows behind one number as CSV, of the version and moment at which it was opened."""
    reader = scope_of(None)
    try:
        if reader is None:
            raise BadInput("There is no data yet.", "Import a source first.")
        target = target_of(request.args.to_dict(), reader)
        scope = target.scope(reader)
        content = stream_csv(target.rows_view, scope, **row_parameters(target, *moment(scope)))
    except WarRoomError as error:
        return Response(str(error), status=400, mimetype="text/plain")
    name = f"{target.metric}-{target.at:%Y%m%dT%H%M}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype="text/csv", headers=headers)
