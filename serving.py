"""How the app leaves the machine: static files packed once, headers, nothing that is not needed.

Dash would send plotly.js whole (4.8 MB), compress every file anew at each request, and set itself
up during the first one. `deliver` puts that right on a finished Dash app.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
import sys
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import brotli
from dash import Dash
from dash.exceptions import InvalidResourceError
from dash.fingerprint import check_fingerprint
from flask import Flask, Response, abort, request
from werkzeug.security import safe_join

VENDOR = Path(__file__).resolve().parent / "assets" / "vendor"
PLOTLY = VENDOR / "plotly" / "plotly-cartesian.min.js"
# What is sent under the addresses of files that Dash ships, by package and name there. Of its
# polyfill for old browsers Dash uses one part; the whole takes longer to run than to load.
INSTEAD = {
    ("plotly", "package_data/plotly.min.js"): PLOTLY,
    ("dash", "deps/polyfill@7.12.1.min.js"): VENDOR / "regenerator" / "runtime.js",
}
FOREVER = "public, max-age=31536000, immutable"
_WORTH_PACKING = 200  # bytes; below, the header costs more than packing saves
_QUICK = 1  # answers of callbacks are packed while people wait: 15 % longer, three times as fast
_NO_PAGE = "default-src 'none'; frame-ancestors 'none'"  # answers by the second stay short
# What scripts would ask for one after the other is asked for with them: a round trip less to the
# first number. Not plotly.js: were it here before the first answer, the numbers would wait for its
# start and its first chart, 0.4 s later.
_EARLY = """
<link rel="preload" as="fetch" crossorigin href="{prefix}_dash-layout">
<link rel="preload" as="fetch" crossorigin href="{prefix}_dash-dependencies">"""
_SCRIPT = r'<script src="[^"]*/{}/[^"]*"></script>\n?'
_UNUSED_SCRIPT = re.compile(_SCRIPT.format("dash_table"))
_GRID_SCRIPT = re.compile(_SCRIPT.format("dash_ag_grid"))
_WITHOUT_GRID = "/"  # the board; other pages are reached from it by a whole load


def deliver(app: Dash) -> None:
    """Sets `app` up and makes its server answer with packed files and strict headers.

    To be called last, when layout, pages and callbacks stand: the policy names the hashes of
    the inline scripts that they bring.
    """
    app.config.assets_path_ignore = ["^vendor$"]  # served when asked for, in no page by itself
    app.server.config["COMPRESS_BR_LEVEL"] = _QUICK
    _set_up(app)
    _shape_index(app)
    _serve_files(app)
    policy = _policy(app)
    app.server.after_request(lambda response: _with_headers(response, policy))


def _set_up(app: Dash) -> None:
    """Runs what Dash puts off to the first request, in which parallel ones would meet a half."""
    with app.server.test_request_context("/"):
        app.server.preprocess_request()


def _shape_index(app: Dash) -> None:
    """Leaves out what Dash puts into every page and this one has not; asks early for more."""
    whole = app.interpolate_index
    early = _EARLY.format(prefix=app.config.requests_pathname_prefix)

    def shaped(**parts: Any) -> str:
        scripts = _UNUSED_SCRIPT.sub("", parts["scripts"])
        if request.path == app.config.requests_pathname_prefix.rstrip("/") + _WITHOUT_GRID:
            scripts = _GRID_SCRIPT.sub("", scripts)
        return whole(**{**parts, "scripts": scripts, "css": parts["css"] + early})

    app.interpolate_index = shaped  # type: ignore[method-assign,assignment]


class Packed(NamedTuple):
    """A file's bytes, by content encoding."""

    plain: bytes
    br: bytes
    gzip: bytes
    etag: str


@lru_cache(maxsize=256)
def _packed(path: Path, _modified_ns: int) -> Packed:
    data = path.read_bytes()
    etag = hashlib.sha256(data).hexdigest()[:20]
    # Quality 11 saves 8 % more than 9 and takes 25 times as long.
    return Packed(data, brotli.compress(data, quality=9), gzip.compress(data, 9, mtime=0), etag)


def _serve_files(app: Dash) -> None:
    """Puts our views in the place of Dash's own for assets and component suites."""
    prefix = app.config.routes_pathname_prefix
    server: Flask = app.server
    views: dict[str, Callable[..., Response]] = server.view_functions  # type: ignore[assignment]
    for rule in server.url_map.iter_rules():
        if rule.rule.startswith(f"{prefix}{app.config.assets_url_path.strip('/')}/<"):
            views[rule.endpoint] = lambda filename: _asset(app, filename)
        elif rule.rule.startswith(f"{prefix}_dash-component-suites/<"):
            views[rule.endpoint] = lambda package_name, fingerprinted_path: _component(
                app, package_name, fingerprinted_path
            )


def _asset(app: Dash, filename: str) -> Response:
    found = safe_join(app.config.assets_folder, filename)
    if found is None or not Path(found).is_file():
        abort(404)
    path = Path(found)
    return _file(path, forever=request.args.get("m") == str(path.stat().st_mtime))


def _component(app: Dash, package: str, fingerprinted: str) -> Response:
    name, _ = check_fingerprint(fingerprinted)
    if name not in app.registered_paths.get(package, ()):
        raise InvalidResourceError(f"{package} has no such file")  # Dash answers it with 404
    path = Path(str(sys.modules[package].__file__)).parent / name
    forever = f"m{int(path.stat().st_mtime)}." in fingerprinted
    return _file(INSTEAD.get((package, name), path), forever)


def _file(path: Path, forever: bool) -> Response:
    """The file in the best encoding that the browser takes; `forever` if its address names it."""
    packed = _packed(path, path.stat().st_mtime_ns)
    best = request.accept_encodings.best_match(["br", "gzip", "identity"])
    encoding = best if best in ("br", "gzip") and len(packed.plain) > _WORTH_PACKING else None
    body = getattr(packed, encoding) if encoding else packed.plain
    response = Response(body, mimetype=mimetypes.guess_type(path.name)[0])
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = FOREVER if forever else "no-cache"
    response.set_etag(f"{packed.etag}-{encoding or 'plain'}")
    response.make_conditional(request)
    return response


def _policy(app: Dash) -> str:
    scripts = " ".join(["'self'", *app.csp_hashes()])
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {scripts}",
            "style-src 'self' 'unsafe-inline'",  # Dash and plotly.js set styles on elements
            "img-src 'self' data: blob:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ]
    )


def _with_headers(response: Response, policy: str) -> Response:
    headers = response.headers
    is_page = response.mimetype == "text/html"
    headers["Content-Security-Policy"] = policy if is_page else _NO_PAGE
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "no-referrer"
    headers.setdefault("Cache-Control", "no-store")
    return response
