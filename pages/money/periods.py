"""Periods of invoice dates: as the address writes them, and what each is compared with."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from errors import BadInput

_MONTHS = {"month": 1, "quarter": 3, "last12": 12, "year": 12}
_NEARLY_WHOLE = 25  # the day of the month from which on it is taken for whole
BASES = ("year", "previous")  # the same a year before, the period just before


@dataclass(frozen=True)
class Period:
    """Local days first..last, inclusive. `text` is what the address says: 2026-10, 2026-Q3, 2026,
    last12 or 2026-03-05..2026-04-10; `kind` month, quarter, year, last12 or custom.

    `last` is not after today: of a running month the days so far.
    """

    kind: str
    text: str
    first: date
    last: date
    is_running: bool = False

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def period_of(text: str, last_day: date, today: date) -> Period:
    """The period that an address names; "" is the last month that was over by `today`.

    `last_day` is the last day with data: last12 ends with its month, or with the one before where
    that month is not over, or not in the data to its end. BadInput for what is no period.
    """
    if text in ("", "last12"):
        is_part = _month_of(last_day) >= _month_of(today) or last_day.day < _NEARLY_WHOLE
        over = _month_before(min(today, last_day)) if is_part else last_day
        first, last = _months(over.year, over.month, 1)
        if text:
            first = _shifted(first, -11)
        return Period("last12" if text else "month", text or f"{first:%Y-%m}", first, last)
    first, last, kind = _named(text)
    return Period(kind, text, first, max(first, min(last, today)), first <= today < last)


def _named(text: str) -> tuple[date, date, str]:
    if found := re.fullmatch(r"(\d{4})-(\d{2})", text):
        return *_checked(text, int(found[1]), int(found[2]), 1), "month"
    if found := re.fullmatch(r"(\d{4})-Q([1-4])", text):
        return *_checked(text, int(found[1]), 3 * int(found[2]) - 2, 3), "quarter"
    if re.fullmatch(r"\d{4}", text):
        return *_checked(text, int(text), 1, 12), "year"
    if found := re.fullmatch(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})", text):
        try:
            first, last = date.fromisoformat(found[1]), date.fromisoformat(found[2])
        except ValueError:
            raise _no_period(text) from None
        if first <= last and first.year > 1:
            return first, last, "custom"
    raise _no_period(text)


def _checked(text: str, year: int, month: int, count: int) -> tuple[date, date]:
    if not (1 < year < 9999 and 1 <= month <= 12):
        raise _no_period(text)
    return _months(year, month, count)


def _no_period(text: str) -> BadInput:
    return BadInput(f"{text[:60]} is no period.", "Choose one from the list.")


def base_of(text: str, period: Period, first_day: date) -> Period:
    """What the period is compared with: "year", "previous", or a period of its own.

    "" is the same a year before, or the period just before where the data (from `first_day` on)
    do not reach back that far. Of a running period the base has as many days.
    """
    if text not in ("", *BASES):
        first, last, kind = _named(text)
        return Period(kind, text, first, last)
    months = _MONTHS.get(period.kind, 12)
    year_before = _before(period, 12, "year")
    if text == "previous" or (not text and year_before.first < first_day.replace(day=1)):
        if period.kind == "custom":
            last = period.first - timedelta(days=1)
            return Period("custom", "previous", last - timedelta(days=period.days - 1), last)
        return _before(period, months, "previous")
    return year_before


def _before(period: Period, months: int, text: str) -> Period:
    """The period so many months earlier; whole months stay whole, days so far stay as many."""
    first = _shifted(period.first, -months)
    if period.kind == "custom":
        return Period("custom", text, first, _shifted(period.last, -months))
    whole = _months(first.year, first.month, _MONTHS[period.kind])[1]
    last = min(whole, first + timedelta(days=period.days - 1)) if period.is_running else whole
    return Period(period.kind, text, first, last)


def recent(period: Period, kind: str, count: int = 14) -> list[str]:
    """The names of the last months, quarters or years up to the period's own, newest first."""
    step = _MONTHS[kind]
    start = period.last.replace(day=1)
    if kind == "quarter":
        start = start.replace(month=(start.month - 1) // 3 * 3 + 1)
    found = [_shifted(start, -step * place) for place in range(count)]
    return [name_of(day, kind) for day in found]


def name_of(day: date, kind: str) -> str:
    """How the address names the month, quarter or year of a day."""
    if kind == "month":
        return f"{day:%Y-%m}"
    return f"{day.year:04d}-Q{(day.month + 2) // 3}" if kind == "quarter" else f"{day.year:04d}"


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    first = date(year, month, 1)
    end = _shifted(first, count - 1)
    return first, end.replace(day=monthrange(end.year, end.month)[1])


def _shifted(day: date, months: int) -> date:
    """The day so many months on; the month's last day where it has no such day."""
    place = max(12, day.year * 12 + day.month - 1 + months)
    year, month = divmod(place, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _month_of(day: date) -> date:
    return day.replace(day=1)


def _month_before(day: date) -> date:
    return _month_of(day) - timedelta(days=1)
