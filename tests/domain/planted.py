"""Made-up companies with one planted cause, to see whether it is found.

Nothing here comes from the code under test: prices, costs, quantities and their natural noise and
drift are drawn, then one cell over one to three dimensions is changed in the period.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from domain.profile import COST_COLUMN

DIMENSIONS = ("customer", "product", "channel", "rep")
KINDS = ("price", "discount", "material", "freight", "volume", "mix")


@dataclass(frozen=True)
class Planted:
    """A company's leaves, the planted cell, what was done to it, and which leaves are in it."""

    leaves: pd.DataFrame
    cell: dict[str, str]
    kind: str
    is_in: np.ndarray


def planted(
    seed: int, churn: float = 0.07, loyalty: float = 0.8, inflation: float = 0.0
) -> Planted:
    """The company of this seed.

    `churn` is the share of leaves without a line in a period, `loyalty` that of leaves with the
    customer's usual channel or rep, `inflation` what all prices and costs rise by.
    """
    chance = np.random.default_rng(seed)
    leaves = _leaves(chance, loyalty)
    cell, is_in = _cell(chance, leaves)
    kind = str(chance.choice(KINDS))
    base = _period(chance, leaves, leaves["units"].to_numpy(), {})
    growth = _growth(chance, leaves)
    change = _change(chance, kind, leaves, is_in)
    now = _period(chance, leaves, leaves["units"].to_numpy() * growth, change)
    now[[name for name in now if name.endswith("_amount")]] *= 1 + inflation
    base[chance.random(len(leaves)) < churn] = 0.0
    now[chance.random(len(leaves)) < churn] = 0.0
    frame = pd.concat(
        [leaves[list(DIMENSIONS)], base.add_suffix("_0"), now.add_suffix("_1")], axis=1
    )
    return Planted(frame, cell, kind, is_in)


def _leaves(chance: np.random.Generator, loyalty: float) -> pd.DataFrame:
    customers, products = int(chance.integers(60, 401)), int(chance.integers(20, 61))
    channels, reps = int(chance.integers(3, 9)), int(chance.integers(10, 41))
    size = chance.lognormal(0, 1.1, customers)
    usual_channel = chance.choice(channels, customers, p=_shares(chance, channels))
    usual_rep = chance.integers(0, reps, customers)
    liked = _shares(chance, products)
    rows = []
    for customer in range(customers):
        count = int(np.clip(chance.poisson(4 + 3 * size[customer]), 2, products))
        for product in chance.choice(products, count, replace=False, p=liked):
            is_usual = chance.random(2) < loyalty
            rows.append(
                (
                    customer,
                    product,
                    usual_channel[customer] if is_usual[0] else chance.integers(channels),
                    usual_rep[customer] if is_usual[1] else chance.integers(reps),
                    size[customer] * chance.lognormal(0, 0.7),
                )
            )
    frame = pd.DataFrame(rows, columns=[*DIMENSIONS, "units"])
    list_price = chance.lognormal(4, 0.8, products)
    leaves = frame.assign(
        list_price=list_price[frame["product"]],
        units=frame["units"] * 3000 / list_price[frame["product"]] ** 0.8,
        cost_share=chance.uniform(0.45, 0.75, products)[frame["product"]],
        freight_share=chance.uniform(0.02, 0.06, channels)[frame["channel"]],
        discount_share=chance.uniform(0.02, 0.10, customers)[frame["customer"]],
    )
    return leaves.assign(**{name: name[0] + frame[name].astype(str) for name in DIMENSIONS})


def _shares(chance: np.random.Generator, count: int) -> np.ndarray:
    weights = chance.lognormal(0, 0.7, count)
    return weights / weights.sum()


