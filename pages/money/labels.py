"""Periods, dimensions and members by their names."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from babel.dates import format_date

from components.words import DASH, points, say
from domain.dimensions import DIMENSION
from domain.scope import Scope
from pages.money.periods import Period
from queries import read

FLEXIBLE = "x_"
_VISIBLE_MOVE = 0.0005  # half a tenth of a point


def period_label(period: Period, language: str) -> str:
    """October 2026, Q3 2026, 2026, Nov 2025 – Oct 2026; with its end while it is running."""
    if period.kind == "month":
        label = month_label(period.first, language)
    elif period.kind == "quarter":
        label = say("profit.quarter", language, n=(period.first.month + 2) // 3,
                    year=period.first.year)  # fmt: skip
    elif period.kind == "year":
        label = say("profit.year", language, year=period.first.year)
    else:
        return _span(period, language)
    if not period.is_running:
        return label
    return say("profit.running", language, period=label, day=_day(period.last, language, False))


def month_label(day: date, language: str, is_short: bool = False) -> str:
    """October 2026 or Oct 2026; 2026年10月."""
    pattern = "y年M月" if language == "zh" else "MMM y" if is_short else "MMMM y"
    return format_date(day, pattern, locale=language)


def _span(period: Period, language: str) -> str:
    if period.kind == "last12":
        ends = (month_label(day, language, True) for day in (period.first, period.last))
        return " – ".join(ends)
    same_year = period.first.year == period.last.year
    return f"{_day(period.first, language, not same_year)} – {_day(period.last, language, True)}"


def _day(day: date, language: str, with_year: bool) -> str:
    pattern = {("en", True): "d MMM y", ("en", False): "d MMM", ("zh", True): "y年M月d日"}
    return format_date(day, pattern.get((language, with_year), "M月d日"), locale=language)


def short_label(period: Period, language: str) -> str:
    """A name for an axis or a heading: Oct 2025, Q3 2025."""
    if period.kind == "month":
        return month_label(period.first, language, True)
    return period_label(period, language)


def dimension_label(dimension: str, language: str) -> str:
    """Customer, Product line; a flexible field by its own name."""
    if dimension in DIMENSION:
        return say(f"dimension.{dimension}", language)
    return dimension.removeprefix(FLEXIBLE).replace("_", " ")


def member_labels(
    scope: Scope, dimension: str, members: Iterable[str], language: str
) -> dict[str, str]:
    """What each member is called; the key itself where it has no name."""
    wanted = tuple(sorted(set(members)))
    if not wanted:
        return {}
    if dimension == "month":
        return {member: _month(member, language) for member in wanted}
    found = read("member_names", scope, dimension=dimension, members=wanted)
    names = dict(zip(found["member"], found["name"], strict=True))
    nothing = say("profit.no_member", language, dimension=dimension_label(dimension, language))
    return {member: names.get(member) or member if member else nothing for member in wanted}


def _month(member: str, language: str) -> str:
    try:
        return month_label(date.fromisoformat(member), language, True)
    except ValueError:
        return member


def moved_text(moved: float | None) -> str:
    """A rate's change in points with its sign; one of nothing has no sign."""
    if moved is None:
        return DASH
    return points(moved) if abs(moved) >= _VISIBLE_MOVE else "0.0"
