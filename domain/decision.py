"""Decision: what a person laid down, and who, when and why. The audit is made of these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Decision:
    """One decision of `kind` about `key` in one org unit (None: the whole company).

    `content` is what holds from `decided_at` (UTC) on; None takes back what held before, so that
    the default or the inherited one holds again. `replaces` is the seq of the decision before it
    on the same kind, key and unit. `seq` counts all decisions from 1, without a gap.
    """

    seq: int
    kind: str
    key: str
    unit_id: str | None
    content: Mapping[str, Any] | None
    decided_at: datetime
    decided_by: str
    reason: str
    replaces: int | None