def _cell(chance: np.random.Generator, leaves: pd.DataFrame) -> tuple[dict[str, str], np.ndarray]:
    """A cell of 2 to 25 % of the value, in its shortest form, that is more than one leaf."""
    value = (leaves["units"] * leaves["list_price"]).to_numpy()
    for _ in range(10_000):
        count = int(chance.integers(1, 4))
        leaf = leaves.iloc[int(chance.choice(len(leaves), p=value / value.sum()))]
        chosen = chance.choice(4, count, replace=False)
        names = [DIMENSIONS[number] for number in sorted(chosen)]
        cell = {name: str(leaf[name]) for name in names}
        is_in = _matches(leaves, cell)
        if 0.02 <= value[is_in].sum() / value.sum() <= 0.25 and is_in.sum() >= 2:
            return _shortest(leaves, cell, is_in), is_in
    raise AssertionError("No cell of that size.")


def _matches(leaves: pd.DataFrame, cell: dict[str, str]) -> np.ndarray:
    return np.logical_and.reduce(
        [(leaves[key] == member).to_numpy() for key, member in cell.items()]
    )


def _shortest(leaves: pd.DataFrame, cell: dict[str, str], is_in: np.ndarray) -> dict[str, str]:
    for name in list(cell):
        shorter = {key: member for key, member in cell.items() if key != name}
        if shorter and (_matches(leaves, shorter) == is_in).all():
            return _shortest(leaves, shorter, is_in)
    return cell


def _growth(chance: np.random.Generator, leaves: pd.DataFrame) -> np.ndarray:
    """The natural drift of quantities: by leaf, product and customer, round a common growth."""
    noise = chance.lognormal(0, 0.25, len(leaves)) * chance.uniform(0.9, 1.2)
    for name, spread in (("product", 0.08), ("customer", 0.12)):
        codes = pd.factorize(leaves[name])[0]
        noise *= chance.lognormal(0, spread, codes.max() + 1)[codes]
    return noise


def _change(
    chance: np.random.Generator, kind: str, leaves: pd.DataFrame, is_in: np.ndarray
) -> dict[str, np.ndarray]:
    """What the planted cause multiplies, or adds to the discount, leaf by leaf."""
    size = {
        "price": 1 - chance.uniform(0.07, 0.15),
        "discount": chance.uniform(0.05, 0.12),
        "material": 1 + chance.uniform(0.10, 0.20),
        "freight": chance.uniform(2.0, 3.5),
        "volume": _more_or_less(chance),
        "mix": _more_or_less(chance),
    }[kind]
    if kind == "discount":
        return {"discount": np.where(is_in, size, 0.0)}
    if kind == "mix":  # the cell's share moves, the sum of all quantities at list price does not
        value = (leaves["units"] * leaves["list_price"]).to_numpy()
        rest = (value.sum() - size * value[is_in].sum()) / value[~is_in].sum()
        return {"volume": np.where(is_in, size, rest)}
    return {kind: np.where(is_in, size, 1.0)}


def _more_or_less(chance: np.random.Generator) -> float:
    return float(chance.choice([chance.uniform(0.3, 0.5), chance.uniform(1.7, 2.5)]))


def _period(
    chance: np.random.Generator,
    leaves: pd.DataFrame,
    units: np.ndarray,
    change: dict[str, np.ndarray],
) -> pd.DataFrame:
    count = len(leaves)

    def noise(spread: float) -> np.ndarray:
        return chance.lognormal(0, spread, count)

    qty = np.maximum(np.rint(units * change.get("volume", 1.0)), 1)
    listed = qty * leaves["list_price"] * noise(0.015) * change.get("price", 1.0)
    share = leaves["discount_share"] + chance.normal(0, 0.008, count) + change.get("discount", 0.0)
    revenue = listed * (1 - share)
    material = qty * leaves["list_price"] * leaves["cost_share"] * noise(0.025)
    freight = qty * leaves["list_price"] * leaves["freight_share"] * noise(0.15)
    frame = pd.DataFrame(
        {
            "line_count": 1.0,
            "qty": qty,
            "list_amount": listed,
            "discount_amount": listed * share,
            "rebate_amount": 0.0,
            "net_revenue_amount": revenue,
            **dict.fromkeys(COST_COLUMN.values(), 0.0),
            "material_amount": material * change.get("material", 1.0),
            "freight_amount": freight * change.get("freight", 1.0),
        }
    )
    return frame.astype("float64")
