"""What leaves the machine: packed files, strict headers, a small plotly.js; and a sound start."""

import ast
import gzip
import re
from base64 import b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from threading import Barrier, Thread

import brotli
import plotly
import pytest
from dash import Dash, Input, Output, callback, clientside_callback, dcc, html
from flask.testing import FlaskClient
from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

import serving
from app import create_app
from settings import HOUSE, Settings

ASSETS = HOUSE / "assets"
BUNDLE = serving.PLOTLY.read_text(encoding="utf-8")
IN_BUNDLE = set(re.findall(r'moduleType:"trace",name:"(\w+)"', BUNDLE))
PLOTLY_PACKAGE = Path(plotly.__file__).parent
PLOTLY_URL = "_dash-component-suites/plotly/package_data/plotly.min.js"


def _app() -> Dash:
    """A page with a chart, a callback in Python and one in the browser."""
    app = Dash("tests.serving", assets_folder=str(ASSETS), compress=True, enable_mcp=False)
    bars = {"data": [{"type": "bar", "x": ["a", "b"], "y": [1, 2]}], "layout": {}}
    app.layout = html.Div(
        [html.Button("more", id="more"), html.B(id="count"), html.I(id="twice"),
         dcc.Graph(id="bars", figure=bars)]
    )  # fmt: skip
    callback(Output("count", "children"), Input("more", "n_clicks"))(lambda n: str(n or 0))
    clientside_callback(
        "(n) => String(2 * (n || 0))", Output("twice", "children"), Input("more", "n_clicks")
    )
    return app


@pytest.fixture(scope="module")
def app() -> Dash:
    made = _app()
    serving.deliver(made)
    return made


@pytest.fixture(scope="module")
def client(app: Dash) -> FlaskClient:
    return app.server.test_client()


def _address_of(name: str, client: FlaskClient) -> str:
    page = client.get("/").get_data(as_text=True)
    found = re.search(rf'(?:src|href)="([^"]*{re.escape(name)}[^"]*)"', page)
    assert found, f"{name} is not in the page"
    return found[1]


def test_a_script_comes_packed_as_the_browser_wishes_and_is_the_same_script(client) -> None:
    address = _address_of("dash_renderer", client)
    plain = client.get(address).data
    packed = {"br": brotli.decompress, "gzip": gzip.decompress}
    for encoding, unpack in packed.items():
        answer = client.get(address, headers={"Accept-Encoding": encoding})
        assert answer.headers["Content-Encoding"] == encoding
        assert len(answer.data) < len(plain) / 3
        assert unpack(answer.data) == plain


def test_a_browser_that_takes_no_packing_gets_the_plain_file(client) -> None:
    answer = client.get(_address_of("dash_renderer", client))
    assert "Content-Encoding" not in answer.headers
    assert b"DashRenderer" in answer.data


def test_a_file_is_packed_once(client, monkeypatch: pytest.MonkeyPatch) -> None:
    address = _address_of("dash_renderer", client)
    client.get(address, headers={"Accept-Encoding": "br"})
    monkeypatch.setattr(serving.brotli, "compress", lambda *_, **__: pytest.fail("packed again"))
    assert client.get(address, headers={"Accept-Encoding": "br"}).status_code == 200


@pytest.mark.parametrize("name", ["dash_renderer", "dash_core_components-shared", "00-tokens.css"])
def test_what_its_address_fingerprints_is_kept_for_ever(name: str, client) -> None:
    answer = client.get(_address_of(name, client))
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    "address",
    ["/assets/00-tokens.css", "/assets/00-tokens.css?m=1", f"/{PLOTLY_URL}",
     "/_dash-component-suites/dash/dcc/async-graph.js"],
)  # fmt: skip
def test_what_its_address_does_not_fingerprint_is_asked_for_again_and_not_sent_again(
    address: str, client
) -> None:
    first = client.get(address)
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert not again.data


def test_a_changed_file_is_sent_changed(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a { color: red }")
    app = Dash("tests.changed", assets_folder=str(tmp_path))
    app.layout = html.Div()
    serving.deliver(app)
    client = app.server.test_client()
    before = _address_of("a.css", client)
    client.get(before)
    (tmp_path / "a.css").write_text("a { color: blue; }")
    assert client.get(_address_of("a.css", client)).data == b"a { color: blue; }"
    assert client.get(before).headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "address",
    ["/assets/../app.py", "/assets/none.css", "/_dash-component-suites/dash/dash.py",
     "/_dash-component-suites/os/path.py", "/_dash-component-suites/dash/../../app.py"],
)  # fmt: skip
def test_no_other_file_can_be_asked_for(address: str, client) -> None:
    answer = client.get(address)
    assert b"import" not in answer.data
    assert answer.status_code == 404


@pytest.mark.parametrize("address", ["/", "/_dash-layout", "/_dash-dependencies"])
def test_an_answer_made_for_one_request_is_stored_nowhere(address: str, client) -> None:
    assert client.get(address).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", ["/", "/_dash-layout", "/assets/00-tokens.css", "/assets/no"])
def test_every_answer_has_the_strict_headers(address: str, client) -> None:
    headers = client.get(address).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-eval" not in policy


def test_a_page_runs_scripts_of_ours_and_its_own_inline_ones_and_no_others(client) -> None:
    answer = client.get("/")
    policy = answer.headers["Content-Security-Policy"]
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    page = re.sub("<!--.*?-->", "", answer.text, flags=re.S)
    inline = re.findall(r"<script(?: id=\S+ type=\S+/javascript\S+)?>(.+?)</script>", page, re.S)
    hashes = [b64encode(sha256(script.encode()).digest()).decode() for script in inline]
    assert hashes
    assert scripts.split() == ["script-src", "'self'", *(f"'sha256-{known}'" for known in hashes)]


