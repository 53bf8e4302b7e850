"""A source that is declared wrongly is told in a sentence, not in a trace."""

from pathlib import Path

import pytest

from data.source import read_source
from errors import BadInput

GOOD = """
name = "shop"
title = "A shop"
[files.lines]
path = "lines.csv"
format = "csv"
[extracts.order_lines]
rows_of = "lines"
"""


def _read(folder: Path, text: str) -> None:
    (folder / "source.toml").write_text(text)
    read_source(folder, folder)


def test_a_declared_source_has_its_files_and_mappings(tmp_path: Path) -> None:
    (tmp_path / "source.toml").write_text(GOOD)
    source = read_source(tmp_path, tmp_path)
    assert source.file("lines").path == "lines.csv"
    assert source.mappings[0].sql == "select * from raw.order_lines"


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('name = "shop"', "", r"source\.toml of .* has no name"),
        ('title = "A shop"', "", "has no title"),
        ('path = "lines.csv"', "", r"\[files\.lines\] of source\.toml of .* has no path"),
        ('format = "csv"', 'format = "csv"\ncolour = "red"', "has colour, which means nothing"),
        ("rows_of", "row_of", r"\[extracts\.order_lines\] .* has row_of, which means nothing"),
        ('"A shop"', '"A shop"\ntimezone = "UTC"', "has timezone, which means nothing"),
        ('"A shop"', '"A shop"\ndelay_hours = "1"', "delay_hours = '1' is no float"),
        ('"A shop"', '"A shop"\nearliest = "2020-01-01"', "earliest = '2020-01-01' is no date"),
        ('"shop"', '"Shop of Ann"', "uses the name 'Shop of Ann'"),
        ('"shop"', '"../shop"', r"uses the name '\.\./shop'"),
        ("[files.lines]", '[files."lines; drop"]', "uses the name 'lines; drop'"),
        ("order_lines", "orders", "maps orders, which is no extract"),
        ('rows_of = "lines"', 'rows_of = "line"', "rows_of = 'line' is none of its files"),
        ("[extracts.order_lines]", "[extracts]\norder_lines = 1\n[more]", "has more, which"),
        ('name = "shop"', "name = shop", "cannot be read"),
        ('[extracts.order_lines]\nrows_of = "lines"', "", "maps no extract"),
    ],
)
def test_what_is_missing_or_unknown_is_named(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    with pytest.raises(BadInput, match=complaint):
        _read(tmp_path, GOOD.replace(old, new))


def test_a_source_without_files_says_how_to_name_them(tmp_path: Path) -> None:
    (tmp_path / "source.toml").write_text(GOOD)
    with pytest.raises(BadInput, match="--from DIR"):
        read_source(tmp_path, None)
