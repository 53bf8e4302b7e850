"""Only what changed goes to the browser: a redraw takes nothing away that people look at."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from dash import no_update
from plotly.utils import PlotlyJSONEncoder

Digested = tuple[Any, str]


def digested(content: Any) -> Digested:
    """The content as plain values, with its digest.

    Plain, because Dash would walk through the components again at every answer.
    """
    text = PlotlyJSONEncoder(sort_keys=True).encode(content)
    return json.loads(text), hashlib.sha256(text.encode()).hexdigest()[:12]


def changed(drawn: Sequence[Digested], seen: dict[str, str]) -> list[Any]:
    """Each content, or nothing where its digest was seen; then the digests, by place."""
    digests = {str(place): digest for place, (_, digest) in enumerate(drawn)}
    fresh = [
        content if seen.get(str(place)) != digest else no_update
        for place, (content, digest) in enumerate(drawn)
    ]
    return [*fresh, digests if digests != seen else no_update]
