"""Pages in Chromium: what they ask for, and when their first number is painted."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, CDPSession, sync_playwright

FIRST_NUMBER = ".tile strong"
CHART = ".main-svg"
QUIET_S, MOST_S = 1.5, 15
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser of this run."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Traffic:
    """What a page asks for over one session: bytes as they were on the line."""

    received: int = 0
    sent: int = 0
    requests: int = 0
    ended: int = 0
    last: float = field(default_factory=time.monotonic)

    def finished(self, event: dict) -> None:
        self.received += event.get("encodedDataLength", 0)  # none of what failed
        self.ended += 1
        self.last = time.monotonic()

    def asked(self, event: dict) -> None:
        self.requests += 1
        self.sent += len(event["request"]["url"] + event["request"].get("postData", ""))
        self.last = time.monotonic()

    @property
    def is_quiet(self) -> bool:
        """Whether all has come, and for a while."""
        return self.ended >= self.requests and time.monotonic() - self.last > QUIET_S

    def headed(self, event: dict) -> None:
        self.sent += sum(len(name) + len(value) + 4 for name, value in event["headers"].items())


def traffic(session: CDPSession) -> Traffic:
    """Counts from now on."""
    counted = Traffic()
    session.on("Network.loadingFinished", counted.finished)
    session.on("Network.loadingFailed", counted.finished)
    session.on("Network.requestWillBeSent", counted.asked)
    session.on("Network.requestWillBeSentExtraInfo", counted.headed)
    session.send("Network.enable")
    return counted
