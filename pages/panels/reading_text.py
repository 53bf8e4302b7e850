"""A reading in words and figures: what a tile, a cell and a breach say."""

from __future__ import annotations

from components.words import DASH, money, money_parts, percent, plain, points
from domain.readings import Reading
from pages.panels.sight import Sight


def big(sight: Sight, reading: Reading) -> tuple[str, str]:
    """The number of a tile and, apart, what it is counted in."""
    shows = reading.metric.shows
    if shows == "money":
        return money_parts(reading.numerator, sight.currency, sight.language)
    if shows == "share":
        digits = plain(None if reading.value is None else reading.value * 100)
        return digits, "" if digits == DASH else "%"
    if reading.is_met:
        return sight.say("board.covered"), ""
    digits = plain(reading.value, 1 if shows == "times" else 0)
    return digits, "" if digits == DASH else sight.say(f"unit.{shows}")


def small(sight: Sight, reading: Reading) -> str:
    """The number of a cell: the ratio in its unit."""
    shows = reading.metric.shows
    if shows == "money":
        return percent(reading.value)
    if shows == "share":
        return percent(reading.value, 1)
    number, unit = big(sight, reading)
    return f"{number}{' ' if shows == 'hours' and unit else ''}{unit}"


def against(sight: Sight, reading: Reading) -> str:
    """What the number is measured against, as a short sentence."""
    metric, value = reading.metric, reading.value
    if reading.is_met:
        return sight.say("board.covered.note")
    if reading.judged is None or value is None:
        return sight.say("board.nothing_to_judge")
    if metric.judged_by == "gap":
        gap, whole = points(reading.judged), percent(reading.reference, 1)
        return sight.say("board.gap", gap=gap, reference=whole)
    if metric.shows == "money":
        share = percent(abs(value - 1))
        side = "even" if share == percent(0) else "below" if value < 1 else "above"
        return sight.say(f"board.{metric.id}.{side}", share=share)
    if metric.shows == "share":
        part, whole = (
            money(amount, sight.currency, sight.language)
            for amount in (reading.numerator, reading.denominator)
        )
        return sight.say(f"board.{metric.id}.note", part=part, whole=whole)
    limit = plain(reading.threshold.limits.yellow, 1 if metric.shows == "times" else 0)
    return sight.say(f"board.{metric.id}.note", limit=limit)


def limit(sight: Sight, reading: Reading, value: float) -> str:
    """A limit of the reading's metric as people write it."""
    unit = reading.metric.unit
    if unit == "share":
        return percent(value, 1).replace(".0%", "%")
    if unit == "points":
        return f"{points(value)} {sight.say('unit.points')}"
    return f"{plain(value).removesuffix('.0')} {sight.say(f'unit.{unit}')}"
