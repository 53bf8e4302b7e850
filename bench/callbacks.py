"""The board's dearest callback, replayed as its page sent it, beside one that does nothing."""

from __future__ import annotations

from collections.abc import Callable
from http.client import HTTPConnection

from playwright.sync_api import Browser, Response

from bench.browser import FIRST_NUMBER
from bench.servers import served
from bench.table import Row, taking_turns

CALLBACK = "/_dash-update-component"
N = 40


def measure(browser: Browser, board: str) -> list[Row]:
    """The no-op callback, and the board's against it."""
    with served("nothing") as nothing:
        floor, ours = taking_turns(
            N,
            _replay(nothing, recorded(browser, nothing)),
            _replay(board, recorded(browser, board)),
        )
    return [
        Row("no-op callback over HTTP", "ms", floor, n=N),
        Row("warm board callback", "ms", ours, floor, "no-op callback", N, most_ratio=3),
    ]


def recorded(browser: Browser, address: str) -> str:
    """The body of the callback with the longest answer that the page posts while it opens."""
    context = browser.new_context()
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address)
    page.wait_for_selector(FIRST_NUMBER)
    page.wait_for_timeout(500)
    posted = [answer for answer in answers if CALLBACK in answer.url and answer.ok]
    longest = max(posted, key=lambda answer: len(answer.body()))
    body = longest.request.post_data or ""
    context.close()
    return body


def _replay(address: str, body: str) -> Callable[[], None]:
    connection = HTTPConnection(address.removeprefix("http://"), timeout=30)
    headers = {"Content-Type": "application/json", "Accept-Encoding": "br"}

    def ask() -> None:
        connection.request("POST", CALLBACK, body.encode(), headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{address}{CALLBACK} answered {answer.status}")

    return ask
