"""What the address asks of a money page, with every value checked.

A value that makes no sense is never guessed at: `problems` says it, and where the numbers would
answer another question than the link's (a filter, a moment), `is_refused`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import quote

from components.theme import THEMES
from components.words import LANGUAGES
from settings import settings

Path = tuple[str, ...]
Where = tuple[tuple[str, tuple[str, ...]], ...]

DEFAULT_BY = ("customer", "product", "channel", "rep")
SORTS = ("name", "revenue", "margin", "rate", "points", "share")
BRIDGES = ("money", "rate", "target")
_MOST = 2000  # rows a level, and characters of a member
_MOST_PARTS = 200


@dataclass(frozen=True)
class Problem:
    """A sentence of the catalogue: problem.<key> with its values."""

    key: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Asked:
    """The state of /profit. `where` filters, `expanded` are the paths unfolded below it."""

    theme: str
    lang: str
    unit: str | None = None
    as_of: str | None = None
    period: str = ""
    base: str = ""
    by: tuple[str, ...] = DEFAULT_BY
    where: Where = ()
    expanded: tuple[Path, ...] = ()
    level: str = ""
    sort: str = "revenue"
    is_ascending: bool = False
    costs: tuple[str, ...] = ()
    bridge: str = "money"
    most: int = 40
    opened: str = ""
    problems: tuple[Problem, ...] = ()
    is_refused: bool = False

    @property
    def drilled(self) -> tuple[str, ...]:
        """The dimensions still to drill by: those that no single member is chosen of."""
        single = {dimension for dimension, members in self.where if len(members) == 1}
        return tuple(dimension for dimension in self.by if dimension not in single)

    def kept(self) -> dict[str, str]:
        """What the links to other pages hand on."""
        return {"theme": self.theme, "lang": self.lang, "unit": self.unit or "",
                "as_of": self.as_of or ""}  # fmt: skip

    def with_problem(self, problem: Problem, refused: bool = False) -> Asked:
        return replace(self, problems=(*self.problems, problem),
                       is_refused=self.is_refused or refused)  # fmt: skip


def asked_of(**query: str) -> Asked:
    """The state that an address's query asks for."""
    texts = {name: value for name, value in query.items() if isinstance(value, str)}
    sort, _, side = texts.get("sort", "").partition(".")
    found = Asked(
        _one_of(texts.get("theme"), THEMES, "day"),
        _one_of(texts.get("lang"), LANGUAGES, settings().language),
        texts.get("unit") or None,
        period=texts.get("period", ""),
        base=texts.get("base", ""),
        by=_names(texts.get("by", "")) or DEFAULT_BY,
        level=texts.get("level", ""),
        sort=sort if sort in SORTS or sort.endswith("_amount") else "revenue",
        is_ascending=side == "up",
        costs=_names(texts.get("costs", "")),
        bridge=_one_of(texts.get("bridge"), BRIDGES, "money"),
        most=_number(texts.get("most", ""), 40),
        opened=texts.get("open", ""),
    )
    return _with_paths(_with_filters(_at(found, texts.get("as_of", "")), texts), texts)


def _at(found: Asked, text: str) -> Asked:
    if not text:
        return found
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+"))  # an address's + is a space
        if moment.tzinfo is None:
            raise ValueError
    except ValueError:
        return found.with_problem(Problem("as_of", (("text", text[:60]),)), refused=True)
    return replace(found, as_of=moment.isoformat())


def _with_filters(found: Asked, texts: dict[str, str]) -> Asked:
    try:
        return replace(found, where=where_of(texts.get("where", "")))
    except (ValueError, TypeError):
        return found.with_problem(Problem("where"), refused=True)


def _with_paths(found: Asked, texts: dict[str, str]) -> Asked:
    try:
        given = json.loads(texts.get("expanded", "") or "[]")
        return replace(found, expanded=tuple(_path(path) for path in given[:_MOST_PARTS]))
    except (ValueError, TypeError, RecursionError):
        return found


def where_of(text: str) -> Where:
    """Filters from the address; ValueError or TypeError where it is no such text."""
    try:
        given = json.loads(text or "[]")
    except RecursionError:
        raise ValueError from None
    if not isinstance(given, list) or len(given) > 20:
        raise ValueError
    found: dict[str, tuple[str, ...]] = {}
    for dimension, members in given:
        if not isinstance(dimension, str) or not members or dimension in found:
            raise ValueError
        found[dimension] = tuple(sorted(set(_path(members))))
    return tuple(sorted(found.items()))


def where_text(where: Where) -> str:
    """Filters as the address writes them; "" for none."""
    parts = [[dimension, list(members)] for dimension, members in where]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")) if parts else ""


def narrowed(where: Where, by: tuple[str, ...], path: Path) -> Where:
    """The filters with a row's own members added: what its lines are."""
    found = dict(where)
    found.update({dimension: (member,) for dimension, member in zip(by, path, strict=False)})
    return tuple(sorted(found.items()))


def without(where: Where, dimension: str) -> Where:
    return tuple(part for part in where if part[0] != dimension)


def path_text(path: Path) -> str:
    """A row's id: the members on the way to it; quoted, for the grid puts it into HTML."""
    return quote(json.dumps(list(path), ensure_ascii=False, separators=(",", ":")), safe="")


def _path(given: Any) -> Path:
    if not isinstance(given, list) or len(given) > _MOST_PARTS:
        raise TypeError
    if not all(isinstance(member, str) and len(member) <= _MOST for member in given):
        raise TypeError
    return tuple(given)


def _names(text: str) -> tuple[str, ...]:
    names = (name.strip() for name in text.split(",")[:20])
    return tuple(dict.fromkeys(name for name in names if name))


def _one_of(text: str | None, known: tuple[str, ...], otherwise: str) -> str:
    return text if text in known else otherwise


def _number(text: str, otherwise: int) -> int:
    return (
        min(int(text), _MOST) if text.isascii() and text.isdigit() and len(text) < 6 else otherwise
    )
