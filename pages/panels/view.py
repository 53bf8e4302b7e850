"""The view: what the address bar says of a board, with every value checked."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from clock import make_clock
from components.theme import THEMES
from components.words import LANGUAGES
from data.versions import current
from domain.scope import Scope
from settings import settings

_MOST_CHARACTERS = 200
_MOST_LINES = 20_000


@dataclass(frozen=True)
class View:
    """Theme, language, unit and whether this is a wall; `as_of` pins a past moment (ISO)."""

    theme: str
    lang: str
    unit: str | None
    is_wall: bool
    as_of: str | None = None
    lines: int = 1080  # of a wall, as its browser tells: texts in charts grow with them

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


def view_of(
    theme: str = "",
    lang: str = "",
    unit: str = "",
    wall: str | None = None,
    as_of: str = "",
    **_: str,
) -> View:
    """The view that an address's query asks for; what it does not know falls to the default."""
    is_wall = wall is not None
    return View(
        theme if theme in THEMES else "night" if is_wall else "day",
        lang if lang in LANGUAGES else settings().language,
        _key(unit),
        is_wall,
        _instant(as_of),
    )


def view_in(data: dict[str, Any]) -> View:
    """The view that a browser keeps, checked like an address: it may say anything."""
    texts = {
        name: text
        for name, text in data.items()
        if name in ("theme", "lang", "unit", "as_of") and isinstance(text, str)
    }
    view = view_of(**texts, wall="" if data.get("is_wall") is True else None)
    lines = data.get("lines")
    if isinstance(lines, int) and 0 < lines <= _MOST_LINES:
        return replace(view, lines=lines)
    return view


def _key(text: str) -> str | None:
    """A key as a database can hold one, else None."""
    is_text = all(mark != "\0" and not "\ud800" <= mark <= "\udfff" for mark in text)
    return text if text and is_text and len(text) <= _MOST_CHARACTERS else None


def _instant(text: str) -> str | None:
    """An instant with its zone (a + that an address turned into a space is one), else None."""
    try:
        instant = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        return None
    return instant.isoformat() if instant.tzinfo else None


def opened_of(text: str) -> dict[str, Any] | None:
    """What the address says is open; whether that exists is checked when it is read."""
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def scope_of(unit: str | None, as_of: str | None = None) -> Scope | None:
    """What this reader looks at now; None while there is no data.

    To the minute, so that all who look share their answers, but never before the version was
    published: what it brought was known by then, and must not wait for the next minute. The one
    reader of a single machine sees all; access makes narrower ones.
    """
    version = current(settings().data)
    if version is None:
        return None
    clock = make_clock(settings().now, settings().now_started)()
    now = clock.replace(second=0, microsecond=0)
    published = datetime.fromisoformat(version.manifest["published_at"])
    if published <= clock:
        now = max(now, published)
    moment = min(now, datetime.fromisoformat(as_of)) if as_of else now
    return Scope(version.id, moment).narrowed(unit)
