"""Who the company is: units, people, customers, shops, profit units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from data.sample import names
from data.sample.catalogue import LINES, channels, products
from data.sample.chance import TIME_ZONE, count, local_day, stream

PROJECTS = ("PRJ-METRO-7", "PRJ-PORT-3", "PRJ-COLDCHAIN", "PRJ-GREENPLANT")
CLUSTERS_WITH_UNIT = ("infrastructure", "food_chain")


@dataclass(frozen=True)
class Company:
    """What does not happen but is; frames have the columns of the contract."""

    seed: int
    scale: float
    now: datetime
    org_units: pd.DataFrame
    reps: pd.DataFrame
    customers: pd.DataFrame
    products: pd.DataFrame
    channels: pd.DataFrame
    stores: pd.DataFrame
    profit_units: pd.DataFrame

    @property
    def districts(self) -> pd.DataFrame:
        return self.org_units[self.org_units["level"] == "district"]

    def rep_ids(self, role: str) -> np.ndarray:
        """The ids of everyone with a role, in order."""
        return self.reps.loc[self.reps["role"] == role, "rep_id"].unique().astype(object)


def make_company(seed: int, scale: float, now: datetime) -> Company:
    """The company as it is at `now` (aware); scale 1 has 60 shops, 40 reps and 400 customers."""
    org_units = _org_units()
    stores = _stores(seed, scale, org_units)
    reps = _reps(seed, scale, now, org_units, stores)
    org_units["manager_rep_id"] = _heads(org_units, reps)
    stores["manager_rep_id"] = reps.loc[reps["role"] == "store_manager", "rep_id"].to_numpy()
    supervisors = reps[reps["role"] == "supervisor"].set_index("org_unit_id")["rep_id"]
    stores["supervisor_rep_id"] = stores["org_unit_id"].str[:4].map(supervisors)
    customers = _customers(seed, scale, now, org_units, reps)
    units = _profit_units(now, reps)
    return Company(
        seed, scale, now, org_units, reps, customers, products(now), channels(), stores, units
    )


def _org_units() -> pd.DataFrame:
    rows: list[tuple[str | None, ...]] = [("CN", None, "company", *names.COMPANY)]
    for region, english, chinese, cities in names.REGIONS:
        rows.append((f"CN-{region}", "CN", "region", english, chinese))
        rows += [
            (f"CN-{region}-{city}", f"CN-{region}", "district", name, name_zh)
            for city, name, name_zh, *_ in cities
        ]
    units = pd.DataFrame(rows, columns=["org_unit_id", "parent_id", "level", "en", "x_name_zh"])
    units["name"] = units["en"] + " " + units["x_name_zh"]
    units["tz"] = TIME_ZONE
    return units.drop(columns="en")


def _places() -> pd.DataFrame:
    rows = [
        (f"CN-{region}-{city}", name, name_zh, lat, lon)
        for region, _, _, cities in names.REGIONS
        for city, name, name_zh, lat, lon in cities
    ]
    return pd.DataFrame(rows, columns=["org_unit_id", "city", "city_zh", "lat", "lon"])


def _stores(seed: int, scale: float, org_units: pd.DataFrame) -> pd.DataFrame:
    many, places, rng = count(scale, 60, 12), _places(), stream(seed, "stores")
    at = places.iloc[np.arange(many) % len(places)].reset_index(drop=True)
    which = (np.arange(many) // len(places)) % len(names.SHOP_PLACES)
    english = np.array([names.SHOP_PLACES[number][0] for number in which], object)
    chinese = np.array([names.SHOP_PLACES[number][1] for number in which], object)
    return pd.DataFrame(
        {
            "store_id": [f"S{number:03d}" for number in range(1, many + 1)],
            "name": at["city"] + " " + english + " " + at["city_zh"] + chinese + "店",
            "org_unit_id": at["org_unit_id"],
            "channel_id": "CH-STORE",
            "tz": TIME_ZONE,
            "open_hour": 8,
            "close_hour": 22,
            "lat": (at["lat"] + rng.normal(0, 0.06, many)).round(5),
            "lon": (at["lon"] + rng.normal(0, 0.06, many)).round(5),
            "x_city": at["city"],
        }
    )


def _reps(
    seed: int, scale: float, now: datetime, org_units: pd.DataFrame, stores: pd.DataFrame
) -> pd.DataFrame:
    """Everyone; two reps have moved between districts and so have two stretches of validity."""
    districts = org_units.loc[org_units["level"] == "district", "org_unit_id"].tolist()
    regions = org_units.loc[org_units["level"] == "region", "org_unit_id"].tolist()
    posts = [("hq_ops", "CN")] * 2 + [("director", region) for region in regions]
    posts += [("manager", district) for district in districts]
    posts += [("supervisor", region) for region in regions]
    posts += [("csm", region) for region in regions]
    posts += [("presales", region) for region in regions[:4]]
    posts += [("value_validator", region) for region in regions[:4]]
    posts += [("rep", districts[n % len(districts)]) for n in range(count(scale, 40, 36))]
    posts += [("store_manager", district) for district in stores["org_unit_id"]]
    rng, many = stream(seed, "reps"), len(posts)
    reps = pd.DataFrame(posts, columns=["role", "org_unit_id"])
    reps["rep_id"] = [f"P{number:03d}" for number in range(1, many + 1)]
    reps["name"] = _people(rng, many)
    today = local_day(now)
    reps["hire_date"] = [today - timedelta(int(days)) for days in rng.integers(450, 4000, many)]
    reps["leave_date"] = None
    reps["is_key_talent"] = rng.random(many) < 0.15
    reps["valid_from"] = reps["hire_date"]
    reps["valid_to"] = None
    _set_managers(reps)
    sellers = reps.index[reps["role"] == "rep"]
    moved = reps.loc[sellers[:2]].copy()
    on = today - timedelta(200)
    moved["org_unit_id"] = reps.loc[sellers[2:4], "org_unit_id"].to_numpy()
    moved["valid_to"] = on - timedelta(1)
    reps.loc[sellers[:2], "valid_from"] = on
    return pd.concat([moved, reps], ignore_index=True)


def _people(rng: np.random.Generator, many: int) -> list[str]:
    pairs = len(names.SURNAMES) * len(names.GIVEN_NAMES)
    people = []
    for number in (rng.permutation(max(pairs, many))[:many] % pairs).tolist():
        surname = names.SURNAMES[number // len(names.GIVEN_NAMES)]
        given = names.GIVEN_NAMES[number % len(names.GIVEN_NAMES)]
        people.append(f"{surname[0]} {given[0]} {surname[1]}{given[1]}")
    return people


def _set_managers(reps: pd.DataFrame) -> None:
    of_district = reps[reps["role"] == "manager"].set_index("org_unit_id")["rep_id"]
    of_region = reps[reps["role"] == "director"].set_index("org_unit_id")["rep_id"]
    at_head_office = str(reps.loc[reps["role"] == "hq_ops", "rep_id"].iloc[0])
    region = reps["org_unit_id"].str[:4].map(of_region)
    manager = (
        reps["org_unit_id"]
        .map(of_district)
        .where(reps["role"].isin(["rep", "store_manager"]), region)
    )
    manager = manager.where(reps["role"] != "director", at_head_office)
    reps["manager_id"] = manager.where(reps["role"] != "hq_ops", None)
    is_validator = reps["role"] == "value_validator"
    reps["dotted_manager_id"] = is_validator.map({True: at_head_office, False: None})


def _heads(org_units: pd.DataFrame, reps: pd.DataFrame) -> pd.Series:
    heads = reps[reps["role"].isin(["director", "manager"])]
    head_of = heads.set_index("org_unit_id")["rep_id"].to_dict()
    head_of["CN"] = reps.loc[reps["role"] == "hq_ops", "rep_id"].iloc[0]
    return org_units["org_unit_id"].map(head_of)


def _customers(
    seed: int, scale: float, now: datetime, org_units: pd.DataFrame, reps: pd.DataFrame
) -> pd.DataFrame:
    many, places, rng = count(scale, 400, 60), _places(), stream(seed, "customers")
    at = places.iloc[rng.permutation(np.arange(many) % len(places))].reset_index(drop=True)
    sellers = reps[(reps["role"] == "rep") & reps["valid_to"].isna()]
    of_district = sellers.groupby("org_unit_id")["rep_id"].apply(list).to_dict()
    first = [names.CUSTOMER_FIRST[n % len(names.CUSTOMER_FIRST)] for n in range(many)]
    second = [
        names.CUSTOMER_SECOND[(n + n // len(names.CUSTOMER_FIRST)) % len(names.CUSTOMER_SECOND)]
        for n in range(many)
    ]
    chinese = [f"{a[1]}{b[1]}" for a, b in zip(first, second, strict=True)]
    english = [f"{a[0]} {b[0]}" for a, b in zip(first, second, strict=True)]
    today = local_day(now)
    table: dict[str, Any] = {
        "customer_id": [f"C{number:05d}" for number in range(1, many + 1)],
        "name": [
            f"{city} {en} {city_zh}{zh}"
            for city, city_zh, en, zh in zip(
                at["city"], at["city_zh"], english, chinese, strict=True
            )
        ],
        "industry": rng.choice(names.INDUSTRIES, many),
        "segment": rng.choice(names.SEGMENTS, many, p=[0.15, 0.35, 0.4, 0.1]),
        "tier": rng.choice(names.TIERS, many, p=[0.2, 0.35, 0.45]),
        "customer_cluster": rng.choice(names.CLUSTERS, many),
        "org_unit_id": at["org_unit_id"],
        "owner_rep_id": [
            owners[number % len(owners)]
            for number, owners in enumerate(at["org_unit_id"].map(of_district))
        ],
        "first_order_date": [today - timedelta(int(d)) for d in rng.integers(430, 2800, many)],
        "lat": (at["lat"] + rng.normal(0, 0.15, many)).round(5),
        "lon": (at["lon"] + rng.normal(0, 0.15, many)).round(5),
        "x_city": at["city"],
    }
    return pd.DataFrame(table)


def _profit_units(now: datetime, reps: pd.DataFrame) -> pd.DataFrame:
    rows = [("customer_cluster", cluster) for cluster in CLUSTERS_WITH_UNIT]
    rows += [("product_line", line) for line in LINES]
    rows += [("project", project) for project in PROJECTS]
    units = pd.DataFrame(rows, columns=["unit_type", "match_value"])
    units["profit_unit_id"] = [f"PU{number:02d}" for number in range(1, len(units) + 1)]
    units["name"] = units["match_value"].str.replace("_", " ").str.capitalize() + " unit"
    managers = reps.loc[reps["role"] == "manager", "rep_id"].to_numpy()
    units["owner_rep_id"] = managers[: len(units)]
    units["bonus_margin_weight"] = 0.6
    units["valid_from"] = local_day(now) - timedelta(800)
    units["valid_to"] = None
    return units
