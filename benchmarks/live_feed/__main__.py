"""`python -m benchmarks.live_feed [--rate 5000] [--seconds 60]`, or `--apart [--messages 60000]` for each leg by itself.

Starts a real broker (Mosquitto, Debian's package) on loopback, a gateway that sends messages with QoS 1, and `yidang listen` as a
process of its own. All three share the machine's cores; so does whatever else runs there.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.live_feed import apart
from benchmarks.live_feed.broker import broker_program
from benchmarks.live_feed.run import run


def main() -> int:
    """Run once and print; exit 1 when anything was lost or came twice, or the rate was not kept."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rate", type=int, default=5000, help="messages a second")
    arguments.add_argument("--seconds", type=float, default=60)
    arguments.add_argument("--apart", action="store_true", help="measure the legs of the way one by one")
    arguments.add_argument("--messages", type=int, default=60_000, help="of each leg")
    options = arguments.parse_args()
    if broker_program() is None:
        print("mosquitto is not installed; it is Debian's package of that name")
        return 2
    folder = Path(tempfile.mkdtemp(prefix="yidang-live-"))
    try:
        if options.apart:
            apart.run(folder / "run", options.messages)
            return 0
        outcome = run(folder / "run", options.rate, options.seconds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(
        f"sent {outcome.sent:,} in {outcome.seconds:.1f} s ({outcome.sent / outcome.seconds:,.0f} a second), drained "
        f"{outcome.drained_seconds:.1f} s later; landed {outcome.landed:,} with {outcome.copies:,} copies, taken out by id; "
        f"lost {outcome.lost}, twice {outcome.twice}"
    )
    return 1 if outcome.lost or outcome.twice or outcome.seconds > 1.02 * options.seconds else 0


if __name__ == "__main__":
    sys.exit(main())
