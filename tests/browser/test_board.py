"""The board in a real browser: it lives, it opens, it remembers, and it never lies."""

from __future__ import annotations

import os
import re
import signal

import pytest
from installed import Installation
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
SLOW_MS = 30_000


def _open(page: Page, installation: Installation, query: str = "") -> None:
    page.goto(f"{installation.address}/{query}")
    expect(page.locator(".tile strong").first).to_be_visible(timeout=SLOW_MS)


def test_five_tiles_show_a_number_and_a_status_with_its_word(
    page: Page, installation: Installation
) -> None:
    _open(page, installation)
    expect(page.locator(".tile")).to_have_count(5)
    for mark in page.locator(".tile .mark").all():
        assert mark.get_attribute("aria-label") in ("red", "yellow", "green", "not judged")
    assert not re.search(r"\bnan\b|\binf\b|\bNone\b", page.locator(".board").inner_text())


def test_language_and_theme_switch_at_once_and_stand_in_the_address(
    page: Page, installation: Installation
) -> None:
    _open(page, installation)
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_text("待决事项")).to_be_visible()
    page.get_by_role("button", name="夜间").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "night")
    assert "lang=zh" in page.url and "theme=night" in page.url
    page.reload()
    expect(page.get_by_text("待决事项")).to_be_visible(timeout=SLOW_MS)
    expect(page.locator(".room")).to_have_attribute("data-theme", "night")


def test_a_tile_opens_the_rows_that_add_up_to_it_and_a_copied_link_opens_the_same(
    page: Page, installation: Installation
) -> None:
    _open(page, installation)
    page.locator(".tile").nth(3).click()
    total = page.locator(".drawer .sum")
    expect(total).to_be_visible(timeout=SLOW_MS)
    said = total.inner_text()
    expect(page).to_have_url(re.compile("open="))
    page.goto(page.url)
    expect(total).to_have_text(said, timeout=SLOW_MS)
    page.keyboard.press("Escape")
    expect(page.locator(".drawer")).to_have_count(0)


def test_a_changed_threshold_changes_the_tile_survives_a_restart_and_is_undone_by_one_click(
    page: Page, installation: Installation
) -> None:
    _open(page, installation)
    tile = page.locator(".tile").nth(3)
    before = tile.locator(".mark").get_attribute("aria-label")
    tile.click()
    page.locator("#drawer-yellow").fill("900")
    page.locator("#drawer-red").fill("800")
    page.locator("#drawer-reason").fill("browser test")
    page.locator("#drawer-save").click()
    expect(page.locator("#drawer-message")).to_have_text(re.compile("Saved"), timeout=SLOW_MS)
    expect(tile.locator(".mark")).to_have_attribute("aria-label", "red", timeout=SLOW_MS)
    installation.stop()
    installation.start()
    _open(page, installation)
    expect(tile.locator(".mark")).to_have_attribute("aria-label", "red")
    tile.click()
    expect(page.locator(".changes")).to_contain_text("browser test", timeout=SLOW_MS)
    page.locator("#drawer-undo").click()
    expect(tile.locator(".mark")).to_have_attribute("aria-label", before or "", timeout=SLOW_MS)


def test_a_threshold_that_makes_no_sense_is_refused_and_what_was_typed_stays(
    page: Page, installation: Installation
) -> None:
    _open(page, installation)
    page.locator(".tile").first.click()
    page.locator("#drawer-yellow").fill("lots")
    expect(page.locator("#drawer-preview")).to_contain_text("no number", timeout=SLOW_MS)
    page.locator("#drawer-save").click()
    expect(page.locator("#drawer-message")).to_contain_text("no number", timeout=SLOW_MS)
    expect(page.locator("#drawer-yellow")).to_have_value("lots")


def test_numbers_turn_grey_with_their_age_when_the_server_is_gone_and_heal_by_themselves(
    page: Page, installation: Installation
) -> None:
    _open(page, installation, "?wall")
    expect(page.locator("html")).not_to_have_class(re.compile("stale"), timeout=SLOW_MS)
    installation.stop()
    expect(page.locator("html")).to_have_class(re.compile("stale"), timeout=25_000)
    expect(page.locator("#room-stale")).to_contain_text("min old")
    installation.start()
    expect(page.locator("html")).not_to_have_class(re.compile("stale"), timeout=SLOW_MS)


def test_a_worker_that_hangs_is_told_and_heals(page: Page, installation: Installation) -> None:
    _open(page, installation)
    worker = installation.worker()
    os.kill(worker, signal.SIGSTOP)
    try:
        expect(page.locator("html")).to_have_class(re.compile("stale"), timeout=25_000)
        expect(page.locator("#room-stale")).to_contain_text("The worker is silent")
        opacity = "getComputedStyle(document.querySelector('.tile strong')).opacity"
        assert float(page.evaluate(opacity)) < 1
    finally:
        os.kill(worker, signal.SIGCONT)
    expect(page.locator("html")).not_to_have_class(re.compile("stale"), timeout=SLOW_MS)
    expect(page.locator("#room-stale")).to_be_empty()


def test_a_copied_address_restores_unit_language_theme_and_what_is_open(
    page: Page, installation: Installation, chromium: Browser
) -> None:
    _open(page, installation)
    page.get_by_role("button", name="中文").click()
    page.get_by_role("button", name="夜间").click()
    region = page.locator(".regions .name").first
    name = region.inner_text()
    region.click()
    expect(page.locator(".top h1")).to_contain_text(name, timeout=SLOW_MS)
    page.locator(".tile").first.click()
    said = page.locator(".drawer .sum")
    expect(said).to_be_visible(timeout=SLOW_MS)
    other = chromium.new_page(viewport={"width": 1366, "height": 768})
    other.goto(page.url)
    expect(other.locator(".drawer .sum")).to_have_text(said.inner_text(), timeout=SLOW_MS)
    expect(other.locator(".top h1")).to_contain_text(name, timeout=SLOW_MS)
    expect(other.locator(".room")).to_have_attribute("data-theme", "night")
    expect(other.locator(".room")).to_have_attribute("lang", "zh")
    other.close()


def test_back_goes_to_the_view_before(page: Page, installation: Installation) -> None:
    _open(page, installation)
    whole = page.locator(".top h1").inner_text()
    page.locator(".regions .name").first.click()
    expect(page.locator(".top h1")).to_contain_text("›", timeout=SLOW_MS)
    page.go_back()
    expect(page.locator(".top h1")).to_have_text(whole, timeout=SLOW_MS)
    assert "unit=" not in page.url


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (3840, 2160)])
def test_the_wall_fits_its_screen_and_is_readable(
    chromium: object, installation: Installation, width: int, height: int
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": height})  # type: ignore[attr-defined]
    _open(page, installation, "?wall")
    root = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    )
    assert root == [width, height]
    smallest = page.evaluate(
        """() => Math.min(...[...document.querySelectorAll('.room *')]
        .filter(e => e.children.length === 0 && e.textContent.trim() && e.offsetParent)
        .map(e => parseFloat(getComputedStyle(e).fontSize)))"""
    )
    assert smallest >= 0.016 * height
    page.close()


def test_a_phone_does_not_scroll_sideways(chromium: object, installation: Installation) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 844})  # type: ignore[attr-defined]
    _open(page, installation)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()
