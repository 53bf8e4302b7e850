"""Limits as people type and read them: per cent, percentage points, times and hours."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from errors import BadInput

Unit = Literal["share", "points", "times", "hours"]
_NUMBER = re.compile(r"([+-]?)([0-9]+)(?:([.,])([0-9]+))?")
_MOST_CHARACTERS = 50


@dataclass(frozen=True)
class _Form:
    """How a unit is typed: `places` from what is typed to what is meant, both in powers of ten."""

    places: int
    least: int
    most: int
    signs: tuple[str, ...]
    to_do: str


_FORMS: dict[Unit, _Form] = {
    "share": _Form(2, 0, 1000, ("%",), "Enter per cent from 0 to 1000, such as 95 or 92.5%."),
    "points": _Form(
        2,
        -100,
        100,
        ("pp", "个百分点"),
        "Enter percentage points from −100 to 100, such as −0.5 for half a point less.",
    ),
    "times": _Form(0, 0, 1000, ("x", "×", "倍"), "Enter how many times, from 0 to 1000: 2.5."),
    "hours": _Form(0, 0, 10_000, ("h", "小时"), "Enter hours from 0 to 10000, such as 12 or 1.5."),
}


def typed_limit(text: str, unit: Unit) -> float:
    """The limit that a person typed, in the metric's unit: "95" is 0.95 where shares are meant.

    Takes a decimal point or comma, - or −, full-width digits, and the unit's own sign. Raises
    BadInput, saying what to enter, for anything that could be read in two ways: 1,000, or a share
    of 0.95 without %.
    """
    form = _FORMS[unit]
    if len(text) > _MOST_CHARACTERS:
        raise BadInput("This is too long for a limit.", form.to_do)
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").strip()
    bare = _without_sign(plain, form.signs)
    number = _number(bare, text, form)
    if unit == "share" and bare == plain and 0 < number <= 1:
        as_per_cent, as_share = shown_limit(number.scaleb(-2), unit), shown_limit(number, unit)
        raise BadInput(f"This could be {as_per_cent} or {as_share}.", "Add the % sign.")
    if not form.least <= number <= form.most:
        raise BadInput(f"{text.strip()} is out of range.", form.to_do)
    return float(number.scaleb(-form.places))


def shown_limit(value: float | Decimal, unit: Unit) -> str:
    """A limit as typed_limit takes it, to its last digit: 0.95 is "95%", −0.005 points "−0.5"."""
    number = Decimal(repr(float(value))).scaleb(_FORMS[unit].places) + 0  # + 0: never −0
    shown = f"{number:f}"
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return shown.replace("-", "−") + ("%" if unit == "share" else "")


def _without_sign(plain: str, signs: tuple[str, ...]) -> str:
    for sign in signs:
        if plain.lower().endswith(sign):
            return plain[: -len(sign)].rstrip()
    return plain


def _number(bare: str, text: str, form: _Form) -> Decimal:
    match = _NUMBER.fullmatch(bare)
    if match is None:
        raise BadInput("This is no number that can be used here.", form.to_do)
    minus, whole, mark, fraction = match.groups()
    if mark == "," and len(fraction) == 3 and whole.strip("0"):
        raise BadInput(
            f"{text.strip()} could be {whole}{fraction} or {whole}.{fraction}.",
            "Write it without a comma.",
        )
    return Decimal(f"{minus}{whole}.{fraction or 0}")
