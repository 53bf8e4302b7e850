"""Raw files as they are delivered: written aside, then renamed into place, never half there."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from data.sample.chance import TIME_ZONE

MADE = ".made"  # what the sample needs again; no pattern of source.toml matches it
_TEXT_DATE = "%Y/%m/%d"
_TEXT_INSTANT = "%Y/%m/%d %H:%M:%S"


def write(file: Path, content: bytes) -> bool:
    """Puts content into place at once; False, and nothing touched, if it stands there already."""
    if file.is_file() and file.stat().st_size == len(content) and file.read_bytes() == content:
        return False
    root = next(parent for parent in file.parents if (parent / MADE).is_dir())
    aside = root / MADE / f"{file.parent.name}-{file.name}.part"
    file.parent.mkdir(parents=True, exist_ok=True)
    aside.write_bytes(content)
    aside.rename(file)
    return True


def parquet(table: pd.DataFrame) -> bytes:
    """Parquet; dates as dates, instants in UTC."""
    buffer = io.BytesIO()
    arrow = pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(None)
    pq.write_table(arrow, buffer, compression="zstd")
    return buffer.getvalue()


def csv(table: pd.DataFrame, encoding: str) -> bytes:
    """CSV as an office writes it: 2026/11/24, local times, decimal points."""
    text = table.copy()
    for name in text.columns:
        if isinstance(text[name].dtype, pd.DatetimeTZDtype):
            text[name] = text[name].dt.tz_convert(TIME_ZONE).dt.strftime(_TEXT_INSTANT)
        elif name.endswith(("_date", "_from", "_to", "_start", "_end")):
            text[name] = pd.to_datetime(text[name]).dt.strftime(_TEXT_DATE)
    return text.to_csv(index=False, lineterminator="\r\n").encode(encoding)
