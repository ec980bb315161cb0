"""Fifty officials on one street: `python -m benchmarks.dashboards --home HOME [--officials 50] [--pause 5] [--minutes 2]`.

HOME is a home with a published version (a demo of 40,000 dwellings for the figures told). Printed: seconds from the start of
the server to the form and to the first page; what a page takes with everybody at work and with everybody pressing in the
same moment; memory as visits go on; and what a version published meanwhile did. Clients and server share the machine.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.dashboards.load import PAGES, Visits, all_at_once, arrive, one_morning
from benchmarks.dashboards.official import Official
from benchmarks.dashboards.server import Server
from benchmarks.dashboards.street import PASSWORD, SECOND, borrow, publish

STARTS, ROUNDS = 3, 6
WARM_VISITS = 100


async def first_page(server: Server, user: str) -> tuple[float, ...]:
    """From the server's birth to the form, and to the first page: seconds, and seconds of its processor time."""
    official = Official(server.port)
    await official.arrive()
    form = (time.perf_counter() - server.started, server.cpu_seconds())
    await official.sign_in(user, PASSWORD)
    page = (time.perf_counter() - server.started, server.cpu_seconds())
    await official.leave()
    return *form, *page


async def morning(server: Server, users: list[str], options: argparse.Namespace) -> Visits:
    """Everybody at work; half-way a version is published, and at the end everybody is asked which one they see."""
    visits, sizes = Visits(), {}
    officials = [await arrive(server.port, user) for user in users]
    end = time.perf_counter() + options.minutes * 60
    work = [
        asyncio.create_task(one_morning(official, user, options.pause, end, visits))
        for official, user in zip(officials, users, strict=True)
    ]
    half = time.perf_counter() + options.minutes * 30
    step, is_published, used = WARM_VISITS, False, server.cpu_seconds()
    while not all(task.done() for task in work):
        await asyncio.sleep(0.2)
        if len(visits.seconds) >= step:
            sizes[step], step = server.rss_mib(), step * 2 if step >= 500 else step + 100
        if not is_published and time.perf_counter() > half:
            publish(options.folder, SECOND)
            is_published = True
    await asyncio.gather(*work)
    print("memory by visits, MiB: " + ", ".join(f"{n}: {size:.0f}" for n, size in sizes.items()))
    used = server.cpu_seconds() - used
    print(f"{len(visits.seconds)} visits, no page failed; processor time {1000 * used / len(visits.seconds):.0f} ms each")
    newest = await arrive(server.port, users[0])
    print(f"version seen at the end: {'the new one' if any(SECOND in text for text in newest.texts) else 'STILL THE OLD ONE'}")
    await newest.leave()
    return visits


def told(title: str, visits: Visits) -> None:
    """Two lines: all visits, and the 95th percentile by page."""
    print(f"{title}: p50 {visits.quantile(0.5):.2f} s, p95 {visits.quantile(0.95):.2f} s, longest {visits.quantile(1):.2f} s")
    names = ["place", *("overview" if page == "" else page for page in PAGES)]
    print("  p95 by page: " + ", ".join(f"{name} {visits.quantile(0.95, name):.2f}" for name in names))


async def measure(options: argparse.Namespace, users: list[str]) -> None:
    """Cold starts, a morning, everybody at once."""
    starts = []
    for _ in range(STARTS):
        with Server(options.folder) as server:
            starts.append(await first_page(server, users[0]))
    form, form_cpu, page, page_cpu = (statistics.median(times) for times in zip(*starts, strict=True))
    print(f"cold start (median of {STARTS}): form after {form:.2f} s (processor {form_cpu:.2f}), ", end="")
    print(f"first page after signing in {page:.2f} s (processor {page_cpu:.2f})")
    everybody = [users[number % len(users)] for number in range(options.officials)]
    with Server(options.folder) as server:
        told(f"{options.officials} at work, one visit every {options.pause:g} s each", await morning(server, everybody, options))
        told(f"{options.officials} in the same moment", await all_at_once(server.port, everybody, ROUNDS))
        print(f"memory at the end, MiB: {server.rss_mib():.0f}")


def main() -> int:
    """Read the options, measure, print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--home", type=Path, required=True)
    arguments.add_argument("--officials", type=int, default=50)
    arguments.add_argument("--pause", type=float, default=5.0, help="seconds between two visits of one official, about")
    arguments.add_argument("--minutes", type=float, default=2.0)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="yidang-bench-") as folder:
        options.folder = Path(folder)
        users = borrow(options.home.resolve(), options.folder)
        asyncio.run(measure(options, users))
    return 0


if __name__ == "__main__":
    sys.exit(main())
