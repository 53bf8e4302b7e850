"""The view: what the address says of the units' pages, with every value checked."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import quote, unquote, urlencode

from components.theme import THEMES
from components.words import LANGUAGES
from pages.unit_panels.period import BASES, NAMED
from settings import settings

SIDES = ("unit", "org")
NO_UNIT = "-"
UNIT_TYPES = ("customer_cluster", "product_line", "project")
_MOST_CHARACTERS = 200
_PREFIX, _SUFFIX = "/units/", "/options"


@dataclass(frozen=True)
class UnitsView:
    """What is shown; the names are those of the address.

    `unit` is the org unit of the scope, `side` the units or the org, `unit_type` narrows the rows
    ("" for all), `period` a name of period.NAMED or "" where `first` and `last` say the days,
    `level` a margin level ("" for the profile's headline), `opened` a profit unit (NO_UNIT: the
    lines in none). Tried are: `price` in per cent, `discount` in percentage points, `cost` of
    `cost_type` in per cent, the share of revenue of one `member` in per cent. On the page of
    options `quote` is a deal, `p0` and `floor` are per cent, `day_cost` money a day, `promised`
    days.
    """

    theme: str = "day"
    lang: str = "en"
    as_of: str = ""
    unit: str = ""
    side: str = "unit"
    unit_type: str = ""
    period: str = "quarter"
    first: str = ""
    last: str = ""
    base: str = "year"
    level: str = ""
    opened: str = ""
    price: float = 0.0
    discount: float = 0.0
    cost_type: str = "material"
    cost: float = 0.0
    member: str = ""
    share: float | None = None
    quote: str = ""
    p0: float | None = None
    day_cost: float | None = None
    promised: float | None = None
    floor: float | None = None

    def kept(self) -> dict[str, str]:
        """What the links to other pages hand on."""
        said = {"theme": self.theme, "lang": self.lang, "unit": self.unit, "as_of": self.as_of}
        plain = {"theme": UnitsView().theme, "lang": settings().language}
        return {name: text for name, text in said.items() if text and text != plain.get(name)}

    def search(self, **changes: object) -> str:
        """The query of the address that shows this view with some of it changed."""
        plain = {**asdict(UnitsView()), "lang": settings().language}
        wanted = {**asdict(self), **changes}
        said = {name: value for name, value in wanted.items()
                if value not in (plain[name], None, "")}  # fmt: skip
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
    """The view that an address's query asks for; what it does not know falls to the default."""
    text = {name: value for name, value in query.items()
            if isinstance(value, str) and len(value) <= _MOST_CHARACTERS}  # fmt: skip
    plain = UnitsView()
    free = ("as_of", "unit", "first", "last", "opened", "cost_type", "member", "quote",
            "level")  # fmt: skip
    return UnitsView(
        theme=_one_of(text, "theme", THEMES, plain.theme),
        lang=_one_of(text, "lang", LANGUAGES, settings().language),
        side=_one_of(text, "side", SIDES, plain.side),
        unit_type=_one_of(text, "unit_type", UNIT_TYPES, plain.unit_type),
        period="" if text.get("first") else _one_of(text, "period", NAMED, plain.period),
        base=_one_of(text, "base", BASES, plain.base),
        price=_number(text, "price") or 0.0,
        discount=_number(text, "discount") or 0.0,
        cost=_number(text, "cost") or 0.0,
        share=_number(text, "share"),
        **{name: _number(text, name) for name in ("p0", "day_cost", "promised", "floor")},
        **{name: text[name] for name in free if text.get(name)},
    )


def _one_of(text: Mapping[str, str], name: str, known: Any, default: str) -> str:
    given = text.get(name, "")
    return given if given in known else default


def _number(text: Mapping[str, str], name: str) -> float | None:
    try:
        found = float(text.get(name, ""))
    except ValueError:
        return None
    return found if math.isfinite(found) else None
