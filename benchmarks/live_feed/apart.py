"""Each leg of the feed by itself: the gateway into a broker that keeps, and out of the broker into one reader after the other.

A leg's rate is what it could do with the machine to itself; its processor seconds tell who would be in the way of whom.
"""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.live_feed import wire
from benchmarks.live_feed.broker import Broker
from benchmarks.live_feed.gateway import Gateway
from benchmarks.live_feed.run import await_standing, start_listening, write_config
from ingestion.connectors.mqtt import Subscription

TOPIC = "street/+/device/+/+"
READER, CLIENT = "null-reader", "client-alone"


def run(folder: Path, messages: int) -> None:
    """Print the legs, a line each."""
    broker = Broker(folder / "broker")
    config = write_config(folder, broker)
    time.sleep(1)
    for name in (READER, CLIENT):
        _stand(broker, name)
    consumer = start_listening(config)
    await_standing(consumer)
    consumer.kill()
    consumer.wait()
    with _leg("gateway to broker, three sessions to keep for", messages, broker):
        gateway = Gateway(broker.port)
        while gateway.count < messages:
            gateway.send(messages)
        gateway.finish()
    with _leg("broker to a reader that keeps nothing", messages, broker):
        _drain_bare(broker, messages)
    with _leg("broker to our client, which acknowledges at once", messages, broker):
        _drain_client(broker, messages)
    with _leg("broker to `yidang listen`, on disk", messages, broker):
        consumer = start_listening(config)
        _await_lines(folder / "home" / "spool", messages)
        _print_processor(consumer.pid)
    consumer.send_signal(signal.SIGTERM)
    consumer.wait(60)
    broker.kill()


@contextmanager
def _leg(name: str, messages: int, broker: Broker) -> Iterator[None]:
    started, used, mine = time.perf_counter(), broker.processor_seconds(), time.process_time()
    yield
    took, used, mine = time.perf_counter() - started, broker.processor_seconds() - used, time.process_time() - mine
    print(
        f"{name:<50} {messages / took:8,.0f} a second; processor microseconds a message: broker {used / messages * 1e6:5.1f}, "
        f"this end {mine / messages * 1e6:5.1f}",
        flush=True,
    )


def _stand(broker: Broker, name: str) -> None:
    """A session that the broker keeps for."""
    there = wire.Wire(broker.port)
    there.send(wire.connect(name))
    there.wait_for(wire.CONNECTED)
    there.send(wire.subscribe(TOPIC))
    there.wait_for(wire.SUBSCRIBED)
    there.socket.close()


def _drain_bare(broker: Broker, messages: int) -> None:
    there, count = wire.Wire(broker.port), 0
    there.send(wire.connect(READER))
    while count < messages:
        came = [wire.number_of(body) for kind, body in there.read(10) if kind & 0xF0 == wire.PUBLISHED]
        there.send(b"".join(wire.acknowledge(number) for number in came))
        count += len(came)
    there.socket.close()


def _drain_client(broker: Broker, messages: int) -> None:
    feed, count = Subscription(f"mqtt://127.0.0.1:{broker.port}", TOPIC, CLIENT), 0
    while count < messages:
        came = feed.take(2000, 1.0)
        feed.acknowledge(came)
        count += len(came)
    feed.close()


def _await_lines(spool: Path, messages: int) -> None:
    """Wait until so many lines are on disk; the reader's start is in this time."""
    count, read = 0, dict[Path, int]()
    while count < messages:
        for path in spool.rglob("*live-*.ndjson"):
            name = path.with_name(path.name.removeprefix("."))
            with path.open("rb") as stream:
                stream.seek(read.get(name, 0))
                found = stream.read()
            read[name] = read.get(name, 0) + len(found)
            count += found.count(b"\n")
        time.sleep(0.05)


def _print_processor(process: int) -> None:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    print(
        f"`yidang listen` used {(int(fields[11]) + int(fields[12])) / 100:.1f} processor seconds, its start included", flush=True
    )
