"""The ready sources: a set is nothing but its folder, and everything in it is used."""

from pathlib import Path

import pytest

from data.source import read_source
from settings import HOUSE

SOURCES = sorted(file.parent for file in (HOUSE / "data" / "sources").glob("*/source.toml"))
CODE = [
    file
    for room in ("components", "data", "domain", "pages", "queries")
    for kind in ("*.py", "*.sql")
    for file in (HOUSE / room).rglob(kind)
    if "sources" not in file.parts
] + list(HOUSE.glob("*.py"))


@pytest.mark.parametrize("folder", SOURCES, ids=lambda folder: folder.name)
def test_no_mapping_in_the_folder_is_forgotten_in_source_toml(
    folder: Path,
) -> None:
    source = read_source(folder, raw_dir=folder)
    assert source.name == folder.name
    written = {file.stem for file in folder.glob("*.sql")}
    assert written <= {mapping.extract for mapping in source.mappings}


@pytest.mark.parametrize("name", [folder.name for folder in SOURCES if folder.name != "sample"])
def test_no_code_knows_the_set(name: str) -> None:
    assert CODE
    assert [str(file) for file in CODE if name in file.read_text(encoding="utf-8")] == []
