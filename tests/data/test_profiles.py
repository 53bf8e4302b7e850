"""Margin rule profiles as files."""

from pathlib import Path

import pytest

from data.profiles import profile, profile_names
from domain.profile import COST_TYPES
from errors import BadInput
from settings import Settings


@pytest.mark.parametrize("name", profile_names())
def test_every_profile_that_ships_takes_all_costs_off_in_the_end(name: str) -> None:
    assert set(profile(name).level("cm3").cost_types) == set(COST_TYPES)


def test_the_default_profile_is_the_one_of_the_settings() -> None:
    default = profile(Settings().margin_profile)
    assert default.level().cost_types == ("material", "labor", "manufacturing")
    assert default.floor() is None


def test_two_examples_ship_with_their_floors() -> None:
    assert profile_names() == ("bank", "default", "machinery")
    assert profile("machinery").floor("Spare parts") == 0.3
    assert profile("bank").headline == "cm1"


@pytest.mark.parametrize("name", ["nowhere", "../sources/sample/source", ""])
def test_a_profile_that_does_not_exist_is_told_with_those_that_do(name: str) -> None:
    with pytest.raises(BadInput, match="bank, default, machinery"):
        profile(name)


_GOOD = 'headline = "cm1"\n[levels]\ncm1 = ["material"]\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("headline = ", "own.toml cannot be read"),
        ('headline = "cm1"', "own.toml: levels or headline is missing"),
        (_GOOD + "[bonus]\nx = 1", "own.toml: bonus is unknown"),
        ('headline = "cm1"\nlevels = 3', "own.toml: levels is no table"),
        ('headline = "cm1"\n[levels]\ncm1 = "material"', r"levels\.cm1 is no list"),
        ('headline = "cm1"\n[levels]\ncm1 = ["steel"]', r"own.toml: levels\.cm1 names 'steel'"),
        (_GOOD + "[drivers]\nfreight = 3", r"drivers\.freight is no text"),
        (_GOOD + "[floors]\nrate = true", r"floors\.rate is no number"),
        (_GOOD + "[floors]\nrate = nan", r"floors\.rate is no number"),
        (_GOOD + "[floors]\nquote = 0.1", r"floors\.quote is unknown"),
    ],
)
def test_a_wrong_file_names_itself_and_the_key(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=told):
        profile("own", tmp_path)
