"""Every setting of an installation: environment variables WARROOM_*, one class, documented here.

docs/settings.md is generated from the descriptions below and tested to be current.
"""

from __future__ import annotations

import time
from functools import cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from errors import Forbidden

HOUSE = Path(__file__).resolve().parent
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Settings(BaseSettings):
    """What an installation may set; the defaults run the product on one laptop."""

    model_config = SettingsConfigDict(env_prefix="WARROOM_", extra="ignore")

    data: Path = Field(
        HOUSE / "data" / "extracts",
        description="Folder that holds the versions of the extracts and current.json.",
    )
    raw: Path = Field(
        HOUSE / "data" / "raw",
        description="Folder for raw files that the product itself makes: the sample.",
    )
    sources: str = Field(
        "",
        description="Sources that the worker watches: SOURCE or SOURCE=DIR, separated by commas. "
        "Empty: whatever was imported last into the current version.",
    )
    state: str = Field(
        f"sqlite:///{HOUSE / 'var' / 'state.sqlite'}",
        description="Database URL of what people decide: SQLite by default, PostgreSQL by URL.",
    )
    cache: str = Field(
        str(HOUSE / "var" / "cache"),
        description="Where answers are cached: a folder, or a redis:// URL.",
    )
    host: str = Field(
        "127.0.0.1",
        description="Address to serve on. A public one is refused until access is configured.",
    )
    port: int = Field(8050, description="Port to serve on.", ge=1, le=65535)
    build_engine: str = Field(
        "duckdb", description="Who builds the marts: duckdb, in the process of the load."
    )
    secret_key: str = Field(
        "", description="Signs sessions. Needed as soon as access is configured."
    )
    now: str = Field(
        "",
        description="The clock: empty for the real one, an instant to stand still, or "
        "replay:<instant>@<speed> to live through history.",
    )
    now_started: float = Field(
        default_factory=time.time,
        description="Real time (epoch seconds) at which a replay began; `make run` gives the "
        "worker and the app the same.",
    )
    keep_versions: int = Field(24, description="How many versions are kept.", ge=2)
    most_rows_lost: float = Field(
        0.2,
        description="Share of its rows that an extract may lose from one load to the next before "
        "the load is refused.",
        ge=0,
        le=1,
    )
    most_quarantined: float = Field(
        0.5,
        description="Share of an extract's rows that may be quarantined before the load is "
        "refused.",
        ge=0,
        le=1,
    )
    screen_seconds: float = Field(
        5.0, description="A screen's query is stopped after this many seconds.", gt=0
    )
    memory_limit: str = Field("4GB", description="Memory that DuckDB may use in one process.")
    margin_profile: str = Field(
        "default",
        description="How margins are counted: a file of data/profiles without its ending.",
    )
    bonus_rules: str = Field(
        "default", description="How bonuses are previewed: a file of data/bonus without its ending."
    )
    currency: str = Field("CNY", description="Reporting currency, as an ISO 4217 code.")
    language: str = Field("en", description="Language of a first visit: en or zh.")


def refuse_public(chosen: Settings) -> None:
    """Raises Forbidden where the app would serve an address that others can reach."""
    if chosen.host not in LOOPBACK:
        raise Forbidden(
            f"The app would serve {chosen.host} to whoever can reach it, and there is no access "
            "control yet.",
            "Set WARROOM_HOST=127.0.0.1.",
        )


@cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
