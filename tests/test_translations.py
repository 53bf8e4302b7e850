"""Both languages say the same things."""

import json
import re

import sqlglot

from app import create_app
from components.words import money, percent, problem
from domain.metrics import METRICS
from errors import BadInput
from queries.views import screen
from settings import HOUSE, Settings


def test_both_catalogues_have_the_same_keys_and_placeholders() -> None:
    english, chinese = (
        {
            (file.name, key): text
            for file in (HOUSE / "translations" / name).glob("*.json")
            for key, text in json.loads(file.read_text(encoding="utf-8")).items()
        }
        for name in ("en", "zh")
    )
    assert english.keys() == chinese.keys()
    for key, text in english.items():
        assert sorted(re.findall(r"{\w+}", text)) == sorted(re.findall(r"{\w+}", chinese[key]))


def test_no_key_stands_in_two_files_of_the_catalogue() -> None:
    files = (HOUSE / "translations" / "en").glob("*.json")
    keys = [key for file in files for key in json.loads(file.read_text(encoding="utf-8"))]
    assert len(keys) == len(set(keys)) > 100


def test_large_amounts_are_written_as_each_language_does() -> None:
    assert money(1_234_567, "USD", "en") == "$1.2M"
    assert money(1_234_567, "CNY", "zh") == "¥123.5万"
    assert money(float("nan"), "USD", "en") == "–"
    assert percent(-0.183, sign=True) == "−18%"


def test_every_column_of_the_rows_behind_a_number_has_a_heading_in_both_languages() -> None:
    create_app(Settings())  # a page's panels exist only once its app does
    from pages.panels.drawer import label

    for metric in METRICS:
        selected = sqlglot.parse_one(screen(metric.rows_view).sql, read="duckdb").named_selects
        for name in selected:
            assert label(name, metric.id, "en") and label(name, metric.id, "zh"), (metric.id, name)


def test_a_problem_is_told_in_the_readers_language_with_its_own_words_kept() -> None:
    error = BadInput("2000% is out of range.", "Add the % sign.")
    assert problem(error, "zh") == "2000% 超出范围。请加上 % 号。"
    assert problem(error, "en") == str(error)
