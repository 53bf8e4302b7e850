"""The SQL files: a bare SELECT each; the first comment lines say grain, units and what may lack.

`-- optional: targets, $store_id` names extracts without which the view still answers, and
parameters that may be left out (null). `-- macro: a, b` names what a file of macros/ is given.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import sqlglot
from sqlglot import exp

from data.contract import EXTRACTS
from errors import BadInput

_HERE = Path(__file__).parent
PAGE = "/* page */"  # where a view is cut to a page, if not at its end
SCOPE = (_HERE / "scope.sql").read_text(encoding="utf-8")
_HEADER = re.compile(r"^-- (optional|macro): (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class View:
    """One SQL file: `uses` are the extracts, marts and macros it names, `optional` as declared."""

    name: str
    sql: str
    uses: frozenset[str]
    parameters: frozenset[str]
    optional: frozenset[str]
    arguments: tuple[str, ...]

    @property
    def is_in_passing(self) -> bool:
        """A mart that other marts are made from, and that no version keeps."""
        return "\n-- in passing: " in self.sql

    @property
    def digest(self) -> str:
        """Changes with the SQL of the view or of anything it stands on."""
        below = sorted(BELOW[name].digest for name in self.uses if name in BELOW)
        return hashlib.sha256("\n".join([SCOPE, self.sql, *below]).encode()).hexdigest()

    def needs(self) -> frozenset[str]:
        """The extracts without which the view cannot answer, seen through marts and macros."""
        direct = self.uses & EXTRACTS.keys()
        through = [BELOW[name].needs() for name in self.uses if name in BELOW]
        return direct.union(*through) - self.optional


def _read(file: Path) -> View:
    sql = file.read_text(encoding="utf-8")
    tree = sqlglot.parse_one(sql, read="duckdb")
    header: dict[str, list[str]] = {}
    for what, names in _HEADER.findall(sql):
        header.setdefault(what, []).extend(names.split(", "))
    found = {table.name for table in tree.find_all(exp.Table)}
    calls = {call.name for call in tree.find_all(exp.Anonymous)}
    return View(
        file.stem,
        sql,
        frozenset(found | calls),
        frozenset(mark.name for mark in tree.find_all(exp.Placeholder, exp.Parameter)),
        frozenset(name.removeprefix("$") for name in header.get("optional", [])),
        tuple(header.get("macro", [])),
    )


def _in_order(folder: str) -> dict[str, View]:
    """The views of a folder, each after those that it names."""
    found = {file.stem: _read(file) for file in sorted(_HERE.glob(f"{folder}/*.sql"))}
    below = {name: view.uses & found.keys() for name, view in found.items()}
    return {name: found[name] for name in TopologicalSorter(below).static_order()}


MARTS = _in_order("marts")
MACROS = _in_order("macros")
BELOW = MARTS | MACROS


@cache
def screen(name: str) -> View:
    """A view of screens/ by its name; BadInput where there is none."""
    file = _HERE / "screens" / f"{name}.sql"
    if file.parent != _HERE / "screens" or not file.is_file():
        raise BadInput(f"There is no view {name}.")
    return _read(file)
