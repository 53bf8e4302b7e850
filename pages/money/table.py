"""The table of a drill: members with revenue, margin, rate, change and share, and the totals."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html

from components import grid
from components.magnitude import Magnitude, magnitude
from components.words import DASH, percent
from domain.profile import COST_COLUMN, COST_TYPES, cost_columns
from pages.money.asked import Path, path_text, where_text
from pages.money.ground import Ground, currency_sign, level_below, margin_profile, whole
from pages.money.labels import dimension_label, member_labels, moved_text, short_label
from pages.money.tree import Row, ordered, rate_of, unfolded
from pages.shell import menu, to

_NAMED_AT_ONCE = 5000  # members that are sorted by name; more are sorted by their key
_VISIBLE_MOVE = 0.0005  # half a tenth of a point: less is shown as nothing
STEP = 100  # rows that "show more" adds


def rows(ground: Ground) -> list[Row]:
    """The rows in sight, in order."""
    asked = ground.asked
    return unfolded(
        lambda path: level_below(ground, path), len(asked.drilled), asked.expanded,
        lambda frame, level: sorted_members(ground, frame, level), asked.most,
    )  # fmt: skip


def sorted_members(ground: Ground, frame: pd.DataFrame, level: int) -> pd.Index:
    """A level's members in the order that is asked for."""
    asked, dimension = ground.asked, ground.asked.drilled[level]
    names = pd.Series(frame.index, frame.index, dtype=str)
    if asked.sort == "name" and len(frame) <= _NAMED_AT_ONCE and dimension != "month":
        labels = member_labels(ground.scope, dimension, frame.index, ground.language)
        names = pd.Series(labels, dtype=str)
    by = "name" if dimension == "month" and asked.sort == "revenue" else asked.sort
    return ordered(frame, by, asked.is_ascending, names)


def shown_costs(ground: Ground) -> tuple[str, ...]:
    """The cost types that are shown as columns, in the order of the contract."""
    return tuple(one for one in COST_TYPES if one in ground.asked.costs)


def columns(ground: Ground) -> list[dict[str, Any]]:
    """The grid's columns; amounts say in their heading what they are counted in."""
    if not ground.asked.drilled:
        return []
    unit = f"{currency_sign()}{_magnitude(ground).word}"
    say, asked = ground.say, ground.asked

    def side(field: str) -> str:
        return ("up" if asked.is_ascending else "down") if asked.sort == field else ""

    title = " ▸ ".join(dimension_label(name, ground.language) for name in asked.drilled[:2])
    margin = say(f"profit.level.{ground.level}")
    numbers = [
        ("revenue", say("profit.column.amount", name=say("profit.revenue"), unit=unit)),
        *((COST_COLUMN[one], say("profit.column.amount", name=say(f"cost.{one}"), unit=unit))
          for one in shown_costs(ground)),
        ("margin", say("profit.column.amount", name=margin, unit=unit)),
        ("rate", say("profit.column.rate")),
        ("points", say("profit.column.points", base=short_label(ground.base, ground.language))),
    ]  # fmt: skip
    tree = grid.tree_column("name", title)
    tree["headerClass"] = f"sorts {side('name')}"
    return [
        tree,
        *(
            grid.number_column(field, text, side(field), width=_width(text))
            for field, text in numbers
        ),
        grid.share_column("share", say("profit.column.share"), side("share")),
    ]


def _width(title: str) -> int:
    """Pixels that a heading needs: a Chinese letter is twice as wide."""
    return max(104, 44 + sum(7 if letter.isascii() else 14 for letter in title))


def _magnitude(ground: Ground) -> Magnitude:
    frame = level_below(ground, ())
    largest = float(frame["revenue_1"].abs().max()) if len(frame) else 0.0
    return magnitude(largest, ground.language)


def row_data(ground: Ground) -> list[dict[str, Any]]:
    """The grid's rows: texts by column, classes, and the filter that a row stands for."""
    if not ground.asked.drilled:
        return []
    found = rows(ground)
    names = _names(ground, found)
    unit, total = _magnitude(ground), whole(ground).sums["revenue_1"]
    longest = max((row.sums["revenue_1"] for row in found if row.kind != "others"), default=0.0)
    return [_row(ground, row, names, unit, total, longest) for row in found]


