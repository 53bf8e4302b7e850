"""Where the rows of margins come from: the smallest cube that covers a question, the wide mart, or
the lines as they were known. All of them give the same sums."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from domain.dimensions import DIMENSION, MEASURES
from domain.scope import Scope
from queries.cubes import BY_PRODUCT, Cube
from queries.opening import Margins, Opened, opened
from queries.questions import Question, quoted

_NEAR = timedelta(days=7)  # so little before all was known, cubes can be corrected cheaply
# How a line finds the row of an extract whose columns x_* it is drilled by.
_JOINS = {
    "order_lines": "left join known.order_lines as of_order_lines "
    "on lines.order_line_id = of_order_lines.order_line_id",
    "customers": "left join known.customers as of_customers "
    "on lines.customer_id = of_customers.customer_id",
    "products": "asof left join (select * replace (case when row_number() over "
    "(partition by product_id order by valid_from) > 1 then valid_from else date '0001-01-01' end "
    "as valid_from) from known.products) as of_products "
    "on lines.product_id = of_products.product_id and lines.invoice_date >= of_products.valid_from",
}


def line_rows(scope: Scope, asked: Question, condition: str = "true") -> str:
    """SQL of the order lines that `scope` sees, with the columns x_* that are asked for.

    `condition` speaks of days(). All columns of the mart margin_lines, and
    line_count.
    """
    version = opened(scope.version)
    flexible = [f"of_{version.flexible[name]}.{quoted(name)}" for name in asked.flexible]
    joins = _joins(version, asked.flexible)
    return (
        f"(select {', '.join(['lines.*', '1 as line_count', *flexible])} "
        f"from {_lines(scope, version.margins, asked)} as lines {joins} "
        f"where ({condition}) and {_seen(scope)})"
    )


def margin_rows(scope: Scope, asked: Question, first_day: date, last_day: date) -> str:
    """SQL of rows that add up to the lines invoiced from first_day to last_day.

    They have the columns of the dimensions that are asked for, and MEASURES; some are negative
    where a cube is corrected. Days at the ends that are no whole month come from the lines.
    """
    margins = opened(scope.version).margins
    cube = _cube(scope, asked, margins)
    months = _whole_months(first_day, last_day, margins) if margins else None
    if cube is None or margins is None or months is None:
        return line_rows(scope, asked, days(first_day, last_day))
    dimensions = [DIMENSION[name].column for name in asked.dimensions]
    columns = ", ".join([*dimensions, *MEASURES])
    parts = [
        f"select {columns} from marts.{cube.table} as lines "
        f"where {days(*months, 'month')} and {_seen(scope)}"
    ]
    if scope.as_of < margins.known_at:
        parts += _corrections(scope, dimensions, days(*months))
    for first, last in (
        (first_day, months[0] - timedelta(days=1)),
        (months[1] + timedelta(days=1), min(last_day, margins.last_day)),
    ):
        if first <= last:
            parts.append(f"select {columns} from {line_rows(scope, asked, days(first, last))}")
    return f"({' union all '.join(parts)})"


def all_margin_rows(scope: Scope, asked: Question) -> str:
    """margin_rows of all days."""
    return margin_rows(scope, asked, date.min, date.max)


def days(first_day: date, last_day: date, column: str = "invoice_date") -> str:
    """SQL of the condition that a line, or a month, lies in a period."""
    first, last = (f"date '{day.isoformat()}'" for day in (first_day, last_day))
    return f"lines.{column} between {first} and {last}"


def _lines(scope: Scope, margins: Margins | None, asked: Question) -> str:
    """SQL of margin_lines as known at the scope's as_of, of all units.

    Those of a product are found in the copy that is sorted by it, unless a customer is named too.
    """
    if margins is None or not _can_correct(scope, margins):
        return "known.margin_lines"
    filtered = {name for name, _ in asked.where}
    is_by_product = "product" in filtered and "customer" not in filtered
    is_by_product = is_by_product and margins.has_lines_by_product
    table = f"marts.{BY_PRODUCT}" if is_by_product else "loaded.margin_lines"
    if scope.as_of >= margins.known_at:
        return table
    return (
        f"(select * from {table} where settled_at <= getvariable('as_of') "
        "union all select * from unsettled_lines())"
    )


def _can_correct(scope: Scope, margins: Margins) -> bool:
    newest = margins.dimensions_known_at
    return newest is None or newest <= scope.as_of


def _cube(scope: Scope, asked: Question, margins: Margins | None) -> Cube | None:
    """The cube with the fewest rows that covers the question, if there is one."""
    if margins is None or not _can_correct(scope, margins):
        return None
    if scope.as_of < margins.known_at - _NEAR:
        return None
    needed = {*asked.dimensions, *(["org_unit"] if scope.unit_id is not None else [])}
    covering = [cube for cube in margins.cubes if needed <= cube.all_dimensions]
    return min(covering, key=lambda cube: margins.cubes[cube], default=None)


def _corrections(scope: Scope, dimensions: list[str], period: str) -> list[str]:
    """What a cube has too much of lines that do not hold yet, and what was known of them."""
    negative = [f"-{measure} as {measure}" for measure in MEASURES[1:]]
    seen = f"{period} and {_seen(scope)}"
    return [
        f"select {', '.join([*dimensions, '-1 as line_count', *negative])} "
        "from loaded.margin_lines as lines "
        f"where lines.settled_at > getvariable('as_of') and {seen}",
        f"select {', '.join([*dimensions, '1 as line_count', *MEASURES[1:]])} "
        f"from unsettled_lines() as lines where {seen}",
    ]


def _whole_months(first: date, last: date, margins: Margins) -> tuple[date, date] | None:
    """The first and last day of the months that lie wholly in the period, None without any.

    A period that begins before the first line or ends after the last one is whole there.
    """
    first, last = max(first, margins.first_day.replace(day=1)), min(last, _end(margins.last_day))
    if last >= margins.last_day:
        last = _end(last)
    if first.day > 1 and first > margins.first_day:
        first = _end(first) + timedelta(days=1)
    if last < _end(last):
        last = last.replace(day=1) - timedelta(days=1)
    return (first.replace(day=1), last) if first < last else None


def _end(day: date) -> date:
    """The last day of its month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _seen(scope: Scope) -> str:
    """SQL that keeps the rows of the scope's unit and of all below it."""
    if scope.unit_id is None:
        return "true"
    return "lines.org_unit_id in (select org_unit_id from visible_units)"


def _joins(version: Opened, flexible: Iterable[str]) -> str:
    extracts = dict.fromkeys(version.flexible[name] for name in flexible)
    return " ".join(_JOINS[extract] for extract in extracts)
