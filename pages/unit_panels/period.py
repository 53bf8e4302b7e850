"""Periods of an account: from which day to which, and against which days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd
from babel.dates import format_date

from components.words import say
from errors import BadInput

NAMED = {"quarter": 3, "last_quarter": 3, "month": 1, "last_month": 1, "year": 12}  # months long
BASES = ("year", "before")


@dataclass(frozen=True)
class Period:
    """Two local days, both inclusive."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def period_of(name: str, first: str, last: str, today: date) -> Period:
    """The days that an address asks for; `first` and `last` (ISO) go before a name.

    A running period ends today. BadInput for what is no day, the wrong way round, or over ten
    years.
    """
    if not (first or last):
        return _named(name, today)
    try:
        found = Period(date.fromisoformat(first), date.fromisoformat(last or f"{today}"))
    except ValueError:
        raise BadInput("This is no period.", "Choose a first and a last day.") from None
    if not 0 < found.days <= 3660:
        raise BadInput("This is no period.", "Choose a first and a last day.")
    return found


def _named(name: str, today: date) -> Period:
    months = NAMED[name or "quarter"]
    start = date(today.year, (today.month - 1) // months * months + 1, 1)
    if name.startswith("last_"):
        return Period(_moved(start, -months), start - timedelta(1))
    return Period(start, today)


def base_of(period: Period, name: str, base: str) -> Period:
    """What a period is compared with: the same days a year before, or the period just before."""
    if base == "year" or name == "year":
        return Period(_moved(period.first, -12), _moved(period.last, -12))
    if not name:
        back = timedelta(period.days)
        return Period(period.first - back, period.last - back)
    months = NAMED[name]
    first = _moved(period.first, -months)
    is_whole = name.startswith("last_")
    last = period.first - timedelta(1) if is_whole else _moved(period.last, -months)
    return Period(first, last)


def _moved(day: date, months: int) -> date:
    """The same day of another month, or that month's last where it is shorter."""
    moved: date = (pd.Timestamp(day) + pd.DateOffset(months=months)).date()
    return moved


def named(period: Period, language: str) -> str:
    """A period as people say it: October 2026, 1 Oct to 24 Nov 2026; 2026年10月."""
    next_day = period.last + timedelta(1)
    if period.first.day == 1 and next_day == _moved(period.first, 1):
        pattern = "MMMM yyyy" if language == "en" else "yyyy年M月"
        return format_date(period.first, pattern, locale=language)
    pattern = "d MMM" if language == "en" else "M月d日"
    first = format_date(period.first, pattern, locale=language)
    whole = f"{pattern} yyyy" if language == "en" else f"yyyy年{pattern}"
    last = format_date(period.last, whole, locale=language)
    return say("units.days", language, first=first, last=last)
