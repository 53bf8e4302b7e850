"""Amounts as whole millionths, so that sums and bridges close exactly, in any order."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

MICROS = 1_000_000
_MOST = 1e17  # below it, sums of a few dozen int64 columns cannot overflow


def micros(amounts: npt.ArrayLike) -> np.ndarray:
    """Each amount in millionths of a currency unit, rounded to whole ones (see wholes)."""
    return wholes(amounts, MICROS)


def wholes(values: npt.ArrayLike, scale: int) -> np.ndarray:
    """Each value in whole parts, `scale` to one.

    int64, or Python's own integers where their sum could overflow that. Raises ValueError for
    what is not finite.
    """
    scaled = np.rint(np.asarray(values, dtype="float64") * scale)
    total = float(np.abs(scaled).sum())
    if not np.isfinite(total):
        raise ValueError("A value is not finite.")
    if total < _MOST:
        return scaled.astype("int64")
    return np.array([int(one) for one in scaled], dtype=object)


def micro(amount: float) -> int:
    """One amount in whole millionths."""
    return int(micros([amount])[0])


def summed(columns: dict[str, np.ndarray], keys: pd.DataFrame) -> pd.DataFrame:
    """Exact sums of whole numbers for each combination of `keys`, sorted; without keys one row."""
    frame = pd.DataFrame(columns, index=keys.index)
    if keys.columns.empty:
        return pd.DataFrame({name: [int(frame[name].sum())] for name in columns}, dtype=object)
    frame = pd.concat([keys, frame], axis=1)
    return frame.groupby(list(keys.columns), sort=True, dropna=False).sum().reset_index()