def test_a_page_brings_neither_the_old_table_nor_development_bundles_nor_vendor_files(
    client,
) -> None:
    page = client.get("/").get_data(as_text=True)
    scripts = re.findall(r'<script src="([^"]*)"', page)
    assert len(scripts) >= 8
    assert not [name for name in scripts if re.search(r"dash_table|vendor|\.dev|proptypes", name)]


def test_the_grid_comes_with_the_pages_that_have_one_and_not_with_the_board() -> None:
    client = create_app(Settings()).server.test_client()
    board, profit = (client.get(path).get_data(as_text=True) for path in ("/", "/profit"))
    assert "dash_ag_grid/" not in board
    assert re.search(r'<script src="[^"]*/dash_ag_grid\.v\w+\.min\.js"', profit)


def test_the_numbers_do_not_wait_for_plotly_js(client) -> None:
    page = client.get("/").get_data(as_text=True)
    assert "_dash-layout" in page
    assert PLOTLY_URL not in page


def test_plotly_js_is_the_small_bundle_of_the_version_that_plotly_ships(client) -> None:
    shipped = (PLOTLY_PACKAGE / "package_data" / "plotly.min.js").read_text(encoding="utf-8")
    version = re.search(r"plotly\.js v([\d.]+)", shipped)
    assert version
    sent = client.get(f"/{PLOTLY_URL}").get_data(as_text=True)
    assert sent.startswith(f"/**\n* plotly.js (cartesian - minified) v{version[1]}\n")
    assert {"bar", "scatter", "heatmap", "histogram"} <= IN_BUNDLE


def test_what_is_sent_instead_of_a_file_of_dash_is_sent_for_one_that_dash_still_has(app) -> None:
    assert len(serving.INSTEAD) == 2
    for (package, name), file in serving.INSTEAD.items():
        assert name in app.registered_paths[package]
        sent = app.server.test_client().get(f"/_dash-component-suites/{package}/{name}")
        assert sent.data == file.read_bytes()


def _traces_used(code: str) -> set[str]:
    """Trace types that Python code names: {"type": "bar"}, dict(type="bar"), go.Bar, px.bar."""
    every = {file.stem.removeprefix("_") for file in (PLOTLY_PACKAGE / "graph_objs").glob("_*.py")}
    named = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            named |= {getattr(value, "value", None) for key, value in pairs
                      if getattr(key, "value", None) == "type"}  # fmt: skip
        elif isinstance(node, ast.keyword) and node.arg == "type":
            named.add(getattr(node.value, "value", None))
        elif isinstance(node, ast.Attribute) and getattr(node.value, "id", "") in ("go", "px"):
            named.add(node.attr.lower())
    return {name for name in named if isinstance(name, str)} & every


@pytest.mark.parametrize(
    "code",
    ['{"type": "waterfall"}', 'dict(type="waterfall")', "go.Waterfall(x=[1])"],
)
def test_a_trace_is_found_however_it_is_written(code: str) -> None:
    assert _traces_used(code) == {"waterfall"}
    assert "waterfall" not in IN_BUNDLE


def test_our_code_draws_only_what_the_bundle_can_draw() -> None:
    rooms = ("components", "pages", "delivery", "domain")
    files = [file for room in rooms for file in (HOUSE / room).rglob("*.py")]
    used = {str(file): _traces_used(file.read_text(encoding="utf-8")) for file in files}
    assert any(used.values())
    assert not {file: traces - IN_BUNDLE for file, traces in used.items() if traces - IN_BUNDLE}


def _first_answers(app: Dash) -> list[int]:
    """The status of eight first requests that come at once, callbacks among them."""
    together = Barrier(8)
    body = {
        "output": "count.children",
        "outputs": {"id": "count", "property": "children"},
        "inputs": [{"id": "more", "property": "n_clicks", "value": 1}],
        "changedPropIds": ["more.n_clicks"],
    }

    def ask(number: int) -> int:
        client = app.server.test_client()
        together.wait()
        if number % 2:
            return client.post("/_dash-update-component", json=body).status_code
        return client.get("/").status_code

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(ask, range(8)))


def test_eight_first_requests_at_once_are_all_answered() -> None:
    app = _app()
    serving.deliver(app)
    assert _first_answers(app) == [200] * 8


def test_the_set_up_that_dash_puts_off_is_done_when_the_app_is_made() -> None:
    app = _app()
    assert "count.children" not in app.callback_map
    serving.deliver(app)
    assert "count.children" in app.callback_map


@pytest.fixture(scope="module")
def address(app: Dash) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app.server, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.browser
def test_the_page_works_under_its_policy_and_asks_no_other_host(address: str) -> None:
    asked: list[str] = []
    said: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium")
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(address)
        page.wait_for_selector(".js-plotly-plot .bars path")
        page.click("#more")
        page.wait_for_selector("#count:text('1')")
        page.wait_for_selector("#twice:text('2')")
        version = page.evaluate("Plotly.version")
        browser.close()
    assert version in BUNDLE[:200]
    assert not [url for url in asked if not url.startswith((address, "data:", "blob:"))]
    assert said == []
    for once in (PLOTLY_URL, "_dash-layout", "_dash-dependencies"):
        assert sum(url.endswith(once) for url in asked) == 1
