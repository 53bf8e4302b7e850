"""Both languages say the same things."""

import json
import re

from components.words import money, percent
from settings import HOUSE


def test_both_catalogues_have_the_same_keys_and_placeholders() -> None:
    english, chinese = (
        json.loads((HOUSE / "translations" / f"{name}.json").read_text(encoding="utf-8"))
        for name in ("en", "zh")
    )
    assert english.keys() == chinese.keys()
    for key, text in english.items():
        assert sorted(re.findall(r"{\w+}", text)) == sorted(re.findall(r"{\w+}", chinese[key]))


def test_large_amounts_are_written_as_each_language_does() -> None:
    assert money(1_234_567, "USD", "en") == "$1.2M"
    assert money(1_234_567, "CNY", "zh") == "¥123.5万"
    assert money(float("nan"), "USD", "en") == "–"
    assert percent(-0.183, sign=True) == "−18%"
