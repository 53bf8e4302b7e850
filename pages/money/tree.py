"""The table as rows: members of a drill, unfolded along paths, with others so that totals close."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from domain.profile import COST_COLUMN, REVENUE, MarginProfile, margin

Path = tuple[str, ...]
AMOUNTS = tuple(COST_COLUMN.values())


@dataclass(frozen=True)
class Row:
    """Sums of one member, of the others of its level, or of everything.

    `sums` has revenue_0, margin_0 (base), revenue_1, margin_1 (period) and each cost column of the
    period. `kind` is open, closed, leaf, others or total; `members` how many stand behind it.
    """

    path: Path
    kind: str
    sums: Mapping[str, float]
    members: int = 1

    @property
    def depth(self) -> int:
        return max(0, len(self.path) - 1)

    def rate(self, suffix: str = "_1") -> float | None:
        """Margin over revenue, the ratio of sums; None where nothing was earned."""
        return rate_of(self.sums[f"margin{suffix}"], self.sums[f"revenue{suffix}"])

    @property
    def moved(self) -> float | None:
        """The rate's change in points (0.01 is one point); None without both."""
        now, before = self.rate(), self.rate("_0")
        return None if now is None or before is None else now - before


def rate_of(margin_amount: float, revenue: float) -> float | None:
    return margin_amount / revenue if revenue > 0 else None


def level_frame(
    now: pd.DataFrame, base: pd.DataFrame, dimension: str, profile: MarginProfile, level: str
) -> pd.DataFrame:
    """Both periods side by side, one row a member (the index): the sums of Row, 0 where absent.

    `now` and `base` are answers of margin_by with `dimension` as their one column.
    """
    sides = [
        _sums(frame, profile, level, suffix).set_axis(frame[dimension])
        for frame, suffix in ((base, "_0"), (now, "_1"))
    ]
    return pd.concat(sides, axis=1).fillna(0.0)


def whole_row(now: pd.DataFrame, base: pd.DataFrame, profile: MarginProfile, level: str) -> Row:
    """The totals: `now` and `base` are answers of margin_by without dimensions."""
    both = pd.concat([_sums(base, profile, level, "_0"), _sums(now, profile, level, "_1")], axis=1)
    return Row((), "total", _records(both)[0])


def _sums(frame: pd.DataFrame, profile: MarginProfile, level: str, suffix: str) -> pd.DataFrame:
    found = {f"revenue{suffix}": frame[REVENUE], f"margin{suffix}": margin(frame, profile, level)}
    if suffix == "_1":
        found |= {name: frame[name] for name in AMOUNTS}
    return pd.DataFrame(found)


def unfolded(
    level_of: Callable[[Path], pd.DataFrame],
    depth: int,
    expanded: Collection[Path],
    order: Callable[[pd.DataFrame, int], pd.Index],
    most: int,
) -> list[Row]:
    """The rows of the first level and, below each path of `expanded`, those of the next one.

    `level_of(path)` gives the level_frame below a path, `order(frame, level)` its index as sorted,
    `depth` how many levels there are, `most` how many rows a level shows; the rest is one row.
    """
    wanted = frozenset(expanded)

    def below(path: Path) -> list[Row]:
        frame = level_of(path)
        members = order(frame, len(path))
        rows: list[Row] = []
        for member, sums in zip(members[:most], _records(frame.loc[members[:most]]), strict=True):
            here = (*path, member)
            is_open = here in wanted and len(here) < depth
            kind = "open" if is_open else "closed" if len(here) < depth else "leaf"
            rows.append(Row(here, kind, sums))
            rows += below(here) if is_open else []
        if len(rest := members[most:]):
            sums = {str(name): float(frame.loc[rest, name].sum()) for name in frame.columns}
            rows.append(Row((*path, ""), "others", sums, len(rest)))
        return rows

    return below(())


def _records(frame: pd.DataFrame) -> list[dict[str, float]]:
    return frame.to_dict("records")  # type: ignore[return-value]


def ordered(frame: pd.DataFrame, by: str, is_ascending: bool, names: pd.Series) -> pd.Index:
    """The members in the order of a column: name, revenue, margin, rate, points, a cost column.

    Members without a rate come last either way; ties by revenue, then by member.
    """
    if by == "name":
        called = names.reindex(frame.index).str.casefold()
        return called.sort_values(ascending=is_ascending, kind="stable").index
    rate_0, rate_1 = (
        frame[f"margin{suffix}"] / frame[f"revenue{suffix}"].where(frame[f"revenue{suffix}"] > 0)
        for suffix in ("_0", "_1")
    )
    columns = {
        "rate": rate_1,
        "points": rate_1 - rate_0,
        "margin": frame["margin_1"],
        "revenue": frame["revenue_1"],
        "share": frame["revenue_1"],
    }
    values = columns.get(by, frame[by] if by in frame else frame["revenue_1"])
    keys = values.to_numpy(dtype=float)
    worst = np.where(np.isnan(keys), np.inf, keys if is_ascending else -keys)
    place = np.lexsort((frame.index.to_numpy(dtype=str), -frame["revenue_1"].to_numpy(), worst))
    return frame.index[place]
