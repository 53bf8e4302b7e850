"""What a screen shows when a callback meets a defect: a sentence, never the numbers from before."""

from __future__ import annotations

import logging
from typing import Any

from dash import ctx, no_update

from components import pieces
from components.charts import failed_figure
from components.words import say
from settings import settings

_log = logging.getLogger(__name__)
_NO_NUMBERS = ("-nav", "-header")
_EMPTY: dict[str, Any] = {"children": [], "rowData": [], "columnDefs": []}


def failed(error: Exception) -> Any:
    """What each output of the callback gets; the defect is logged with where it arose."""
    _log.error("a callback failed", exc_info=error)
    outputs = ctx.outputs_list
    text = say("failed", settings().language)
    if not isinstance(outputs, list):
        return _instead(outputs, text)
    given = [_instead(output, text) for output in outputs]
    told = next((place for place, output in enumerate(outputs) if _tells(output)), None)
    if told is not None:
        given[told] = pieces.note(text)
    return given


def _instead(output: dict[str, Any], text: str) -> Any:
    """Nothing in the place of what may be old; what was seen is forgotten, so that it heals."""
    name, prop = str(output["id"]), output["property"]
    if prop == "figure":
        return failed_figure(text)
    if prop == "data":
        return {} if name.endswith("-seen") else no_update
    return no_update if name.endswith(_NO_NUMBERS) else _EMPTY.get(prop, no_update)


def _tells(output: dict[str, Any]) -> bool:
    return output["property"] == "children" and not str(output["id"]).endswith(_NO_NUMBERS)
