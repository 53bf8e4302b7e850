"""Touchpoints: the events with customers, of 14 months and of any day that the feed adds."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd

from data.sample.chance import DAYS_OF_HISTORY, count, local_day, midnight, stream
from data.sample.company import Company
from data.sample.signals import SIGNALS

EVENTS_AT_ONE = 200_000
OUTBOUND_SHARE = 0.12  # calls and mails of ours that nobody answered: no signal of the customer
FORM_SHARE = 0.2  # of the visits of the booking page
RUN_BEFORE_WIN, RUN_BEFORE_LOSS = 0.55, 0.10  # three days in a row on the booking page
LATE_DAYS = 14
_HOURS = np.arange(7, 23)
_HOUR_WEIGHTS = np.array([1, 3, 7, 9, 9, 5, 4, 7, 9, 9, 8, 6, 4, 4, 3, 2], float)
_HOUR_WEIGHTS /= _HOUR_WEIGHTS.sum()
_WEIGHTS = np.array([signal.weight for signal in SIGNALS])
_LIFTS = np.array([signal.win_lift for signal in SIGNALS])
_BOOKING = next(n for n, signal in enumerate(SIGNALS) if signal.signal_id == "booking_page_days")
_RESPONSE = next(
    n for n, signal in enumerate(SIGNALS) if signal.signal_id == "service_response_hours"
)


def history(company: Company, plan: pd.DataFrame) -> pd.DataFrame:
    """About 200,000 events at scale 1, up to the beginning of the local day of now."""
    rng, end = stream(company.seed, "touchpoints"), midnight(local_day(company.now))
    deal, at, signal = _of_deals(rng, plan, end)
    run_deal, run_at = _booking_runs(rng, plan, end)
    missing = max(count(company.scale, EVENTS_AT_ONE, 3000) - len(deal) - len(run_deal), 1000)
    days = rng.integers(1, DAYS_OF_HISTORY + 1, missing)
    everyday = pd.Series(pd.Timestamp(end) - pd.to_timedelta(days, unit="D")) + _clock(rng, missing)
    table = _events(
        rng,
        company,
        plan,
        np.concatenate([deal, run_deal, np.full(missing, -1)]),
        pd.concat([at, run_at, everyday], ignore_index=True),
        np.concatenate([signal, np.full(len(run_deal), _BOOKING), _usual_signals(rng, missing)]),
    )
    table = _silenced(table, plan, company.now)
    table = table.sort_values("occurred_at", kind="stable", ignore_index=True)
    table.insert(0, "event_id", [f"E{number:07d}" for number in range(1, len(table) + 1)])
    return table


def of_day(company: Company, plan: pd.DataFrame, is_open: np.ndarray, day: date) -> pd.DataFrame:
    """All events of one local day; `is_open` is by row of plan, at the start of the feed."""
    rng = stream(company.seed, "touchpoints", day.isoformat())
    many = count(company.scale, round(EVENTS_AT_ONE / DAYS_OF_HISTORY), 12)
    open_deals = np.flatnonzero(is_open & ~plan["is_quiet"].to_numpy(bool))
    deal = np.where(rng.random(many) < 0.4, rng.choice(open_deals, many), -1)
    at = pd.Series(pd.Timestamp(midnight(day)) + _clock(rng, many))
    table = _events(rng, company, plan, deal, at, _usual_signals(rng, many))
    quiet = plan.loc[plan["is_quiet"], "customer_id"]
    table = table[~table["customer_id"].isin(quiet)]
    table = table.sort_values("occurred_at", kind="stable", ignore_index=True)
    ids = [f"E{day:%Y%m%d}-{number:05d}" for number in range(1, len(table) + 1)]
    table.insert(0, "event_id", ids)
    return table


def _clock(rng: np.random.Generator, many: int) -> pd.TimedeltaIndex:
    seconds = rng.choice(_HOURS, many, p=_HOUR_WEIGHTS) * 3600 + rng.integers(0, 3600, many)
    return pd.to_timedelta(seconds, unit="s")


def _usual_signals(rng: np.random.Generator, many: int) -> np.ndarray:
    return rng.choice(len(SIGNALS), many, p=_WEIGHTS / _WEIGHTS.sum())


def _of_deals(
    rng: np.random.Generator, plan: pd.DataFrame, end: datetime
) -> tuple[np.ndarray, pd.Series, np.ndarray]:
    """Events of deals while they are open; in the last two weeks some signals are thinned out
    where the outcome is not theirs, so that their win_lift is true.
    """
    deal = np.repeat(np.arange(len(plan)), rng.poisson(42, len(plan)))
    start = plan["created_at"].dt.tz_localize(None).to_numpy()[deal]
    ends_at = plan["ends_at"].dt.tz_localize(None).to_numpy()[deal]
    until = np.minimum(ends_at, np.datetime64(end.replace(tzinfo=None)))
    at = start + (until - start) * rng.random(len(deal))
    at = pd.Series(pd.DatetimeIndex(at).tz_localize("UTC"))
    local = (at + timedelta(hours=8)).dt.floor("D") - timedelta(hours=8)
    at = local + _clock(rng, len(deal))
    kept = ((at >= _utc(start)) & (at < _utc(until))).to_numpy()
    deal, at = deal[kept], at[kept].reset_index(drop=True)
    late = (_utc(ends_at[kept]) - at <= timedelta(days=LATE_DAYS)).to_numpy()
    wins = plan["wins"].to_numpy(bool)[deal]
    signal = _usual_signals(rng, len(deal))
    lift = _LIFTS[signal]
    stays = np.where(late & wins, lift, np.where(late, 1 / lift, 1.0))
    kept = rng.random(len(deal)) < stays
    return deal[kept], at[kept].reset_index(drop=True), signal[kept]


def _booking_runs(
    rng: np.random.Generator, plan: pd.DataFrame, end: datetime
) -> tuple[np.ndarray, pd.Series]:
    """Visits of the booking page on three days in a row, in the week before a deal ends."""
    chance = np.where(plan["wins"], RUN_BEFORE_WIN, RUN_BEFORE_LOSS)
    first = plan["ends_at"].dt.floor("D") - pd.to_timedelta(rng.integers(4, 8, len(plan)), unit="D")
    runs = np.flatnonzero((rng.random(len(plan)) < chance) & (first > plan["created_at"]))
    deal = np.repeat(runs, 3)
    after = pd.to_timedelta(np.tile([0, 1, 2], len(runs)), unit="D") + timedelta(hours=2)
    noise = pd.to_timedelta(rng.integers(0, 6 * 3600, len(deal)), unit="s")
    at = first.iloc[deal].reset_index(drop=True) + after + noise
    kept = (at < pd.Timestamp(end)).to_numpy()
    return deal[kept], at[kept].reset_index(drop=True)


def _utc(values: np.ndarray) -> pd.Series:
    return pd.Series(pd.DatetimeIndex(values).tz_localize("UTC"))


def _events(
    rng: np.random.Generator,
    company: Company,
    plan: pd.DataFrame,
    deal: np.ndarray,
    at: pd.Series,
    signal: np.ndarray,
) -> pd.DataFrame:
    """Rows of the extract without their ids; `deal` and `signal` are positions, -1: no deal."""
    many, has_deal = len(deal), deal >= 0
    customers = company.customers
    popular = rng.permutation(len(customers))
    who = popular[(len(customers) * rng.random(many) ** 1.6).astype(int)]
    outbound = (rng.random(many) < OUTBOUND_SHARE) & (signal != _BOOKING)
    mails = rng.random(many) < 0.5
    of = {name: np.array([getattr(s, name) for s in SIGNALS], object) for name in
          ("signal_id", "source", "direction", "seconds", "has_depth")}  # fmt: skip
    seconds = of["seconds"][signal].astype(float)
    duration = np.where(seconds > 0, np.rint(seconds * np.exp(rng.normal(0, 0.6, many))), np.nan)
    depth = np.where(of["has_depth"][signal].astype(bool), rng.beta(2, 1.6, many).round(3), np.nan)
    hours = np.exp(rng.normal(1.6, 0.8, many)).round(2)
    form = (signal == _BOOKING) & (rng.random(many) < FORM_SHARE)
    return pd.DataFrame(
        {
            "occurred_at": at.dt.as_unit("us"),
            "customer_id": np.where(
                has_deal,
                plan["customer_id"].to_numpy(object)[deal],
                customers["customer_id"].to_numpy(object)[who],
            ),
            "opp_id": np.where(has_deal, plan["opp_id"].to_numpy(object)[deal], None),
            "rep_id": np.where(
                has_deal,
                plan["first_owner"].to_numpy(object)[deal],
                customers["owner_rep_id"].to_numpy(object)[who],
            ),
            "signal_id": np.where(outbound, None, of["signal_id"][signal]),
            "direction": np.where(outbound, "out", of["direction"][signal]),
            "source": np.where(outbound, np.where(mails, "email", "call"), of["source"][signal]),
            "subject": np.where(outbound, "follow-up", _subjects(rng, signal)),
            "duration_s": np.where(outbound, np.nan, duration),
            "depth": np.where(outbound, np.nan, depth),
            "value": np.where((signal == _RESPONSE) & ~outbound, hours, np.nan),
            "is_conversion": form,
        }
    )


def _subjects(rng: np.random.Generator, signal: np.ndarray) -> np.ndarray:
    subject = np.full(len(signal), None, object)
    for number, kind in enumerate(SIGNALS):
        chosen = signal == number
        if kind.subjects:
            subject[chosen] = rng.choice(np.array(kind.subjects, object), chosen.sum())
    return subject


def _silenced(table: pd.DataFrame, plan: pd.DataFrame, now: datetime) -> pd.DataFrame:
    quiet = plan[plan["is_quiet"]]
    hours = pd.Series(80 + (np.arange(len(quiet)) * 37) % 120, index=quiet["customer_id"])
    since = table["customer_id"].map(hours.groupby(level=0).max())
    age = (pd.Timestamp(now) - table["occurred_at"]).dt.total_seconds() / 3600
    return table[~(age < since)]
