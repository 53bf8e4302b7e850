"""The cubes of margins: sums of order lines by month and a few dimensions, made at each load."""

from __future__ import annotations

from dataclasses import dataclass

from domain.dimensions import DIMENSION, MEASURES

BY_PRODUCT = "margin_lines_by_product"  # the wide mart, within a month by product, not customer
FEWEST_LINES = 200_000  # below that a scan of the lines is as quick
FEWEST_BY_PRODUCT = 5_000_000  # below that so is a scan for one product, and the copy costs seconds


@dataclass(frozen=True)
class Cube:
    """Sums by month and `dimensions`, in this order. Those in `along` follow from one of these.

    A customer has one cluster, a product mostly one line, a unit one region: they make no more
    rows, or hardly any.
    """

    dimensions: tuple[str, ...]
    along: tuple[str, ...] = ()

    @property
    def table(self) -> str:
        """Its name among the marts."""
        return "_".join(["margin_cube", *self.dimensions])

    @property
    def all_dimensions(self) -> frozenset[str]:
        """What it can answer for."""
        return frozenset({"month", *self.dimensions, *self.along})

    def sql(self, money: str) -> str:
        """The bare SELECT that makes it; `money` is the type of its sums."""
        columns = ["month", *(DIMENSION[name].column for name in (*self.dimensions, *self.along))]
        sums = [
            "count(*)::bigint as line_count",
            *(f"sum({measure})::{money} as {measure}" for measure in MEASURES[1:]),
        ]
        groups = ", ".join(columns)
        return (
            f"select {groups}, {', '.join(sums)} from loaded.margin_lines "
            f"group by {groups} order by {groups}"
        )


_UNIT = ("region",)
CUBES = (
    Cube(("region", "channel", "product_line")),
    Cube(("region", "customer_cluster", "product_line")),
    Cube(("rep",)),
    Cube(("product",), ("product_line",)),
    Cube(("org_unit", "channel", "product_line"), _UNIT),
    Cube(("org_unit", "channel", "customer_cluster"), _UNIT),
    Cube(("org_unit", "customer_cluster", "product_line"), _UNIT),
    Cube(("org_unit", "profit_unit", "project"), _UNIT),
    Cube(("channel", "customer_cluster", "product_line")),
    Cube(("rep", "org_unit", "channel"), _UNIT),
    Cube(("rep", "org_unit", "product_line"), _UNIT),
    Cube(("rep", "org_unit", "profit_unit"), _UNIT),
    Cube(("product", "channel"), ("product_line",)),
    Cube(("product", "region"), ("product_line",)),
    Cube(("product", "customer_cluster"), ("product_line",)),
    Cube(("customer", "org_unit"), ("customer_cluster", "region")),
)
