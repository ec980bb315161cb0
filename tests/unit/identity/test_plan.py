"""Work done in a thread of Polars: its outcome, its errors, and that nobody waits for one another."""

import os
import subprocess
import sys
import threading

import polars as pl
import pytest

from identity.plan import in_polars

PROGRAM = """
import threading, time
import polars as pl
from identity.plan import in_polars

def work():
    frame = pl.DataFrame({"a": range(1000)})
    for turn in range(200):
        frame.join(frame.select(pl.col("a").map_batches(lambda told: told + 1)), "a").hash_rows()
    return threading.get_ident()

here = threading.get_ident()
print(in_polars(work) != here)
stop = threading.Event()
def beside():
    while not stop.is_set():
        pl.DataFrame({"a": range(1000)}).hash_rows()
other = threading.Thread(target=beside)
other.start()
print(in_polars(work) != here)
stop.set()
other.join()
"""


def _told(threads: str) -> list[str]:
    environment = os.environ | {"POLARS_MAX_THREADS": threads}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.split()


def test_what_is_returned_and_raised_comes_through() -> None:
    assert in_polars(lambda: pl.DataFrame({"a": [1, 2]}).select(pl.col("a").sum()).item()) == 3
    with pytest.raises(KeyError, match="'told'"):
        in_polars(lambda: {}["told"])


def test_work_stays_here_while_another_thread_is_at_work() -> None:
    stop = threading.Event()
    other = threading.Thread(target=stop.wait)
    other.start()
    try:
        assert in_polars(threading.get_ident) == threading.get_ident()
    finally:
        stop.set()
        other.join()


@pytest.mark.slow  # processes of its own: in this one other threads may be at work
def test_nobody_waits_for_one_another() -> None:
    assert _told("2") == ["True", "False"]
    assert _told("1") == ["False", "False"]
