"""The board's cold load over a slow line: bytes, the first painted number, the chart."""

from __future__ import annotations

import statistics
import time
from contextlib import ExitStack
from dataclasses import dataclass

from playwright.sync_api import Browser

from bench.browser import CHART, FIRST_NUMBER, MOST_S, traffic
from bench.servers import served
from bench.table import Row

MBIT, LATENCY_MS, N = 20, 40, 5
MOST_MS, MOST_MB = 1100, 0.9

# The number asks for its element timing as soon as it stands in the page, so what is measured is
# the frame that showed it. A promise, and not a polled condition, for playwright evaluates those
# with eval, which the app's policy forbids.
_WATCH = """
window.drawn = null;
window.painted = new Promise((done) => {
  new PerformanceObserver((entries) => done(entries.getEntries()[0].renderTime))
    .observe({type: "element", buffered: true});
  const look = () => {
    const found = document.querySelector("NUMBER");
    if (found && /[0-9]/.test(found.textContent)) {
      let block = found;  // the browser times text by its block
      while (getComputedStyle(block).display === "inline") block = block.parentElement;
      block.setAttribute("elementtiming", "number");
    }
    if (!window.drawn && document.querySelector("CHART")) window.drawn = performance.now();
  };
  new MutationObserver(look).observe(
    document, {subtree: true, childList: true, characterData: true});
  setTimeout(() => done(null), 60000);
});
""".replace("NUMBER", FIRST_NUMBER).replace("CHART", CHART)


@dataclass(frozen=True)
class Load:
    """Milliseconds to the first painted number and to the chart (None: no chart), bytes."""

    painted_ms: float
    drawn_ms: float | None
    received: int


def cold_load(browser: Browser, address: str) -> Load:
    """Opens `address` with an empty cache over the slow line, until nothing more comes."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    session = context.new_cdp_session(page)
    counted = traffic(session)
    speed = MBIT * 1_000_000 / 8
    line = {"latency": LATENCY_MS, "downloadThroughput": speed, "uploadThroughput": speed}
    session.send("Network.emulateNetworkConditions", {"offline": False, **line})
    page.add_init_script(_WATCH)
    page.goto(address)
    painted = page.evaluate("window.painted")
    if painted is None:
        raise RuntimeError(f"{address} has painted no number in {FIRST_NUMBER}")
    deadline = time.monotonic() + MOST_S
    while not counted.is_quiet and time.monotonic() < deadline:
        page.wait_for_timeout(100)
    drawn = page.evaluate("window.drawn")
    context.close()
    return Load(painted, drawn, counted.received)


def measure(browser: Browser, board: str) -> list[Row]:
    """Rows of the board at the address `board`, beside a page by hand and plain Dash."""
    with ExitStack() as stack:
        addresses = [board, *(stack.enter_context(served(app)) for app in ("plain", "written"))]
        rounds = [[cold_load(browser, address) for address in addresses] for _ in range(N)]
    ours, plain, floor = (_median(loads) for loads in zip(*rounds, strict=True))
    by_hand, dash = "a page by hand", "plain Dash"
    return [
        Row("cold load: first painted number", "ms", ours.painted_ms, floor.painted_ms, by_hand,
            N, most=MOST_MS),
        Row("cold load: first painted number", "ms", ours.painted_ms, plain.painted_ms, dash, N,
            most_ratio=1),
        Row("cold load: the chart stands", "ms", ours.drawn_ms, plain.drawn_ms, dash, N,
            most_ratio=1, skipped="no chart in the board"),
        Row("cold load: received", "MB", ours.received / 1e6, plain.received / 1e6, dash, N,
            most=MOST_MB),
    ]  # fmt: skip


def _median(loads: tuple[Load, ...]) -> Load:
    drawn = [load.drawn_ms for load in loads if load.drawn_ms is not None]
    return Load(
        statistics.median(load.painted_ms for load in loads),
        statistics.median(drawn) if drawn else None,
        round(statistics.median(load.received for load in loads)),
    )
