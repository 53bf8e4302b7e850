"""Every text on screen, in English and Chinese, and numbers as each language writes them."""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path

from babel.numbers import format_compact_decimal, get_currency_symbol

LANGUAGES = ("en", "zh")
DASH = "–"  # what stands where there is no number


def say(key: str, language: str, **values: object) -> str:
    """The text of `key`; KeyError when the catalogue lacks it."""
    return _catalogue(language)[key].format(**values)


def money(amount: float | None, currency: str, language: str) -> str:
    """An amount in short: 1.2M, 123.5万; an en dash for none."""
    if amount is None or not math.isfinite(amount):
        return DASH
    digits = 0 if abs(amount) < (10_000 if language == "zh" else 1000) else 1
    amount = amount if digits else round(amount)
    number = format_compact_decimal(amount, locale=language, fraction_digits=digits)
    return f"{get_currency_symbol(currency, locale=language)}{number}"


def percent(share: float | None, digits: int = 0, sign: bool = False) -> str:
    """A share as per cent, with its sign where it is a difference."""
    if share is None or not math.isfinite(share):
        return DASH
    return f"{share * 100:{'+' if sign else ''}.{digits}f}%".replace("-", "−")


@cache
def _catalogue(language: str) -> dict[str, str]:
    folder = Path(__file__).parent.parent / "translations"
    return json.loads((folder / f"{language}.json").read_text(encoding="utf-8"))
