"""Bonus rules as files: the one that ships is right, a wrong one names the file and the key."""

from pathlib import Path

import pytest

from data.bonus import FOLDER, bonus_rules
from errors import BadInput

SHIPPED = (FOLDER / "default.toml").read_text(encoding="utf-8")


def read(tmp_path: Path, text: str) -> object:
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    return bonus_rules("own", tmp_path)


def test_sixty_per_cent_hang_on_the_margin_rate_by_default() -> None:
    rules = bonus_rules("default")
    assert (rules.margin_weight, rules.pool_of, rules.pool_share) == (0.60, "margin", 0.05)
    assert rules.rate_curve.points == ((0.8, 0.0), (1.0, 1.0), (1.2, 1.5))
    assert rules.other == "margin"


def test_rules_that_are_not_there_are_refused() -> None:
    with pytest.raises(BadInput, match="no bonus rules"):
        bonus_rules("../default")


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("margin_weight = 0.60", "margin_weight = 1.60", "margin weight is out"),
        ("margin_weight = 0.60", 'margin_weight = "much"', "margin_weight is no number"),
        ("margin_weight = 0.60", "weight = 0.60", "The file lacks margin_weight"),
        ("share = 0.05", "share = 0.05\nceiling = 1", r"\[pool\] has the unknown ceiling"),
        ('of = "margin"', 'of = "sales"', "The pool or the other score"),
        ("[[0.8, 0.0], [1.0, 1.0]", "[[0.8, 0.0], 1.0", "rate.points is no list of pairs"),
        ("[[0.8, 0.0], [1.0, 1.0]", "[[0.8, 2.0], [1.0, 1.0]", r"\[rate\]: A curve needs"),
        ("cap = 1.5", "cap = nan", r"\[rate\]: A curve's points or cap"),
        ("[rate]", "[rate", "cannot be read"),
    ],
)  # fmt: skip
def test_a_wrong_file_names_itself_and_the_key(
    tmp_path: Path, old: str, new: str, what: str
) -> None:
    with pytest.raises(BadInput, match=f"own.toml.*{what}"):
        read(tmp_path, SHIPPED.replace(old, new, 1))


def test_a_table_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="pool is no table"):
        read(tmp_path, "margin_weight = 0.6\npool = 1\nrate = 1\nother = 1\n")
