"""An open board: what it costs while nothing changes, and how soon it shows a new version."""

from __future__ import annotations

import statistics
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Browser, Page

from bench.browser import FIRST_NUMBER, traffic
from bench.company import one_more_store, publish, write_source
from bench.table import Row

WATCHED_S, N = 10, 5
MOST_BYTES, MOST_MS = 2048, 250

_SHOWN = f'[...document.querySelectorAll("{FIRST_NUMBER}")].map((e) => e.textContent).join()'
_WATCH = f"""() => {{
  const shown = () => {_SHOWN}, before = shown();
  window.changed = new Promise((done) => {{
    new MutationObserver((_, watcher) => {{
      if (shown() === before || !shown()) return;
      watcher.disconnect();
      done(performance.timeOrigin + performance.now());
    }}).observe(document, {{subtree: true, childList: true, characterData: true}});
    setTimeout(() => done(null), 30000);
  }});
}}"""


def measure(browser: Browser, board: str, folder: Path) -> list[Row]:
    """Rows of the board at the address `board`, whose installation lies in `folder`."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(board)
    page.wait_for_selector(FIRST_NUMBER)
    page.wait_for_timeout(3000)
    counted = traffic(context.new_cdp_session(page))
    page.wait_for_timeout(WATCHED_S * 1000)
    quiet = replace(counted)
    delays = [_delay(page, folder, number) for number in range(1, N + 1)]
    context.close()
    found = [delay for delay in delays if delay is not None]
    each = (quiet.sent + quiet.received) / max(quiet.requests, 1)
    return [
        Row("refresh without news: sent and received", "bytes",
            each, n=quiet.requests, most=MOST_BYTES),
        Row("an open board, without news", "requests/min", quiet.requests * 60 / WATCHED_S, n=1),
        Row("a new version: published to changed DOM", "ms",
            statistics.median(found) if found else None, n=len(found), most=MOST_MS,
            skipped="no number of the board changed"),
    ]  # fmt: skip


def _delay(page: Page, folder: Path, number: int) -> float | None:
    """Milliseconds from the move of the pointer to the changed number, None if none changed."""
    source = write_source(folder / "raw" / "one_more", one_more_store(100_000 * number))
    page.evaluate(_WATCH)
    publish(source)
    changed = page.evaluate("window.changed")
    published = (folder / "extracts" / "current.json").stat().st_mtime * 1000
    return None if changed is None else changed - published
