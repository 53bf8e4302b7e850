"""The profit page in a real browser: it drills in any order, goes back, and a link restores all."""

from __future__ import annotations

import re

import pytest
from installed import Installation
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
SLOW_MS = 30_000


def _open(page: Page, installation: Installation, query: str = "") -> None:
    page.goto(query if query.startswith("http") else f"{installation.address}/profit{query}")
    expect(page.locator(".ag-row .col-tree").first).to_be_visible(timeout=SLOW_MS)
    expect(page.locator("#profit-bridge-title")).not_to_be_empty(timeout=SLOW_MS)


def _order(page: Page) -> list[str]:
    return page.locator(".dimension").evaluate_all("all => all.map(e => e.dataset.dimension)")


def _names(page: Page) -> list[str]:
    return page.locator(".ag-center-cols-container .col-tree").all_inner_texts()


def test_a_row_unfolds_in_place_and_folds_again(page: Page, installation: Installation) -> None:
    _open(page, installation)
    row = page.locator(".ag-row.closed").first
    name = row.locator(".col-tree").inner_text()
    row.locator(".col-tree").click()
    expect(page.locator(".ag-row.row-1").first).to_be_visible(timeout=SLOW_MS)
    assert "expanded=" in page.url
    page.locator(".ag-row.open .col-tree", has_text=name).click()
    expect(page.locator(".ag-row.row-1")).to_have_count(0, timeout=SLOW_MS)


def test_levels_are_reordered_by_keyboard_and_the_browsers_back_and_forward_follow(
    page: Page, installation: Installation
) -> None:
    _open(page, installation)
    first = _names(page)
    page.locator(".dimension").nth(1).focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".dimension").first).to_have_attribute("data-dimension", "product")
    expect(page.locator("#profit-table-title")).to_have_text("Product", timeout=SLOW_MS)
    focused = page.evaluate("document.activeElement.dataset.dimension")
    assert (_order(page)[:2], focused) == (["product", "customer"], "product")
    page.go_back()
    expect(page.locator("#profit-table-title")).to_have_text("Customer", timeout=SLOW_MS)
    assert _names(page) == first
    page.go_forward()
    expect(page.locator("#profit-table-title")).to_have_text("Product", timeout=SLOW_MS)


def test_a_copied_link_restores_filter_order_unfolded_rows_theme_and_language(
    page: Page, installation: Installation
) -> None:
    _open(page, installation, "?by=region,channel,customer&theme=night&lang=zh")
    page.locator(".ag-row.closed .col-tree").first.click()
    expect(page.locator(".ag-row.row-1").first).to_be_visible(timeout=SLOW_MS)
    names, address = _names(page), page.url
    page.goto("about:blank")
    _open(page, installation, address)
    expect(page.locator(".ag-row.row-1").first).to_be_visible(timeout=SLOW_MS)
    assert _names(page) == names
    expect(page.locator(".shell")).to_have_attribute("data-theme", "night")
    expect(page.locator("#profit-table-title")).to_have_text("区域")


def test_the_order_lines_of_a_row_add_up_to_it_to_the_cent_and_escape_closes_them(
    page: Page, installation: Installation
) -> None:
    _open(page, installation)
    page.locator(".ag-row.closed .col-lines").first.click()
    total = page.locator(".drawer tfoot td.n").first
    expect(total).to_be_visible(timeout=SLOW_MS)
    amounts = page.locator(".drawer .rows tbody tr td:nth-child(3)").all_inner_texts()
    cents = sum(round(float(one.replace(",", "").replace("−", "-")) * 100) for one in amounts)
    assert cents == round(float(total.inner_text().replace(",", "")) * 100)
    assert f"Revenue {total.inner_text()} −" in page.locator(".drawer .sum").inner_text()
    page.keyboard.press("Escape")
    expect(page.locator(".drawer")).to_have_count(0, timeout=SLOW_MS)
    assert "open=" not in page.url


def test_a_cause_opens_its_cell_as_a_filter_that_can_be_taken_away(
    page: Page, installation: Installation
) -> None:
    _open(page, installation)
    page.locator(".cause").first.click()
    expect(page.locator(".pill.gone").first).to_be_visible(timeout=SLOW_MS)
    assert "where=" in page.url
    for _ in range(page.locator(".pill.gone").count()):
        count = page.locator(".pill.gone").count()
        page.locator(".pill.gone").first.click()
        expect(page.locator(".pill.gone")).to_have_count(count - 1, timeout=SLOW_MS)
    assert "where=" not in page.url


def test_what_is_tried_is_kept_with_owner_and_date_and_taken_back(
    page: Page, installation: Installation
) -> None:
    _open(page, installation, '?open={"what_if":""}')
    page.locator("#profit-try-price").fill("2")
    expect(page.locator("#profit-try-result .sum")).to_contain_text("(+", timeout=SLOW_MS)
    page.locator("#profit-try-name").fill("Browser test")
    page.locator("#profit-try-owner").fill("Wang Lei")
    page.locator("#profit-try-keep").click()
    expect(page.locator("#profit-try-said")).to_contain_text("no date", timeout=SLOW_MS)
    expect(page.locator("#profit-try-name")).to_have_value("Browser test")
    page.locator("#profit-try-due").fill("2030-01-15")
    page.locator("#profit-try-keep").click()
    expect(page.locator("#profit-try-kept")).to_contain_text("Browser test", timeout=SLOW_MS)
    page.locator("#profit-try-kept li", has_text="Browser test").locator("button").click()
    expect(page.locator("#profit-try-kept")).not_to_contain_text("Browser test", timeout=SLOW_MS)


def test_a_vanished_member_and_an_unknown_filter_are_told_and_no_old_number_stays(
    page: Page, installation: Installation
) -> None:
    page.goto(f'{installation.address}/profit?where=[["salary",["x"]]]')
    expect(page.locator("#profit-told")).to_contain_text("salary", timeout=SLOW_MS)
    expect(page.locator(".ag-row")).to_have_count(0)
    page.get_by_role("button", name="Start again").click()
    expect(page.locator(".ag-row .col-tree").first).to_be_visible(timeout=SLOW_MS)


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1440, 900), (1920, 1080)])
def test_the_page_fits_a_laptop_with_its_totals_in_sight(
    chromium: object, installation: Installation, width: int, height: int
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": height})  # type: ignore[attr-defined]
    _open(page, installation)
    root = "document.documentElement"
    assert page.evaluate(f"[{root}.scrollWidth, {root}.scrollHeight]") == [width, height]
    box = page.locator(".ag-row.total").first.bounding_box()
    assert box and box["y"] + box["height"] <= height
    assert not re.search(r"\bnan\b|\binf\b|\bNone\b", page.locator(".shell").inner_text())
    page.close()
