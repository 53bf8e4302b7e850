"""The view: what the address says of the units' pages, with every value checked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import quote, unquote, urlencode

from components.theme import THEMES
from components.words import LANGUAGES
from settings import settings

SIDES = ("unit", "org")
SHOWN = ("overview", "pl")  # which columns the table has
UNIT_TYPES = ("customer_cluster", "product_line", "project")
NO_UNIT = "-"  # how the address names the lines in no unit
_MOST_CHARACTERS = 200
_PREFIX, _SUFFIX = "/units/", "/options"
_FREE = ("as_of", "unit", "period", "base", "level", "opened", "sort", "cost_type", "mix", "quote")
_DIGITS = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,9})?")
_NUMBERS = ("price", "discount", "cost", "share", "p0", "day_cost", "promised", "floor")


@dataclass(frozen=True)
class UnitsView:
    """What is shown; the names are those of the address, "" and None mean the default.

    `unit` is the org unit of the scope, `side` units or org, `unit_type` narrows the rows,
    `period` and `base` as in pages.money.periods, `level` a margin level, `opened` a profit unit
    (NO_UNIT: the lines in none), `sort` a column and a side (margin.down). Tried are: `price` in
    per cent, `discount` in percentage points, `cost` of `cost_type` in per cent, `share` of
    revenue of the product line `mix` in per cent. On the page of options `quote` is a deal, `p0`
    and `floor` are per cent, `day_cost` money a day, `promised` days. `typed` are the numbers as
    they stand in the address.
    """

    theme: str = "day"
    lang: str = "en"
    side: str = "unit"
    columns: str = "overview"
    unit_type: str = ""
    as_of: str = ""
    unit: str = ""
    period: str = ""
    base: str = ""
    level: str = ""
    opened: str = ""
    sort: str = ""
    cost_type: str = ""
    mix: str = ""
    quote: str = ""
    price: float | None = None
    discount: float | None = None
    cost: float | None = None
    share: float | None = None
    p0: float | None = None
    day_cost: float | None = None
    promised: float | None = None
    floor: float | None = None
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def wrong(self) -> tuple[str, ...]:
        """Which of the fields with numbers hold something else."""
        return tuple(name for name in self.typed if getattr(self, name) is None)

    def kept(self) -> dict[str, str]:
        """What the links to other pages hand on."""
        said = {"theme": self.theme, "lang": self.lang, "unit": self.unit, "as_of": self.as_of}
        plain = {"theme": UnitsView().theme, "lang": settings().language}
        return {name: text for name, text in said.items() if text and text != plain.get(name)}

    def search(self, **changes: object) -> str:
        """The query of the address that shows this view with some of it changed."""
        plain = {**asdict(UnitsView()), "lang": settings().language}
        wanted = {**asdict(self), **self.typed, **changes}
        said = {name: f"{value:.15g}" if isinstance(value, float) else value
                for name, value in wanted.items()
                if name != "typed" and value not in (plain[name], None, "")}  # fmt: skip
        return f"?{urlencode(said)}" if said else ""


def options_path(profit_unit: str) -> str:
    """The page of a unit's quotes; which unit it is stands in the path alone."""
    return f"{_PREFIX}{quote(profit_unit, safe='')}{_SUFFIX}"


def profit_unit_of(pathname: str | None) -> str:
    """The profit unit that an address's path names; "" where it names none."""
    path = pathname or ""
    if not (path.startswith(_PREFIX) and path.endswith(_SUFFIX)):
        return ""
    return unquote(path.removeprefix(_PREFIX).removesuffix(_SUFFIX))[:_MOST_CHARACTERS]


def units_view(query: Mapping[str, object]) -> UnitsView:
    """The view that an address's query asks for.

    What is no choice here falls to the default; periods, levels, units and quotes that do not
    exist are refused when they are read.
    """
    text = {name: value for name, value in query.items()
            if isinstance(value, str) and len(value) <= _MOST_CHARACTERS}  # fmt: skip
    plain = UnitsView()
    choices: dict[str, Any] = {
        "theme": THEMES, "lang": LANGUAGES, "side": SIDES, "columns": SHOWN,
        "unit_type": UNIT_TYPES,
    }  # fmt: skip
    default = {**asdict(plain), "lang": settings().language}
    chosen: dict[str, Any] = {name: text[name] if text.get(name) in known else default[name]
              for name, known in choices.items()}  # fmt: skip
    typed = {name: text[name] for name in _NUMBERS if text.get(name)}
    numbers: dict[str, Any] = {name: _number(value) for name, value in typed.items()}
    free: dict[str, Any] = {name: text[name] for name in _FREE if name in text}
    return UnitsView(**chosen, **free, **numbers, typed=typed)


def _number(text: str) -> float | None:
    """What a person typed as a number, its % sign and a blank aside; None for anything else."""
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").strip().rstrip("%").rstrip()
    return float(plain) if _DIGITS.fullmatch(plain) else None
