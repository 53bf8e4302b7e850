"""Waterfalls: bars stand on each other, names are no markup, one magnitude for all."""

import pytest

from components.magnitude import magnitude
from components.waterfall import Bar, told_figure, waterfall_figure

START, END = Bar("a", 100, "start", "100", "accent"), Bar("z", 90, "end", "90", "accent")
MOVES = [Bar("up", 20, "plus", "+20", "won"), Bar("down", -30, "minus", "−30", "lost")]


def test_each_move_begins_where_the_last_one_ended() -> None:
    trace = waterfall_figure([START, *MOVES, END], "day")["data"][0]
    assert trace["base"].tolist() == [0, 100, 120, 0]
    assert (trace["base"] + trace["y"]).tolist() == [100, 120, 90, 90]


def test_bars_go_below_zero_and_stay_within_the_axis() -> None:
    bars = [
        START,
        Bar("down", -150, "minus", "−150", "lost"),
        Bar("z", -50, "end", "−50", "accent"),
    ]
    figure = waterfall_figure(bars, "night")
    low, high = figure["layout"]["yaxis"]["range"]
    assert low < -50 and high > 100


@pytest.mark.parametrize(("move", "is_cut"), [(-1, True), (-60, False)])
def test_the_axis_is_cut_only_where_moves_could_not_be_seen_and_that_is_said(
    move: float, is_cut: bool
) -> None:
    bars = [
        START,
        Bar("down", move, "minus", "x", "lost"),
        Bar("z", 100 + move, "end", "z", "accent"),
    ]
    layout = waterfall_figure(bars, "day", "axis cut")["layout"]
    assert (layout["yaxis"]["range"][0] > 0) is is_cut
    assert (layout.get("annotations", [{}])[0].get("text") == "axis cut") is is_cut


def test_a_name_or_a_sentence_is_no_markup() -> None:
    figure = waterfall_figure([Bar("<b>x</b>", 1, "start", "1", "accent")], "day")
    assert figure["layout"]["xaxis"]["ticktext"] == ["&lt;b&gt;x&lt;/b&gt;"]
    assert "<a" not in told_figure("<a href='x'>y</a>", "day")["layout"]["annotations"][0]["text"]


@pytest.mark.parametrize(
    ("largest", "language", "text", "word"),
    [
        (48_200_000, "en", "48.2", "M"),
        (5_979_000, "en", "5,979", "K"),
        (48_200_000, "zh", "4,820", "万"),
        (12, "en", "12.0", ""),
        (0, "en", "0.0", ""),
        (float("nan"), "en", "–", ""),
    ],
)
def test_amounts_are_counted_in_what_gives_the_largest_two_digits_or_more(
    largest: float, language: str, text: str, word: str
) -> None:
    unit = magnitude(largest, language)
    assert (unit.text(largest), unit.word) == (text, word)


def test_a_move_has_its_sign_and_one_of_nothing_has_none() -> None:
    unit = magnitude(50_000_000, "en")
    assert [unit.text(amount, sign=True) for amount in (1_100_000, -900_000, -20)] == [
        "+1.1", "−0.9", "0.0",
    ]  # fmt: skip
