"""What may be written into a decision, and the one form in which it is stored."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from errors import BadInput

MOST_BYTES = 64 * 1024
MOST_NESTED = 20


def to_text(content: Mapping[str, Any] | None) -> str | None:
    """Canonical JSON; BadInput for what JSON cannot hold, nan, inf, or 64 KiB and more."""
    if content is None:
        return None
    try:
        _refuse_depth(content, MOST_NESTED)
        text = json.dumps(
            content, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
        )
        size = len(text.encode())
    except (TypeError, ValueError) as error:  # an encoding error is a ValueError
        raise BadInput(f"This cannot be saved: {error}.", "Enter numbers and plain text.") from None
    if size >= MOST_BYTES:
        raise BadInput(f"This has {size // 1024} KiB; it cannot be saved.", "Keep it under 64 KiB.")
    return text


def from_text(text: str | None) -> dict[str, Any] | None:
    """What to_text was given."""
    found: dict[str, Any] | None = None if text is None else json.loads(text)
    return found


def instant_text(instant: datetime) -> str:
    """UTC, always of one width, so that text sorts as time does; ValueError without a zone."""
    if instant.tzinfo is None:
        raise ValueError(f"{instant} has no zone")
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def refuse_text(name: str, text: str, most: int) -> None:
    """BadInput unless `text` has 1 to `most` characters that every database can hold."""
    if not text.strip():
        raise BadInput(f"The {name} is missing.", f"Enter a {name}.")
    if len(text) > most:
        raise BadInput(f"The {name} has {len(text)} characters.", f"Keep it to {most}.")
    if any(mark == "\0" or "\ud800" <= mark <= "\udfff" for mark in text):
        raise BadInput(f"The {name} has characters that are no text.", f"Enter the {name} again.")


def _refuse_depth(value: object, left: int) -> None:
    if left == 0:
        raise ValueError(f"it is nested more than {MOST_NESTED} deep")
    inner = value.values() if isinstance(value, Mapping) else value
    if isinstance(inner, str) or not hasattr(inner, "__iter__"):
        return
    for each in inner:
        _refuse_depth(each, left - 1)
