"""A live feed through a real broker, with broker and consumer killed once each: what was lost, what came twice.

`python -m benchmarks.live_feed [--rate 5000] [--seconds 60]` starts Mosquitto (Debian's package) on loopback, a gateway
that sends messages with QoS 1, and `yidang listen` as its own process. At a third of the time the broker is killed with
SIGKILL, and at two thirds the consumer; both are started again. The broker writes its state every second; a gateway
that lost its connection sends again what it had sent in the last seconds, as the device platform does: what a killed
broker held in memory only, nobody else knows.
"""

import argparse
import json
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import paho.mqtt.client as paho
import polars as pl

from ingestion.contracts.loader import load_contracts
from ingestion.pull import pull_source
from ingestion.settings import load_settings
from ingestion.telemetry.days import count_days

SENT_AGAIN_SECONDS = 10.0  # of messages confirmed before a lost connection; the broker's state is some seconds old at most
DEVICES, MOST_OPEN = 500, 20_000
FINISH_SECONDS = 600.0
QUIET_SECONDS = 30.0  # a client that lost its broker may pause so long before it tries again


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


def broker_program() -> str | None:
    """Where Mosquitto lies; null when it is not installed."""
    return shutil.which("mosquitto", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")


class Broker:
    """A Mosquitto on a free port of loopback, with its state on disk."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        folder.mkdir(parents=True)
        self.configuration = folder / "mosquitto.conf"
        self.configuration.write_text(
            f"listener {self.port} 127.0.0.1\nallow_anonymous true\npersistence true\npersistence_location {folder}/\n"
            "autosave_interval 1\nmax_inflight_messages 2000\nmax_queued_messages 0\nuser root\nlog_type error\n",
            encoding="utf-8",
        )
        self.start()

    def start(self) -> None:
        """Start it, for the first time or again."""
        self.process = subprocess.Popen([broker_program() or "mosquitto", "-c", str(self.configuration)])

    def kill(self) -> None:
        """End it without a warning (SIGKILL)."""
        self.process.kill()
        self.process.wait()


class Gateway:
    """Sends numbered heartbeats at a rate, and again what a lost connection may have lost."""

    def __init__(self, port: int) -> None:
        self.open: dict[int, tuple[str, bytes]] = {}  # sent and not yet confirmed: the client itself sends these again
        self.confirmed: deque[int] = deque()  # told by the client's own thread, which must never wait for ours
        self.recent: deque[tuple[float, str, bytes]] = deque()
        self.is_lost, self.count = False, 0
        self.client = paho.Client(paho.CallbackAPIVersion.VERSION2, client_id="gateway", clean_session=False)
        self.client.max_inflight_messages_set(2000)
        self.client.reconnect_delay_set(1, 2)
        self.client.on_disconnect = lambda *_: setattr(self, "is_lost", True)
        self.client.on_publish = lambda _, __, number, *___: self.confirmed.append(number)
        self.client.connect_async("127.0.0.1", port)
        self.client.loop_start()

    def send(self, upto: int) -> None:
        """Send until so many messages are out; nothing while the broker is away or far behind."""
        self._settle()
        if not self.client.is_connected():
            return
        if self.is_lost:
            self.is_lost = False
            again = list(self.recent)
            self.recent.clear()
            for _, topic, payload in again:
                self._publish(topic, payload)
        for number in range(self.count, min(upto, self.count + MOST_OPEN - len(self.open))):
            at = time.time_ns() // 1_000_000
            device = f"DV{number % DEVICES:07d}"
            message = {"id": f"L{number:09d}", "dev": device, "t": at - 40, "rx": at, "k": "hb", "bat": 80, "sig": -70}
            self._publish(f"street/319999001/device/{device}/hb", json.dumps(message).encode())
            self.count = number + 1

    def finish(self) -> None:
        """Wait until the broker has confirmed everything; raises TimeoutError when it does not."""
        deadline = time.monotonic() + FINISH_SECONDS
        while self.is_lost or self.open or not self.client.is_connected():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{len(self.open):,} messages were not confirmed by the broker")
            self.send(self.count)
            time.sleep(0.05)
        self.client.disconnect()
        self.client.loop_stop()

    def _publish(self, topic: str, payload: bytes) -> None:
        self.open[self.client.publish(topic, payload, qos=1).mid] = (topic, payload)

    def _settle(self) -> None:
        """Remember what was confirmed, and forget what was confirmed long ago."""
        now = time.monotonic()
        while self.confirmed:
            self.recent.append((now, *self.open.pop(self.confirmed.popleft())))
        while self.recent and self.recent[0][0] < now - SENT_AGAIN_SECONDS:
            self.recent.popleft()


def run(folder: Path, rate: int, seconds: float) -> Outcome:
    """Send, kill, start again, land, count."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "drop").mkdir()
    broker = Broker(folder / "broker")
    config = folder / "yidang.toml"
    text = f'[warehouse]\nhome = "{folder}/home"\n[security]\nkey = "bench"\n[sources.device]\nurl = "file://{folder}/drop"\n'
    config.write_text(f'{text}mqtt = "mqtt://127.0.0.1:{broker.port}"\n', encoding="utf-8")
    consumer = _listen(config)
    spool = folder / "home" / "spool" / "device"
    gateway = Gateway(broker.port)
    _await_standing(consumer)  # the session has to stand before the first message: without it a broker keeps nothing
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
            consumer = _listen(config)
            is_consumer_killed = True
        time.sleep(0.01)
    took = time.monotonic() - started
    gateway.finish()
    _await_standing(consumer)
    drained = _drain(spool)
    consumer.send_signal(signal.SIGTERM)
    consumer.wait(60)
    broker.kill()
    return _judge(config, gateway.count, took, drained)


def _listen(config: Path) -> subprocess.Popen[bytes]:
    program = str(Path(sys.executable).parent / "yidang")
    return subprocess.Popen([program, "listen", "--config", str(config)], stdout=subprocess.PIPE)


def _await_standing(consumer: subprocess.Popen[bytes]) -> None:
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


def main() -> int:
    """Run once and print; exit 1 when anything was lost or came twice."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rate", type=int, default=5000, help="messages a second")
    arguments.add_argument("--seconds", type=float, default=60)
    options = arguments.parse_args()
    if broker_program() is None:
        print("mosquitto is not installed; it is Debian's package of that name")
        return 2
    folder = Path(tempfile.mkdtemp(prefix="yidang-live-"))
    try:
        outcome = run(folder / "run", options.rate, options.seconds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(
        f"sent {outcome.sent:,} in {outcome.seconds:.1f} s ({outcome.sent / outcome.seconds:,.0f} a second), drained "
        f"{outcome.drained_seconds:.1f} s later; landed {outcome.landed:,} with {outcome.copies:,} copies, taken out by id; "
        f"lost {outcome.lost}, twice {outcome.twice}"
    )
    return 1 if outcome.lost or outcome.twice else 0


if __name__ == "__main__":
    sys.exit(main())
