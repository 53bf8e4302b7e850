"""Every text on screen, in English and Chinese, and numbers as each language writes them."""

from __future__ import annotations

import json
import math
import re
from datetime import date, datetime
from functools import cache
from pathlib import Path

from babel.dates import format_date
from babel.numbers import format_compact_decimal, format_decimal, get_currency_symbol

from errors import WarRoomError

LANGUAGES = ("en", "zh")
DASH = "–"  # what stands where there is no number
MINUS = "−"


def say(key: str, language: str, **values: object) -> str:
    """The text of `key`; KeyError when the catalogue lacks it."""
    return _catalogue(language)[key].format(**values)


def money(amount: float | None, currency: str, language: str) -> str:
    """An amount in short: ¥1.2M, ¥123.5万; an en dash for none."""
    return "".join(money_parts(amount, currency, language))


def money_parts(amount: float | None, currency: str, language: str) -> tuple[str, str]:
    """The amount with its sign and currency, and the word of its magnitude (M, 万) apart."""
    if amount is None or not math.isfinite(amount):
        return DASH, ""
    if abs(amount) >= 1e15:  # beyond trillions a magnitude word says nothing
        return f"{MINUS if amount < 0 else ''}{abs(amount):.2e}", ""
    digits = 0 if abs(amount) < (10_000 if language == "zh" else 1000) else 1
    shown = abs(amount) if digits else round(abs(amount))
    text = format_compact_decimal(shown, locale=language, fraction_digits=digits)
    number, word = re.fullmatch(r"([\d.,]+)\s*(.*)", text).groups()  # type: ignore[union-attr]
    sign = MINUS if amount < 0 else ""
    return f"{sign}{symbol(currency)}{number}", word


def symbol(currency: str) -> str:
    """The short sign of a currency: ¥, $; its code where it has none."""
    return re.sub(r"^[A-Z]+(?=\W)", "", get_currency_symbol(currency, locale="en"))


def exact(amount: float | None, language: str, digits: int = 2) -> str:
    """An amount in full, as a table shows it: 1,234.50."""
    if amount is None or not math.isfinite(amount):
        return DASH
    pattern = f"#,##0.{'0' * digits}" if digits else "#,##0"
    return format_decimal(amount, format=pattern, locale=language).replace("-", MINUS)


def percent(share: float | None, digits: int = 0, sign: bool = False) -> str:
    """A share as per cent, with its sign where it is a difference."""
    if share is None or not math.isfinite(share):
        return DASH
    return f"{share * 100:{'+' if sign else ''}.{digits}f}%".replace("-", MINUS)


def points(gap: float | None) -> str:
    """A difference of two shares in percentage points, always with its sign."""
    if gap is None or not math.isfinite(gap):
        return DASH
    return f"{gap * 100:+.1f}".replace("-", MINUS)


def plain(value: float | None, digits: int = 1) -> str:
    """A number without unit: 2.7, 16; an en dash for none."""
    if value is None or not math.isfinite(value):
        return DASH
    return f"{value:.{digits}f}".replace("-", MINUS)


def short(amount: float, language: str) -> str:
    """A number in short, without currency: 800K, 80万."""
    return format_compact_decimal(amount, locale=language, fraction_digits=1)


def half_day(hour: datetime, language: str) -> str:
    """The name of the day at midnight, the hour at noon: Tue, 12; 周二, 12时."""
    if hour.hour:
        return f"{hour:%H}" if language == "en" else f"{hour:%H}时"
    return format_date(hour, "EEE d" if language == "en" else "EEE d日", locale=language)


def long_day(day: date, language: str) -> str:
    """Tuesday 24 November, 11月24日星期二."""
    pattern = "EEEE d MMMM" if language == "en" else "M月d日EEEE"
    return format_date(day, pattern, locale=language)


def clock(moment: datetime | None, today: date) -> str:
    """08:45, with its day where that is not today."""
    if moment is None:
        return DASH
    return f"{moment:%H:%M}" if moment.date() == today else f"{moment:%Y-%m-%d %H:%M}"


@cache
def _catalogue(language: str) -> dict[str, str]:
    """All files of translations/<language>/, one a subject."""
    files = sorted((Path(__file__).parent.parent / "translations" / language).glob("*.json"))
    return {key: text for file in files for key, text in json.loads(file.read_bytes()).items()}


def problem(error: WarRoomError, language: str) -> str:
    """An error in the reader's language; English where its sentence has no translation yet."""
    if language == "en":
        return str(error)
    parts = (_translated(part) for part in (error.what, error.to_do) if part)
    return "".join(parts)


def _translated(sentence: str) -> str:
    for pattern, chinese in _problems():
        if match := pattern.fullmatch(sentence):
            return chinese.format(**match.groupdict())
    return sentence


@cache
def _problems() -> tuple[tuple[re.Pattern[str], str], ...]:
    """translations/problems/zh.json: English sentence with {names} to the Chinese one."""
    file = Path(__file__).parent.parent / "translations" / "problems" / "zh.json"
    known = json.loads(file.read_text(encoding="utf-8"))
    return tuple(
        (re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(english)), re.DOTALL), zh)
        for english, zh in known.items()
    )
