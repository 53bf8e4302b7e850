"""The pieces that every screen is made of: marks, cards, sparklines, things that open."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from dash import html

from components.words import say
from domain.status import Status

_WIDTH, _HEIGHT = 100, 28  # of a sparkline, in its own units


def mark(status: Status, language: str) -> html.Span:
    """The status by shape and colour; its word is there for who cannot see them."""
    word = say(f"status.{status}", language)
    named: dict[str, Any] = {"aria-label": word}
    return html.Span(className=f"mark {status}", role="img", title=word, **named)


def card(title: str, right: str, body: Any, kind: str = "") -> html.Section:
    """A card; `right` says what its content adds up to."""
    head = html.Header([html.H2(title), html.Span(right, className="push")])
    return html.Section([head, body], className=f"card {kind}")


def opens(children: Any, target: dict[str, Any], label: str, kind: str = "") -> html.Button:
    """What shows the rows behind it when it is pressed; `target` says which."""
    given: dict[str, Any] = {"data-open": json.dumps(target, ensure_ascii=False)}
    named: dict[str, Any] = {"aria-haspopup": "dialog"}
    return html.Button(
        children, className=f"opens {kind}", type="button", title=label, **given, **named
    )


def drawer_head(title: str, where: str, when: str, language: str) -> html.Header:
    """What a drawer shows, of what and when, and the way out of it."""
    word = say("close", language)
    named: dict[str, Any] = {"aria-label": word}
    out = html.Button("×", id="drawer-close", className="close", title=word, **named)
    place: list[Any] = [html.Bdi(where), " · ", when] if where else [when]
    return html.Header([html.Div([html.H2(title), html.P(place)]), out])


def goes(children: Any, changes: dict[str, str], kind: str = "") -> html.Button:
    """What changes the view, and with it the address, when it is pressed."""
    given: dict[str, Any] = {"data-go": json.dumps(changes, ensure_ascii=False)}
    return html.Button(children, className=f"goes {kind}", type="button", **given)


def note(text: str) -> html.P:
    """A quiet sentence: an empty state, a reason, what to do."""
    return html.P(text, className="note")


def spark(values: tuple[float | None, ...], label: str) -> html.Div | None:
    """A line of the last days without axis, in the colour of its surroundings; None under two."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return None
    low, high = min(known), max(known)
    span = (high - low) or 1.0
    step = _WIDTH / (len(values) - 1)
    line, pen = [], "M"
    for place, value in enumerate(values):
        if value is None:
            pen = "M"
            continue
        height = 2 + (_HEIGHT - 4) * (1 - (value - low) / span)
        line.append(f"{pen}{place * step:.1f} {height:.1f}")
        pen = "L"
    drawing = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {_WIDTH} {_HEIGHT}' "
        "preserveAspectRatio='none'>"
        f"<path d='{''.join(line)}' fill='none' stroke='black' stroke-width='2' "
        "vector-effect='non-scaling-stroke' stroke-linejoin='round'/></svg>"
    )
    mask = f'url("data:image/svg+xml,{quote(drawing)}")'
    style = {"maskImage": mask, "WebkitMaskImage": mask}
    named: dict[str, Any] = {"aria-label": label}
    return html.Div(className="spark", style=style, role="img", **named)
