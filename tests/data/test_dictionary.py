"""The generated pages are what the contract and the settings say now."""

import pytest

from data.contract import EXTRACTS
from data.dictionary import data_dictionary, pages, settings_page
from settings import HOUSE, Settings


@pytest.mark.parametrize("page", ["data-dictionary.md", "settings.md"])
def test_a_generated_page_is_current(page: str) -> None:
    path = HOUSE / "docs" / page
    assert path.read_text(encoding="utf-8") == pages()[path], "run python -m data.dictionary"


def test_every_column_has_a_line_in_the_dictionary() -> None:
    text = data_dictionary()
    for extract in EXTRACTS.values():
        section = text.split(f"### {extract.name}\n")[1].split("###")[0]
        assert all(f"| `{column.name}` |" in section for column in extract.columns), extract.name


def test_every_setting_has_a_description_and_no_path_of_this_machine() -> None:
    text = settings_page()
    assert all(field.description for field in Settings.model_fields.values())
    assert all(f"WARROOM_{name.upper()}`" in text for name in Settings.model_fields)
    assert str(HOUSE) not in text
