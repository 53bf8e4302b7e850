"""The units in a real browser: a unit opens, its options answer, the way back is the way back."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from installed import Installation
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
SLOW_MS = 30_000


def _open(page: Page, installation: Installation, path: str = "/units") -> None:
    page.goto(f"{installation.address}{path}")
    expect(page.locator(".units-table .col-unit").first).to_be_visible(timeout=SLOW_MS)


def _unit(page: Page, name: str) -> None:
    page.locator(".units-table .col-unit", has_text=name).click()
    expect(page.locator(".unit-head h2")).to_have_text(name, timeout=SLOW_MS)


def test_a_unit_opens_its_options_answer_and_the_way_back_leads_back(
    page: Page, installation: Installation
) -> None:
    _open(page, installation)
    _unit(page, "Pump trucks unit")
    expect(page).to_have_url(re.compile("opened=PU03"))
    page.locator(".unit-head a", has_text="Options").click()
    chance = page.locator("#options-table tbody tr").nth(1).locator("td").nth(8)
    expect(chance).to_have_text(re.compile("%"), timeout=SLOW_MS)
    before = chance.inner_text()
    page.locator("#options-p0").fill("30")
    page.locator("#options-p0").press("Enter")
    expect(page).to_have_url(re.compile("p0=30"))
    expect(chance).not_to_have_text(before, timeout=SLOW_MS)
    page.go_back()
    expect(chance).to_have_text(before, timeout=SLOW_MS)
    page.go_back()
    expect(page.locator(".unit-head h2")).to_have_text("Pump trucks unit", timeout=SLOW_MS)
    page.go_back()
    expect(page.locator(".unit-head")).to_have_count(0)


def test_both_views_show_the_same_total_and_an_amount_opens_its_order_lines(
    page: Page, installation: Installation
) -> None:
    _open(page, installation)
    tie = page.locator("#units-tie")
    expect(tie).to_have_text(re.compile("difference 0.00"), timeout=SLOW_MS)
    said = tie.inner_text()
    page.get_by_role("button", name="Organisation").click()
    expect(page.locator(".units-table .col-unit", has_text="North China")).to_be_visible()
    expect(tie).to_have_text(said)
    page.go_back()
    unit = page.locator(".units-table .ag-row[row-id='unit.PU03'] [col-id='revenue']")
    unit.click()
    expect(page).to_have_url(re.compile("/profit.*PU03"))
    expect(page.locator(".drawer")).to_be_visible(timeout=SLOW_MS)


def test_the_table_is_worked_by_the_keyboard(page: Page, installation: Installation) -> None:
    _open(page, installation)
    first = page.locator(".units-table .col-unit").first
    name = first.inner_text()
    first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.locator(".unit-head h2")).to_have_text(name, timeout=SLOW_MS)


def test_a_what_if_moves_the_bonus_and_is_kept_as_a_commitment(
    page: Page, installation: Installation
) -> None:
    _open(page, installation, "/units?opened=PU03")
    expect(page.locator("#units-price")).to_be_visible(timeout=SLOW_MS)
    page.locator("#units-price").fill("3")
    page.locator("#units-price").press("Enter")
    bonus = page.locator("#units-result tbody tr").nth(3).locator("td").nth(2)
    expect(bonus).to_have_text(re.compile(r"\+"), timeout=SLOW_MS)
    expect(page).to_have_url(re.compile("price=3"))
    page.locator("#units-keep-name").fill("Dearer trucks")
    page.locator("#units-keep-save").click()
    expect(page.locator(".kept")).to_contain_text("Dearer trucks", timeout=SLOW_MS)
    page.reload()
    expect(page.locator(".kept")).to_contain_text("Dearer trucks", timeout=SLOW_MS)


@pytest.mark.parametrize("path", ["/units?opened=PU03", "/units/PU03/options?lang=zh&theme=night"])
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_neither_page_scrolls_sideways_or_shows_what_is_no_number(
    chromium: object, installation: Installation, path: str, width: int, height: int
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": height})  # type: ignore[attr-defined]
    page.goto(f"{installation.address}{path}")
    expect(page.locator(".sheet table").first).to_be_visible(timeout=SLOW_MS)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not re.search(r"\bnan\b|\binf\b|\bNone\b", page.locator(".sheet").inner_text())
    page.close()


@pytest.mark.parametrize("theme", ["day", "night"])
@pytest.mark.parametrize("path", ["/units?opened=PU03&price=2", "/units/PU03/options?floor=28"])
def test_axe_finds_nothing_serious_in_what_the_pages_show(
    page: Page, installation: Installation, path: str, theme: str
) -> None:
    page.goto(f"{installation.address}{path}&theme={theme}")
    expect(page.locator(".sheet table").first).to_be_visible(timeout=SLOW_MS)
    found = Axe().run(page, context=".sheet").response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
