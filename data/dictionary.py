"""docs/data-dictionary.md and docs/settings.md, made from the contract and the settings.

`python -m data.dictionary` writes both; a test says when they are not current.
"""

from __future__ import annotations

from pathlib import Path

from data.contract import (
    BOOKKEEPING,
    EXTRACTS,
    FLEXIBLE_PREFIX,
    WHAT_HAPPENED,
    WHO_AND_WHAT,
    Column,
    Extract,
)
from settings import HOUSE, Settings

_SOURCE = """## How a source is declared

A source is a folder with `source.toml` and, for each extract, `<extract>.sql`: a SELECT over
`raw.<file>` (without it, all columns of `raw.<extract>`). Each raw row has a `row_number`. A
mapping may add `refused_because` (text: the row goes to quarantine) and `mended_because` (text:
it goes on and is counted). `number(t)`, `day(t)` and `instant(t)` read text in the declared
formats.

| key of source.toml | what it is |
|---|---|
| `name`, `title` | a-z, 0-9 and _; a title for people |
| `path` | folder of the raw files, from source.toml; `--from` goes before it |
| `date_format`, `instant_format` | strptime patterns of text |
| `time_zone` | IANA time zone of instants that do not say theirs |
| `decimal`, `thousands` | marks in numbers |
| `delay_hours` | how long after it happened a row of history was known |
| `earliest`, `latest` | dates outside go to quarantine |
| `[files.<file>]` `path`, `format` | a file or a pattern; csv, parquet, xlsx or jsonl |
| `[files.<file>]` `encoding`, `delimiter`, `sheet` | Python's name; of csv; of xlsx |
| `[extracts.<extract>]` `rows_of` | the raw file of which every row must come out, once |
| `[extracts.<extract>]` `key = "row_number"` | for rows that have no key of their own |
| `[extracts.<extract>]` `parts = true` | only changed files of a pattern are read |

A load reads what changed: content of files, mapping, settings or contract. Where `SHA256SUMS`
lies beside the raw files, a file that is not what it says is refused. An event later than a day
after the load goes to quarantine until it has come, except where it may lie ahead.
"""
_MADE = "Made by `python -m data.dictionary`; edit {source} instead.\n"


def pages() -> dict[Path, str]:
    """The generated pages: their paths and texts."""
    docs = HOUSE / "docs"
    return {docs / "data-dictionary.md": data_dictionary(), docs / "settings.md": settings_page()}


def data_dictionary() -> str:
    """Every extract with its key, columns and rules, in Markdown."""
    parts = [
        "# Data dictionary\n",
        _MADE.format(source="data/contract.py"),
        f"A source may map any of the {len(EXTRACTS)} extracts; a screen says which one it misses. "
        "Rates are 0..1, dates are local days, instants are UTC, money is in the reporting "
        "currency. A row that breaks a rule goes to quarantine with the rule's name; a reference "
        "that matches nothing is counted and its row goes on. Columns named "
        f"`{FLEXIBLE_PREFIX}*` pass through any extract unchecked.\n",
        "## In every extract\n",
        "The loader fills these; a mapping may not.\n",
        _table(BOOKKEEPING),
    ]
    parts.append(_SOURCE)
    for title, extracts in [("Who and what", WHO_AND_WHAT), ("What happened", WHAT_HAPPENED)]:
        parts.append(f"## {title}\n")
        parts += [_section(extract) for extract in extracts]
    return "\n".join(parts)


def settings_page() -> str:
    """Every setting with its default, in Markdown."""
    prefix = Settings.model_config["env_prefix"]
    lines = ["| variable | default | what it is |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "" if field.default_factory else str(field.default)
        default = default.replace(str(HOUSE), "<the installation's folder>")
        shown = f"`{default}`" if default else ""
        lines.append(f"| `{prefix}{name.upper()}` | {shown} | {_plain(field.description)} |")
    return "\n".join(
        [
            "# Settings\n",
            _MADE.format(source="settings.py"),
            "Each is an environment variable; the defaults run the product on one laptop.\n",
            *lines,
            "",
        ]
    )


def _plain(text: str | None) -> str:
    return (text or "").replace("<", "&lt;").replace("|", "\\|")


def _section(extract: Extract) -> str:
    facts = [f"One row: {extract.grain}.", f"Key: {_names(extract.key)}."]
    if extract.event_column:
        ahead = " (may lie ahead)" if extract.is_event_planned else ""
        facts.append(f"When it happened: {_names((extract.event_column,))}{ahead}.")
    if extract.scope_column:
        facts.append(f"Who may see it follows from {_names((extract.scope_column,))}.")
    return f"### {extract.name}\n\n{' '.join(facts)}\n\n{_table(extract.columns)}"


def _table(columns: tuple[Column, ...]) -> str:
    lines = ["| column | type | unit | needed | meaning and rules |", "|---|---|---|---|---|"]
    for column in columns:
        needed = "yes" if column.is_required and not column.default else ""
        cells = (f"`{column.name}`", column.type, column.unit, needed, _rules(column))
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join([*lines, ""])


def _rules(column: Column) -> str:
    said = [column.meaning] if column.meaning else []
    if column.values:
        said.append(f"one of {', '.join(column.values)}")
    if column.low is not None and column.high is not None:
        said.append(f"{column.low:g} to {column.high:g}")
    elif column.low is not None:
        said.append(f"{column.low:g} or more")
    if column.references:
        said.append(f"names one of [{column.references}](#{column.references})")
    if column.default:
        said.append(f"{column.default} where it is not mapped")
    return "; ".join(said)


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


if __name__ == "__main__":
    for path, text in pages().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
