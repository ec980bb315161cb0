"""Nothing in the tracked files names a machine, a package index, or a person's real county."""

import re
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MACHINE = re.compile(r"(?<![\w.])/(?:work|root|home/[a-z]+)/")
# Written so that the pattern itself names none of them.
INDEX = re.compile(r"pythonhoste[d]|index-ur[l]|registry\.np[m]", re.IGNORECASE)
# The numbers that standards and authorities print as examples; every other one must carry a county that was never assigned.
PRINTED = {
    "11010519491231002X",
    "440524188001010014",
    "911124198108030024",
    "932682198501010017",
    "810000199408230021",
    "830000199201300022",
}
NUMBER = re.compile(r"(?<!\d)([1-8]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx])(?!\d)")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def tracked() -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [ROOT / name for name in listing.split("\0") if name and (ROOT / name).is_file()]


@cache
def texts() -> dict[str, str]:
    found = {}
    for path in tracked():
        if path.suffix in {".png", ".woff2", ".xlsx"}:
            continue
        found[path.relative_to(ROOT).as_posix()] = path.read_text(encoding="utf-8", errors="replace")
    return found


def passes_check(number: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == number[-1].upper()


def test_no_path_of_a_machine_and_no_package_index() -> None:
    shown = {name: m.group(0) for name, text in texts().items() for m in [MACHINE.search(text) or INDEX.search(text)] if m}
    assert shown == {}


def test_numbers_are_nobodys() -> None:
    real = {
        (name, number[:6] + "…")
        for name, text in texts().items()
        for number in NUMBER.findall(text)
        if passes_check(number)
        and number.upper() not in PRINTED
        and number[2:6] != "9999"
        and number[:2] not in {"81", "82", "83"}
    }
    assert real == set()


def test_no_file_that_the_code_needs_is_ignored() -> None:
    command = ["git", "ls-files", "-z", "--others", "--ignored", "--exclude-standard"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    packages = ("ingestion/", "identity/", "expectations/", "orchestration/", "dashboards/", "dbt_project/", "tests/")
    made = ("__pycache__/", ".egg-info/", "dbt_project/target/", "dbt_project/logs/", ".user.yml")
    assert [name for name in listing if name.startswith(packages) and not any(part in name for part in made)] == []
