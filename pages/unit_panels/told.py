"""An error as the units' pages say it."""

from __future__ import annotations

from components.words import problem, say
from errors import DataMissing, WarRoomError


def sentence(error: WarRoomError, language: str) -> str:
    """What to connect, or what went wrong and what to do."""
    if isinstance(error, DataMissing):
        return say("missing", language, extracts=", ".join(error.extracts))
    return problem(error, language)
