"""A view asked from the command line: parameters as text, rows as JSON or CSV."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Any

import pandas as pd

from domain.scope import Scope
from errors import BadInput
from pages.panels.sight import asked, moment
from pages.panels.view import scope_of, view_of
from queries import parameters, read, stream_csv

_BOOLS = {"true": True, "false": False}
# A parameter's name says its type, as a column's does; what none of these fits is text.
_KINDS: tuple[tuple[str, str, Callable[[str], Any]], ...] = (
    (r"today|.*_(day|date)", "a day such as 2026-03-02", date.fromisoformat),
    (r"now|first|last|hour|.*_at", "a time such as 2026-03-02T09:30", datetime.fromisoformat),
    (r".*_(count|days)", "a whole number", int),
    (r".*_(share|amount|h)", "a number", float),
    (r"(is|has)_.*", "true or false", lambda text: _BOOLS[text]),
)


def value_of(name: str, text: str) -> Any:
    """The value of parameter `name` that a person wrote; BadInput where it is of another type."""
    for pattern, wanted, parse in _KINDS:
        if re.fullmatch(pattern, name):
            try:
                return parse(text)
            except (ValueError, KeyError):
                raise BadInput(f"{name} = {text!r} cannot be read.", f"Write {wanted}.") from None
    return text


def params_of(pairs: Iterable[str]) -> dict[str, Any]:
    """The parameters of `--set name=value`; BadInput for a pair without =."""
    split = [pair.partition("=") for pair in pairs]
    for name, equals, _ in split:
        if not (name and equals):
            raise BadInput(f"--set {name} says no value.", "Write --set name=value.")
    return {name: value_of(name, text) for name, _, text in split}


def reader(unit: str | None, as_of: str | None) -> Scope:
    """What is asked: the current version, narrowed to a unit and a moment. Raises BadInput."""
    pinned = view_of(as_of=as_of or "").as_of
    if as_of and not pinned:
        raise BadInput(f"{as_of!r} is no instant.", "Write it as 2026-03-02T09:30+00:00.")
    scope = scope_of(unit, pinned)
    if scope is None:
        raise BadInput("There is no data yet.", "Run manage.py import SOURCE --from DIR.")
    return scope


def answer(view: str, scope: Scope, given: dict[str, Any], form: str) -> Iterator[str]:
    """The rows as text, in pieces; what `given` leaves open of the clock is now, as on the board.

    Raises what reading raises.
    """
    known = parameters(view)
    clock = {name: value for name, value in asked(*moment(scope), 1).items() if name in known}
    params = {**clock, **given}
    if form == "csv":
        for number, piece in enumerate(stream_csv(view, scope, **params)):
            yield (piece if number else piece.removeprefix(codecs.BOM_UTF8)).decode()
    else:
        yield json.dumps(_records(read(view, scope, **params)), ensure_ascii=False) + "\n"


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    plain = frame.astype(object).where(frame.notna(), None)
    return [
        {str(name): _plain(value) for name, value in row.items()}
        for row in plain.to_dict("records")
    ]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
