"""Margin rule profiles as files: data/profiles/<name>.toml."""

from __future__ import annotations

import math
import tomllib
from pathlib import Path
from typing import Any

from domain.profile import MarginLevel, MarginProfile
from errors import BadInput

PROFILES = Path(__file__).resolve().parent / "profiles"
_KEYS = {"levels", "headline", "drivers", "floors"}


def profile_names() -> tuple[str, ...]:
    """The profiles that can be chosen, by name."""
    return tuple(sorted(path.stem for path in PROFILES.glob("*.toml")))


def profile(name: str, folder: Path = PROFILES) -> MarginProfile:
    """The profile of that name (WARROOM_MARGIN_PROFILE).

    Raises BadInput, naming the file and the key, where it is missing or something in it is wrong.
    """
    if name not in {path.stem for path in folder.glob("*.toml")}:
        raise BadInput(
            f"There is no margin profile {name!r}.",
            f"Set WARROOM_MARGIN_PROFILE to one of {', '.join(profile_names())}.",
        )
    path = folder / f"{name}.toml"
    try:
        return _profile(name, tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeError) as error:
        raise BadInput(f"{path.name} cannot be read: {error}.", "Correct the file.") from None
    except BadInput as error:
        raise BadInput(f"{path.name}: {error.what}", error.to_do) from None


def _profile(name: str, spec: dict[str, Any]) -> MarginProfile:
    if unknown := sorted(spec.keys() - _KEYS):
        raise BadInput(f"{unknown[0]} is unknown.", f"Use {', '.join(sorted(_KEYS))}.")
    levels = _table(spec, "levels")
    headline = spec.get("headline")
    if not levels or not isinstance(headline, str):
        raise BadInput("levels or headline is missing.", "Name a level and its cost types.")
    floors = _table(spec, "floors")
    if unknown := sorted(floors.keys() - {"rate", "product_lines"}):
        raise BadInput(f"floors.{unknown[0]} is unknown.", "Use rate or product_lines.")
    lines = _table(floors, "product_lines")
    return MarginProfile(
        name,
        tuple(MarginLevel(key, _texts(f"levels.{key}", value)) for key, value in levels.items()),
        headline,
        {key: _text(f"drivers.{key}", value) for key, value in _table(spec, "drivers").items()},
        _rate("floors.rate", floors["rate"]) if "rate" in floors else None,
        {key: _rate(f"floors.product_lines.{key}", value) for key, value in lines.items()},
    )


def _table(spec: dict[str, Any], key: str) -> dict[str, Any]:
    found = spec.get(key, {})
    if not isinstance(found, dict):
        raise BadInput(f"{key} is no table.", f"Write key = value under [{key}].")
    return found


def _text(key: str, value: object) -> str:
    if not isinstance(value, str):
        raise BadInput(f"{key} is no text.", 'Write "net_revenue_amount".')
    return value


def _texts(key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise BadInput(f"{key} is no list of texts.", 'Write ["material", "labor"].')
    return tuple(value)


def _rate(key: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise BadInput(f"{key} is no number.", "Write 0.18 for 18 %.")
    return float(value)
