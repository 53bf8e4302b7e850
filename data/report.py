"""What became of a load, for people and scripts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Counts:
    """What became of the rows of one extract; `rules` may name a row more than once."""

    rows_in: int
    rows_on: int
    rows_quarantined: int
    rules: dict[str, int] = field(default_factory=dict)
    mended: dict[str, int] = field(default_factory=dict)
    unmatched: dict[str, int] = field(default_factory=dict)


def total(parts: list[Counts]) -> Counts:
    """The counts of an extract from those of its parts, without `unmatched`."""
    return Counts(
        sum(counts.rows_in for counts in parts),
        sum(counts.rows_on for counts in parts),
        sum(counts.rows_quarantined for counts in parts),
        dict(sum((Counter(counts.rules) for counts in parts), Counter()).most_common()),
        dict(sum((Counter(counts.mended) for counts in parts), Counter()).most_common()),
    )


@dataclass(frozen=True)
class LoadReport:
    """One load: `kept` names the extracts whose files did not change, `new_columns` the columns
    that each raw file has gained since the load before.
    """

    source: str
    version: str
    extracts: dict[str, Counts]
    is_unchanged: bool = False
    kept: tuple[str, ...] = ()
    new_columns: dict[str, list[str]] = field(default_factory=dict)

    @property
    def is_clean(self) -> bool:
        return not any(counts.rows_quarantined for counts in self.extracts.values())

    def as_dict(self) -> dict[str, Any]:
        extracts = {name: vars(counts) for name, counts in self.extracts.items()}
        return {**vars(self), "extracts": extracts, "is_clean": self.is_clean}

    def text(self) -> str:
        """A few lines for the person who asked for the load."""
        lines = [f"{self.source} is now version {self.version}"]
        if self.is_unchanged:
            lines = [f"{self.source} brings nothing new: version {self.version} stays"]
        for name, counts in self.extracts.items():
            lines += self._lines(name, counts)
        for file, columns in self.new_columns.items():
            lines.append(f"  {file} has new columns: {', '.join(columns)}")
        if not self.is_clean:
            files = f"{self.version}/quarantine/{self.source}.*.parquet"
            lines.append(f"  The quarantined rows and their reasons stand in {files}")
        return "\n".join(lines)

    def _lines(self, name: str, counts: Counts) -> list[str]:
        was_kept = " (as before)" if name in self.kept else ""
        first = f"  {name}: {counts.rows_in:,} rows came, {counts.rows_on:,} went on"
        if counts.rows_quarantined:
            first += f", {counts.rows_quarantined:,} went to quarantine"
        lines = [first + was_kept]
        lines += [f"    {number:,} refused, {rule}" for rule, number in counts.rules.items()]
        lines += [f"    {number:,} mended, {what}" for what, number in counts.mended.items()]
        for reference, number in counts.unmatched.items():
            lines.append(f"    {number:,} went on with a {reference} that matches nothing there")
        return lines
