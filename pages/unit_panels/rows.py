"""Rows of a frame, one dict each."""

from __future__ import annotations

from typing import Any

import pandas as pd


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """One dict a row, by column name."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
