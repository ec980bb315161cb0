"""One day of telemetry as the gateway received it, whole and in order, before lines are cut off or repeated in files.

Vectorised: a day of a large street is a million messages. Not here: cut-off lines and file forms (`files.telemetry_files`).
"""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import numpy as np
import polars as pl

from ingestion.demo.chance import stream
from ingestion.demo.data_files import data

SHANGHAI = timezone(timedelta(hours=8))
DAY_SECONDS = 86_400
LATEST_HOURS = 72


def midnight(day: date) -> int:
    """Epoch milliseconds of the day's beginning in Shanghai."""
    return int(datetime(day.year, day.month, day.day, tzinfo=SHANGHAI).astimezone(UTC).timestamp() * 1000)


def telemetry(register: pl.DataFrame, seed: int, day: date, rates: dict[str, float]) -> pl.DataFrame:
    """All messages received on the day, in order of arrival.

    Args:
        register: devices with deviceId, type, status.
        seed: the street's seed.
        day: the day of arrival, by Shanghai time.
        rates: shares of `repeated`, `late`, `clock_1970`, `clock_ahead` messages.

    Returns:
        id, dev, t, rx (epoch ms), k, bat, sig, ev, val, and `_flaw` (null, late, repeated, clock_1970, clock_ahead).
    """
    rng = stream(seed, f"telemetry.{day}")
    live = register.filter(pl.col("status") != "RETIRED").select("deviceId", "type", "status")
    parts = [part for part in (_heartbeats(live, rng), _events(live, rng), _alarms(live, rng)) if part.height]
    messages = pl.concat(parts).sort("second", "dev", "k")
    messages = messages.with_columns(
        t=midnight(day) + (pl.col("second") * 1000).cast(pl.Int64) + pl.lit(rng.integers(0, 1000, messages.height)),
        bat=pl.lit(rng.integers(8, 101, messages.height).astype(np.int64)),
        sig=pl.lit(rng.integers(-112, -48, messages.height).astype(np.int64)),
        delay=pl.lit(rng.exponential(900, messages.height).astype(np.int64)),
        _flaw=pl.lit(None, dtype=pl.String),
    ).with_columns(rx=pl.min_horizontal(pl.col("t") + 40 + pl.col("delay"), pl.lit(midnight(day) + DAY_SECONDS * 1000 - 1)))
    messages = pl.concat([messages, _late(messages, rng, rates["late"])]).sort("rx", "t", "dev")
    numbers = pl.int_range(pl.len()).cast(pl.String).str.zfill(8)
    messages = messages.with_columns(id=pl.concat_str(pl.lit(f"M{day:%y%m%d}"), numbers))
    messages = _wrong_clocks(messages, rng, rates)
    return (
        pl.concat([messages, _repeats(messages, rng, rates["repeated"])])
        .sort("rx", "id")
        .select("id", "dev", "t", "rx", "k", "bat", "sig", "ev", "val", "_flaw")
    )


