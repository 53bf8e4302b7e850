"""Rules of the bonus as files: data/bonus/<name>.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from domain.bonus import BonusRules
from domain.curve import Curve
from errors import BadInput

FOLDER = Path(__file__).resolve().parent / "bonus"
_TABLES = {
    "": {"margin_weight", "pool", "rate", "other"},
    "pool": {"of", "share"},
    "rate": {"points", "cap"},
    "other": {"of", "points", "cap"},
}


def bonus_rules(name: str, folder: Path = FOLDER) -> BonusRules:
    """The rules of that name (WARROOM_BONUS_RULES).

    Raises BadInput, naming the file and the key, where it is missing or something in it is wrong.
    """
    path = folder / f"{name}.toml"
    if path not in folder.glob("*.toml"):
        raise BadInput(f"There are no bonus rules {name!r}.", f"Write {name}.toml in data/bonus.")
    try:
        return _rules(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeError) as error:
        raise BadInput(f"{path.name} cannot be read: {error}.", "Correct the file.") from None
    except BadInput as error:
        raise BadInput(f"{path.name}: {error.what}", error.to_do) from None


def _rules(spec: dict[str, Any]) -> BonusRules:
    _complete(spec, "")
    for key in ("pool", "rate", "other"):
        _complete(spec[key], key)
    return BonusRules(
        pool_of=spec["pool"]["of"],
        pool_share=_number("pool.share", spec["pool"]["share"]),
        rate_curve=_curve("rate", spec["rate"]),
        other=spec["other"]["of"],
        other_curve=_curve("other", spec["other"]),
        margin_weight=_number("margin_weight", spec["margin_weight"]),
    )


def _complete(table: object, name: str) -> None:
    """Raises BadInput unless the table has just the keys that it needs."""
    place, needed = f"[{name}]" if name else "The file", _TABLES[name]
    if not isinstance(table, dict):
        raise BadInput(f"{name} is no table.", f"Write key = value under [{name}].")
    for key in sorted(table.keys() ^ needed):
        fault = "lacks" if key in needed else "has the unknown"
        raise BadInput(f"{place} {fault} {key}.", f"Use {', '.join(sorted(needed))}.")


def _curve(key: str, table: dict[str, Any]) -> Curve:
    points, cap = table["points"], _number(f"{key}.cap", table["cap"])
    if not isinstance(points, list) or not all(
        isinstance(point, list) and len(point) == 2 for point in points
    ):
        raise BadInput(f"{key}.points is no list of pairs.", "Write [[0.8, 0.0], [1.0, 1.0]].")
    numbers = ((_number(f"{key}.points", x), _number(f"{key}.points", y)) for x, y in points)
    try:
        return Curve(tuple(numbers), cap)
    except BadInput as error:
        raise BadInput(f"[{key}]: {error.what}", error.to_do) from None


def _number(key: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadInput(f"{key} is no number.", "Write a number such as 0.60.")
    return float(value)
