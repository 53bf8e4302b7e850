"""Only what changed goes to the browser: a redraw takes nothing away that people look at."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from dash import no_update
from plotly.utils import PlotlyJSONEncoder


def changed(drawn: Sequence[Any], seen: dict[str, str]) -> list[Any]:
    """Each content, or nothing where its digest was seen; then the digests, by place."""
    digests = {str(place): _digest(content) for place, content in enumerate(drawn)}
    fresh = [
        content if seen.get(str(place)) != digests[str(place)] else no_update
        for place, content in enumerate(drawn)
    ]
    return [*fresh, digests if digests != seen else no_update]


def _digest(content: Any) -> str:
    text = PlotlyJSONEncoder(sort_keys=True).encode(content)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
