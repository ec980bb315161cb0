"""A feed at a rate, with broker and consumer killed once each: what was lost, what came twice.

At a third of the time the broker is killed with SIGKILL, and at two thirds the consumer; both are started again. The broker
writes its state every second; a gateway that lost its connection sends again what it had sent in the last seconds, as the device
platform does: what a killed broker held in memory only, nobody else knows.
"""

import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from benchmarks.live_feed.broker import Broker
from benchmarks.live_feed.gateway import FINISH_SECONDS, Gateway
from ingestion.contracts.loader import load_contracts
from ingestion.pull import pull_source
from ingestion.settings import load_settings
from ingestion.telemetry.days import count_days

QUIET_SECONDS = 10.0  # a client that lost its broker tries again sooner


@dataclass(frozen=True)
class Outcome:
    """What a run showed; `lost` and `twice` are messages, `copies` the surplus arrivals that were taken out by id."""

    sent: int
    seconds: float
    landed: int
    copies: int
    lost: int
    twice: int
    drained_seconds: float


def run(folder: Path, rate: int, seconds: float) -> Outcome:
    """Send, kill, start again, land, count."""
    broker = Broker(folder / "broker")
    config = write_config(folder, broker)
    consumer = start_listening(config)
    spool = folder / "home" / "spool" / "device"
    gateway = Gateway(broker.port)
    await_standing(consumer)  # the session has to stand before the first message: without it a broker keeps nothing
    started, is_broker_killed, is_consumer_killed = time.monotonic(), False, False
    while (passed := time.monotonic() - started) < seconds or gateway.count < rate * seconds:
        if passed > seconds + FINISH_SECONDS:
            raise TimeoutError(f"only {gateway.count:,} messages were sent in {passed:.0f} s")
        gateway.send(min(int(passed * rate), int(rate * seconds)))
        if not is_broker_killed and passed > seconds / 3:
            broker.kill()
            broker.start()
            is_broker_killed = True
        if not is_consumer_killed and passed > seconds * 2 / 3:
            consumer.send_signal(signal.SIGKILL)
            consumer.wait()
            consumer = start_listening(config)
            is_consumer_killed = True
        time.sleep(0.01)
    took = time.monotonic() - started
    gateway.finish()
    await_standing(consumer)
    drained = _drain(spool)
    consumer.send_signal(signal.SIGTERM)
    consumer.wait(60)
    broker.kill()
    return _judge(config, gateway.count, took, drained)


def write_config(folder: Path, broker: Broker) -> Path:
    """A home of its own, with the broker as its only source that says anything."""
    (folder / "drop").mkdir(parents=True)
    config = folder / "yidang.toml"
    text = f'[warehouse]\nhome = "{folder}/home"\n[security]\nkey = "bench"\n[sources.device]\nurl = "file://{folder}/drop"\n'
    config.write_text(f'{text}mqtt = "mqtt://127.0.0.1:{broker.port}"\n', encoding="utf-8")
    return config


def start_listening(config: Path) -> subprocess.Popen[bytes]:
    """`yidang listen` as a process of its own."""
    program = str(Path(sys.executable).parent / "yidang")
    return subprocess.Popen([program, "listen", "--config", str(config)], stdout=subprocess.PIPE)


def await_standing(consumer: subprocess.Popen[bytes]) -> None:
    """Wait until it says that it is connected."""
    assert consumer.stdout is not None
    while b": connected" not in consumer.stdout.readline():
        assert consumer.poll() is None, "yidang listen ended"


def _drain(spool: Path) -> float:
    """Wait until the spool has not grown for a while; how long that took."""
    started, last, still_since = time.monotonic(), -1, time.monotonic()
    while time.monotonic() - still_since < QUIET_SECONDS:
        size = sum(path.stat().st_size for path in spool.rglob("*live-*") if path.exists())
        if size != last:
            last, still_since = size, time.monotonic()
        time.sleep(0.2)
    return time.monotonic() - started - QUIET_SECONDS


def _judge(config: Path, sent: int, took: float, drained: float) -> Outcome:
    """Land what was spooled, count it, and compare with what was sent."""
    settings = load_settings(config)
    home = settings.warehouse.home
    pulled = pull_source(load_contracts()["device"], settings, datetime.now(UTC))
    assert pulled.is_reached
    assert not pulled.refused, pulled.refused
    count_days(home)
    landed = pl.read_parquet(home / "landing/device/telemetry/batch=*/data.parquet", columns=["source_key"])["source_key"]
    counts = pl.read_parquet(home / "build/telemetry/day=*/counts.parquet", columns=["received_heartbeats"])
    counted = int(counts["received_heartbeats"].sum())
    known = landed.n_unique()
    return Outcome(sent, took, landed.len(), landed.len() - known, sent - known, counted - known, drained)
