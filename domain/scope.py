"""Scope: which rows, for whom, as of when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True)
class Scope:
    """Everything besides view and parameters that decides which rows a reader gets.

    `version` is the load that is read, `as_of` the instant after which nothing is known,
    `unit_id` the org unit whose subtree is visible (None: the whole company) and `role` the
    reader's role. Hashable, so that it is part of a cache key as it stands.
    """

    version: str
    as_of: datetime
    unit_id: str | None = None
    role: str = "admin"

    def narrowed(self, unit_id: str | None) -> Scope:
        """The same reader looking at one unit; None keeps the scope as it is."""
        return replace(self, unit_id=unit_id) if unit_id else self