def total_data(ground: Ground) -> dict[str, Any]:
    """The grid's options with the totals pinned."""
    if not ground.asked.drilled:
        return grid.with_totals([])
    row = whole(ground)
    cells = _cells(ground, row, _magnitude(ground))
    shares = {"share": percent(1.0, 1), "share_share": 0}
    name = {
        "name": ground.say("profit.total"),
        "id": path_text(()),
        "look": grid.row_look(0, "total"),
    }
    return grid.with_totals([{**name, **cells, **shares}])


def named_rows(ground: Ground) -> tuple[list[Row], dict[Path, str]]:
    """All rows that are asked for and what each is called, for a file."""
    if not ground.asked.drilled:
        return [], {}
    found = rows(ground)
    return found, _names(ground, found)


def _names(ground: Ground, found: list[Row]) -> dict[Path, str]:
    """What each row is called; one question a dimension."""
    names: dict[Path, str] = {}
    for depth, dimension in enumerate(ground.asked.drilled):
        paths = [row.path for row in found if row.depth == depth and row.kind != "others"]
        labels = member_labels(ground.scope, dimension, {path[-1] for path in paths},
                               ground.language)  # fmt: skip
        names |= {path: labels[path[-1]] for path in paths}
    return names


def _row(
    ground: Ground,
    row: Row,
    names: dict[Path, str],
    unit: Magnitude,
    total: float,
    longest: float,
) -> dict[str, Any]:
    share = rate_of(row.sums["revenue_1"], total)
    bar = {
        "share": percent(share, 1),
        "share_share": round(max(0.0, row.sums["revenue_1"] / longest), 4) if longest > 0 else 0,
    }
    if row.kind == "others":
        more = min(row.members, STEP)
        key = "profit.others.more" if row.members > STEP else "profit.others"
        place = {"name": ground.say(key, count=row.members, more=more),
                 "id": path_text((*row.path[:-1], "", "others")),
                 "look": grid.row_look(row.depth, "others more"),
                 "most": ground.asked.most + STEP}  # fmt: skip
        bar["share_share"] = 0
    else:
        place = {"name": names[row.path], "id": path_text(row.path),
                 "look": grid.row_look(row.depth, row.kind),
                 "into": where_text(ground.path_filter(row.path))}  # fmt: skip
    return {**place, **_cells(ground, row, unit), **bar}


def _cells(ground: Ground, row: Row, unit: Magnitude) -> dict[str, Any]:
    moved = row.moved if ground.has_base else None
    cells = {
        "revenue": unit.text(row.sums["revenue_1"]),
        "margin": unit.text(row.sums["margin_1"]),
        "rate": percent(row.rate(), 1),
        "points": DASH if moved is None else moved_text(moved),
        **{COST_COLUMN[one]: unit.text(row.sums[COST_COLUMN[one]]) for one in shown_costs(ground)},
    }
    if moved is not None and abs(moved) >= _VISIBLE_MOVE:
        cells["points_look"] = "won" if moved > 0 else "lost"
    if row.sums["margin_1"] < 0:
        cells["margin_look"] = cells["rate_look"] = "lost"
    return cells


def title(ground: Ground) -> str:
    """What the rows are: customers, products; "order lines" where nothing is left to drill by."""
    drilled = ground.asked.drilled
    if not drilled:
        return ground.say("profit.end")
    return dimension_label(drilled[0], ground.language)


def right(ground: Ground) -> str:
    """How many of the members are in sight, and what a press does."""
    if not ground.asked.drilled:
        return ""
    count = len(level_below(ground, ()))
    shown = min(count, ground.asked.most)
    return ground.say("profit.shown", shown=shown, count=count)


def choice(ground: Ground) -> html.Details:
    """Which cost types stand as columns."""
    taken = cost_columns(margin_profile(), ground.level)
    countable = [one for one in COST_TYPES if COST_COLUMN[one] in taken]
    shown = shown_costs(ground)
    parts = [_column(ground, one, shown) for one in countable]
    return menu(ground.say("profit.columns"), parts, "right")


def _column(ground: Ground, cost_type: str, shown: tuple[str, ...]) -> Any:
    pressed: dict[str, Any] = {"aria-pressed": "true" if cost_type in shown else "false"}
    after = set(shown) ^ {cost_type}
    changes = {"costs": ",".join(one for one in COST_TYPES if one in after)}
    return to(ground.say(f"cost.{cost_type}"), changes, **pressed)
