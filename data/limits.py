"""How much an extract may lose before a load is refused whole."""

from __future__ import annotations

from data.checking import IN_ANOTHER_FILE
from data.report import Counts
from errors import BadInput
from settings import Settings


def refuse_losses(
    extract: str, counts: Counts, before: Counts | None, settings: Settings, allow_shrink: bool
) -> None:
    """Raises BadInput when too many rows are quarantined, or gone since the load `before`.

    A row that another file has, too, is not lost.
    """
    again = sum(n for rule, n in counts.rules.items() if rule.endswith(IN_ANOTHER_FILE))
    lost = counts.rows_quarantined - again
    if lost > settings.most_quarantined * counts.rows_in or not counts.rows_on + again:
        worst = max(counts.rules, key=counts.rules.__getitem__, default="no rows")
        raise BadInput(
            f"{lost:,} of {counts.rows_in:,} rows of {extract} break "
            f"the contract, most often: {worst}.",
            "Check the formats in source.toml; the last version stays.",
        )
    if before and not allow_shrink:
        least = before.rows_on * (1 - settings.most_rows_lost)
        if counts.rows_on < least:
            raise BadInput(
                f"{extract} has {counts.rows_on:,} rows, {before.rows_on:,} before.",
                "Deliver it whole, or add --allow-shrink if it is meant; the last version stays.",
            )
