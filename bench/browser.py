"""A page in Chromium over a slow line, and when its first number is painted."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

MBIT, LATENCY_MS = 20, 40
FIRST_NUMBER = ".tile strong"
CHART = ".main-svg"
SETTLE_MS = 1000  # after the last byte, for the chart
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip

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
    if (found && /[0-9]/.test(found.textContent)) found.setAttribute("elementtiming", "number");
    if (!window.drawn && document.querySelector("CHART")) window.drawn = performance.now();
  };
  new MutationObserver(look).observe(
    document, {subtree: true, childList: true, characterData: true});
});
""".replace("NUMBER", FIRST_NUMBER).replace("CHART", CHART)


@dataclass(frozen=True)
class Load:
    """One cold load: milliseconds to the first painted number and to the chart in the page (None
    where the page has none), bytes received, requests."""

    painted_ms: float
    drawn_ms: float | None
    received: int
    requests: int


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser of this run."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


def cold_load(browser: Browser, address: str) -> Load:
    """Opens `address` with an empty cache over 20 Mbit/s and 40 ms, until nothing more comes."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    session = context.new_cdp_session(page)
    received, requests = _count(session)
    page.add_init_script(_WATCH)
    page.goto(address)
    painted = page.evaluate("window.painted")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(SETTLE_MS)
    drawn = page.evaluate("window.drawn")
    context.close()
    return Load(painted, drawn, sum(received), len(requests))


def _count(session: CDPSession) -> tuple[list[int], list[str]]:
    received: list[int] = []
    requests: list[str] = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    session.on("Network.requestWillBeSent", lambda event: requests.append(event["request"]["url"]))
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY_MS,
            "downloadThroughput": MBIT * 1_000_000 / 8,
            "uploadThroughput": MBIT * 1_000_000 / 8,
        },
    )
    return received, requests


def cold_loads(browser: Browser, addresses: list[str], n: int) -> list[Load]:
    """Medians of n cold loads of each address; they take turns, so a busy minute hits all."""
    loads = [[cold_load(browser, address) for address in addresses] for _ in range(n)]
    return [_median(list(of_one)) for of_one in zip(*loads, strict=True)]


def _median(loads: list[Load]) -> Load:
    drawn = [load.drawn_ms for load in loads if load.drawn_ms is not None]
    return Load(
        statistics.median(load.painted_ms for load in loads),
        statistics.median(drawn) if drawn else None,
        round(statistics.median(load.received for load in loads)),
        round(statistics.median(load.requests for load in loads)),
    )


def callback_body(page: Page, address: str) -> str:
    """The body of the last callback that the page at `address` posts while it opens."""
    bodies: list[str] = []
    page.on(
        "request",
        lambda request: (
            bodies.append(request.post_data or "")
            if request.url.endswith("/_dash-update-component")
            else None
        ),
    )
    page.goto(address)
    page.wait_for_selector(FIRST_NUMBER)
    return bodies[-1]
