"""What stands open beside the page, as the address says it, checked before anything is read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from errors import BadInput

KINDS = ("lines", "pick", "projects", "what_if")
SIDES = ("period", "base")
_MOST = 2000  # characters


@dataclass(frozen=True)
class Opened:
    """One thing that is open: `kind` is one of KINDS.

    lines: those of the row at `path`, in the period or its base, from row `offset` on, with the
    costs of line `line`. pick: members of `dimension`. projects: the sheet of `project`, or the
    list. what_if: a change of what is filtered.
    """

    kind: str
    path: tuple[str, ...] = ()
    side: str = "period"
    offset: int = 0
    line: str = ""
    dimension: str = ""
    project: str = ""

    def text(self, **changes: Any) -> str:
        """The address's text for this with some of it changed."""
        found: dict[str, Any] = {"side": self.side, "offset": self.offset, "line": self.line}
        found |= changes
        first = {"lines": list(self.path)} if self.kind == "lines" else {self.kind: self.project}
        kept = {name: value for name, value in found.items()
                if value and value != "period"}  # fmt: skip
        return json.dumps({**first, **kept}, ensure_ascii=False, separators=(",", ":"))


def opened_of(text: str, lang_text: str) -> Opened | None:
    """What an address's `open` names, None for nothing; BadInput saying `lang_text` otherwise."""
    if not text:
        return None
    try:
        given = json.loads(text)
        kind = next(kind for kind in KINDS if kind in given)
        found = _opened(kind, given)
    except (ValueError, TypeError, StopIteration, RecursionError, AttributeError):
        raise BadInput(lang_text) from None
    return found


def _opened(kind: str, given: dict[str, Any]) -> Opened:
    subject = given[kind]
    path = subject if kind == "lines" else []
    texts = [*path, given.get("line", ""), given.get("side", "period"),
             subject if kind != "lines" else ""]  # fmt: skip
    offset = given.get("offset", 0)
    if not isinstance(path, list) or not all(isinstance(one, str) for one in texts):
        raise TypeError
    if max(map(len, texts)) > _MOST or type(offset) is not int or not 0 <= offset < 10**9:
        raise ValueError
    side = given.get("side", "period")
    return Opened(kind, tuple(path), side if side in SIDES else "period", offset,
                  given.get("line", ""), subject if kind == "pick" else "",
                  subject if kind == "projects" else "")  # fmt: skip
