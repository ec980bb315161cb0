"""Plants every kind of defect into a clean street, runs the whole way, and prints which rule caught what.

`python -m benchmarks.defects [--houses N] [--seed S] [--folder F]` ends with 1 when too little was caught or too much flagged.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from benchmarks.defects.caught import Report, judge
from benchmarks.defects.kind import load_kinds
from benchmarks.defects.sow import sow
from ingestion.demo.civil_server import CivilServer
from ingestion.demo.street import build_street
from ingestion.demo.style import area_names
from orchestration.demo.configuration import CIVIL_TOKEN, write_configuration

DAY = date(2026, 11, 20)
LEAST_RECALL, MOST_FALSE, LEAST_KINDS = 0.99, 0.001, 60


def main() -> int:
    """Plant, run, judge, print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--houses", type=int, default=2000)
    arguments.add_argument("--seed", type=int, default=31)
    arguments.add_argument("--style", default="lane", help="lane or block: how the city writes addresses")
    arguments.add_argument("--folder", type=Path, help="keep everything here; default: a folder that is removed")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="yidang-defects-") as aside:
        folder = (options.folder or Path(aside)).resolve()
        report = measure(folder, options.houses, options.seed, options.style)
    show(report)
    return 0 if is_good(report) else 1


def measure(folder: Path, houses: int, seed: int, style: str = "lane") -> Report:
    """Sow a street in the folder and run it as a user would."""
    street = build_street(houses=houses, seed=seed, day=DAY, dirt=0.0, style=style)
    kinds = load_kinds()
    garden = sow(street, kinds, folder / "sources")
    with CivilServer(folder / "sources" / "civil", CIVIL_TOKEN) as civil:
        config = write_configuration(folder, folder / "sources", civil, DAY.isoformat(), area_names(street.style))
        command = [str(Path(sys.executable).parent / "yidang"), "run", "--config", str(config)]
        outcome = subprocess.run(command, capture_output=True, text=True, check=False)
    if outcome.returncode:
        raise SystemExit(f"the run ended with {outcome.returncode}:\n{outcome.stdout}{outcome.stderr}")
    return judge(garden, kinds, folder / "home", os.environ["YIDANG_KEY"].encode())


def is_good(report: Report) -> bool:
    """Whether enough kinds were planted, enough rows caught and few enough clean ones flagged."""
    planted = [outcome for outcome in report.outcomes if outcome.planted]
    return len(planted) >= LEAST_KINDS and report.recall >= LEAST_RECALL and report.false_share <= MOST_FALSE


def show(report: Report) -> None:
    """Print one line a kind, then the shares."""
    for outcome in report.outcomes:
        rules = ", ".join(f"{rule} {count}" for rule, count in sorted(outcome.by.items()))
        mark = "" if outcome.caught == outcome.planted else "   <- missed"
        print(f"{outcome.kind.kind:<36} {outcome.kind.feed:<30} {outcome.caught:>3} of {outcome.planted:>3}  {rules}{mark}")
    clean = {feed: (report.flagged[feed], count) for feed, count in sorted(report.clean.items())}
    print("clean rows flagged:", ", ".join(f"{feed} {flagged} of {count:,}" for feed, (flagged, count) in clean.items()))
    print("  by rule:", json.dumps({f"{feed} {rule}": count for (feed, rule), count in sorted(report.flagged_by.items())}))
    planted = [outcome for outcome in report.outcomes if outcome.planted]
    print(
        f"{len(planted)} kinds, {sum(outcome.planted for outcome in planted):,} rows planted, {report.recall:.2%} caught, "
        f"{report.false_share:.3%} of clean rows flagged"
    )


if __name__ == "__main__":
    sys.exit(main())
