"""The board for everyone: axe finds nothing serious, and a keyboard is enough."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from installed import Installation
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
SLOW_MS = 30_000
HIGH, WIDE = 844, 390


def _open(page: Page, installation: Installation, query: str = "") -> None:
    page.goto(f"{installation.address}/{query}")
    expect(page.locator(".tile strong").first).to_be_visible(timeout=SLOW_MS)
    expect(page.locator("#board-hours .scatterlayer").first).to_be_attached(timeout=SLOW_MS)


def _serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {node['html'][:120]} {node.get('failureSummary', '')[:200]}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("theme", ["day", "night"])
def test_axe_finds_nothing_serious_on_the_board_and_on_the_drawer(
    page: Page, installation: Installation, theme: str, language: str
) -> None:
    _open(page, installation, f"?theme={theme}&lang={language}")
    assert _serious(page) == []
    page.locator(".tile").nth(2).click()
    expect(page.locator(".drawer tfoot")).to_be_visible(timeout=SLOW_MS)
    expect(page.locator("#drawer-preview")).not_to_be_empty(timeout=SLOW_MS)
    assert _serious(page) == []
    page.keyboard.press("Escape")
    expect(page.locator(".drawer")).to_have_count(0)
    page.keyboard.press("?")
    assert _serious(page) == []


@pytest.mark.parametrize(("language", "heading"), [("en", "shortcuts"), ("zh", "快捷键")])
def test_a_question_mark_lists_the_keys_and_escape_closes_the_list_only(
    page: Page, installation: Installation, language: str, heading: str
) -> None:
    _open(page, installation, f"?lang={language}")
    page.keyboard.press("h")
    expect(page.locator(".drawer")).to_be_visible(timeout=SLOW_MS)
    page.keyboard.press("?")
    expect(page.locator("#board-keys")).to_be_visible()
    expect(page.locator("#board-keys")).to_contain_text(heading)
    page.keyboard.press("Escape")
    expect(page.locator("#board-keys")).not_to_be_visible()
    expect(page.locator(".drawer")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".drawer")).to_have_count(0)


def test_every_key_that_the_list_names_does_what_it_says(
    page: Page, installation: Installation
) -> None:
    _open(page, installation, "?theme=day&lang=en")
    page.keyboard.press("n")
    expect(page.locator(".tile").first).to_be_focused()
    page.keyboard.press("n")
    expect(page.locator(".tile").nth(1)).to_be_focused()
    page.keyboard.press("p")
    page.keyboard.press("Enter")
    expect(page.locator(".drawer")).to_be_focused(timeout=SLOW_MS)
    page.keyboard.press("Escape")
    expect(page.locator(".tile").first).to_be_focused()
    page.keyboard.press("t")
    expect(page.locator("html")).to_have_attribute("data-theme", "night")
    page.keyboard.press("l")
    expect(page.get_by_text("待决事项")).to_be_visible(timeout=SLOW_MS)
    page.keyboard.press("w")
    expect(page.locator(".room.wall")).to_be_visible(timeout=SLOW_MS)
    page.keyboard.press("w")
    expect(page.locator(".room:not(.wall)")).to_be_visible(timeout=SLOW_MS)


def test_a_letter_that_is_typed_is_no_shortcut(page: Page, installation: Installation) -> None:
    _open(page, installation, "?theme=day")
    page.locator(".tile").first.click()
    page.locator("#drawer-reason").press_sequentially("taught?")
    expect(page.locator("#drawer-reason")).to_have_value("taught?")
    expect(page.locator("html")).to_have_attribute("data-theme", "day")


def test_the_chart_is_told_in_words_and_opens_as_a_table_whose_hours_open(
    page: Page, installation: Installation
) -> None:
    _open(page, installation)
    expect(page.locator("#board-hours-words")).to_contain_text("sold", timeout=SLOW_MS)
    page.get_by_role("button", name="Table").press("Enter")
    hours = page.locator(".drawer tbody tr")
    expect(hours.first).to_be_visible(timeout=SLOW_MS)
    assert hours.count() > 24
    page.goto(page.url)  # the table stands in the address
    expect(hours.first).to_be_visible(timeout=SLOW_MS)
    hours.nth(1).get_by_role("button").press("Enter")
    expect(page.locator(".drawer .sum")).to_be_visible(timeout=SLOW_MS)


def test_everything_that_can_be_pressed_is_reached_by_tab_and_shows_its_focus(
    page: Page, installation: Installation
) -> None:
    _open(page, installation)
    wanted = page.locator(".room button").count()
    reached = set()
    for _ in range(2 * wanted):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """() => { const e = document.activeElement; return [e.tagName,
            [...document.querySelectorAll('.room button')].indexOf(e),
            getComputedStyle(e).outlineStyle]; }"""
        )
        if found[0] == "BUTTON":
            assert found[2] != "none"
            reached.add(found[1])
    closed = page.locator("#board-keys button").count()
    assert len(reached - {-1}) == wanted - closed


def test_the_drawer_fits_a_phone(page: Page, installation: Installation) -> None:
    page.set_viewport_size({"width": WIDE, "height": HIGH})
    _open(page, installation)
    page.locator(".tile").first.click()
    expect(page.locator(".drawer tfoot")).to_be_visible(timeout=SLOW_MS)
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDE
    box = page.locator(".drawer").bounding_box()
    assert box and box["x"] >= 0 and box["width"] <= WIDE
    inside = "(d => d.scrollWidth <= d.clientWidth)(document.querySelector('.drawer'))"
    assert page.evaluate(inside)
    assert not re.search(r"\bnan\b|\bNone\b", page.locator(".drawer").inner_text())
