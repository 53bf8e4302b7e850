"""The tokens of assets/00-tokens.css, for figures: the stylesheet is their only home."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

THEMES = ("night", "day")


@cache
def tokens(theme: str) -> dict[str, str]:
    """Token name to colour: those that both themes share, then the theme's own."""
    css = (Path(__file__).parent.parent / "assets" / "00-tokens.css").read_text(encoding="utf-8")
    shared = css.split(":root", 1)[1].split("}", 1)[0]
    own = css.split(f'[data-theme="{theme}"]', 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([a-z-]+): ([^;]+);", shared + own))