def _heartbeats(live: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """Due beats of every device less the lost ones; a few devices fall silent during the day."""
    lists = data("devices")
    parts = []
    for kind, plan in lists["types"].items():
        devices = live.filter(pl.col("type") == kind)["deviceId"].to_numpy()
        due = DAY_SECONDS // plan["heartbeat"]
        if not len(devices):
            continue
        phase = rng.uniform(0, plan["heartbeat"], (len(devices), 1))
        beats = phase + np.arange(due) * plan["heartbeat"] + rng.uniform(0, 2, (len(devices), due))
        until = np.where(rng.random(len(devices)) < lists["silent_share"], rng.uniform(0, DAY_SECONDS, len(devices)), DAY_SECONDS)
        kept = (rng.random(beats.shape) >= lists["lost_heartbeats"]) & (beats < np.minimum(until, DAY_SECONDS)[:, None])
        parts.append(_messages(np.repeat(devices, kept.sum(axis=1)), beats[kept], "hb"))
    return pl.concat(parts)


def _messages(devices: np.ndarray, second: np.ndarray, kind: str, code: Any = None, value: Any = None) -> pl.DataFrame:
    nothing = [None] * len(devices)
    return pl.DataFrame(
        {
            "dev": devices,
            "second": second,
            "k": [kind] * len(devices),
            "ev": nothing if code is None else code,
            "val": nothing if value is None else value,
        },
        schema={"dev": pl.String, "second": pl.Float64, "k": pl.String, "ev": pl.String, "val": pl.Int64},
    )


def _events(live: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """Ordinary events: doors, gates, bays; by daylight rather than at night."""
    parts = [_messages(np.array([], dtype=object), np.array([]), "ev")]
    for kind, plan in data("devices")["types"].items():
        devices = live.filter(pl.col("type") == kind)["deviceId"].to_numpy()
        counts = rng.poisson(plan["events"], len(devices))
        total = int(counts.sum())
        codes = rng.choice(list(plan["codes"]), total, p=list(plan["codes"].values()))
        second = np.clip(rng.normal(50_000, 16_000, total), 0, DAY_SECONDS - 1)
        parts.append(_messages(np.repeat(devices, counts), second, "ev", codes, rng.integers(0, 2, total)))
    return pl.concat(parts)


def _alarms(live: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """Alarms of every code, some raised again within minutes."""
    lists = data("devices")
    parts = [_messages(np.array([], dtype=object), np.array([]), "ev")]
    for kind, plan in lists["types"].items():
        devices = live.filter(pl.col("type") == kind)["deviceId"].to_numpy()
        for code, share in plan["alarms"].items():
            counts = rng.poisson(share, len(devices))
            raised, second = np.repeat(devices, counts), rng.uniform(0, DAY_SECONDS - 1200, int(counts.sum()))
            again = rng.random(len(raised)) < lists["alarm_repeats"]
            raised = np.concatenate([raised, raised[again]])
            second = np.concatenate([second, second[again] + rng.uniform(20, 900, int(again.sum()))])
            parts.append(_messages(raised, second, "ev", [code] * len(raised), rng.integers(1, 100, len(raised))))
    return pl.concat(parts)


def _late(messages: pl.DataFrame, rng: np.random.Generator, share: float) -> pl.DataFrame:
    """Heartbeats of up to 72 hours before, which arrive only today."""
    count = rng.binomial(messages.height, min(1.0, share))
    beats = messages.filter(pl.col("k") == "hb")
    chosen = beats[np.sort(rng.choice(beats.height, min(count, beats.height), replace=False))]
    back = rng.integers(3_600_000, LATEST_HOURS * 3_600_000, chosen.height)
    return chosen.with_columns(t=pl.col("rx") - pl.lit(back), _flaw=pl.lit("late"))


def _wrong_clocks(messages: pl.DataFrame, rng: np.random.Generator, rates: dict[str, float]) -> pl.DataFrame:
    draw = pl.Series(rng.random(messages.height))
    early, ahead = rates["clock_1970"], rates["clock_1970"] + rates["clock_ahead"]
    is_early, is_ahead = draw < early, (draw >= early) & (draw < ahead)
    off = pl.Series(rng.integers(1, 9, messages.height)) * DAY_SECONDS * 1000
    return messages.with_columns(
        t=pl.when(is_early).then(pl.col("t") % 5_000_000).when(is_ahead).then(pl.col("t") + off).otherwise("t"),
        _flaw=pl.when(is_early).then(pl.lit("clock_1970")).when(is_ahead).then(pl.lit("clock_ahead")).otherwise("_flaw"),
    )


def _repeats(messages: pl.DataFrame, rng: np.random.Generator, share: float) -> pl.DataFrame:
    """The same message once more, a little later, with the same id."""
    chosen = messages.filter(pl.Series(rng.random(messages.height) < share))
    later = pl.col("rx") + pl.lit(rng.integers(1, 90_000, chosen.height))
    return chosen.with_columns(rx=pl.min_horizontal(later, pl.lit(messages["rx"].max())), _flaw=pl.lit("repeated"))
