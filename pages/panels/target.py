"""A target: which number was opened, checked before anything is read for it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from domain.metrics import METRIC, STORE_METRIC, Metric
from domain.scope import Scope
from errors import BadInput

PAGE_ROWS = 100
_MOST_CHARACTERS = 200


@dataclass(frozen=True)
class Target:
    """One number of the board: a metric of a unit, or of a store, or one hour of it.

    `version` and `as_of` (ISO, UTC) pin what is opened, so that its pages and its file add up
    even while newer data arrive; `offset` is the first row shown.
    """

    metric: str
    version: str
    as_of: str
    unit: str | None = None
    store: str | None = None
    hour: str | None = None
    offset: int = 0

    @property
    def rows_view(self) -> str:
        return METRIC[self.metric].rows_view

    @property
    def judged(self) -> Metric:
        """The metric whose limits hold for it."""
        return STORE_METRIC if self.store else METRIC[self.metric]

    @property
    def at(self) -> datetime:
        return datetime.fromisoformat(self.as_of)

    def scope(self, reader: Scope) -> Scope:
        """What the reader may see of the version and moment that the target was opened at."""
        pinned = Scope(self.version, min(self.at, reader.as_of), reader.unit_id, reader.role)
        return pinned.narrowed(self.unit)

    def filters(self) -> dict[str, Any]:
        """The parameters by which the rows view is narrowed."""
        hour = datetime.fromisoformat(self.hour) if self.hour else None
        return {"store_id": self.store, "hour": hour}

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


def target_of(data: dict[str, Any], reader: Scope) -> Target:
    """The target that a click, an address or a link to a file names; BadInput for nonsense."""
    given = {key: data[key] for key in Target.__dataclass_fields__ if data.get(key) is not None}
    given = {"version": reader.version, "as_of": reader.as_of.isoformat(), **given}
    try:
        offset = int(given.pop("offset", 0))
        if not all(
            isinstance(text, str) and len(text) < _MOST_CHARACTERS for text in given.values()
        ):
            raise ValueError
        target = Target(**given, offset=offset)
        target.filters()
        if target.at.tzinfo is None or not 0 <= offset < 10**9 or target.metric not in METRIC:
            raise ValueError
    except (TypeError, ValueError, OverflowError):
        raise BadInput("This link opens nothing.", "Open the number on the board.") from None
    return target
