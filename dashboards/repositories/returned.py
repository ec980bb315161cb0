"""What goes back: the catalogue, and the packages of the person's area with their receipts.

The catalogue is told by `yidang package catalogue`, once a process; the receipts stand in `<home>/returns/log.jsonl`
(docs/data-flow.md). Not here: making, opening, answering (services/returned.py).
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dashboards.access.policy import AccessDeniedError
from dashboards.command.yidang import ask
from dashboards.repositories.query import Query
from dashboards.repositories.reader import Reader

_JOURNAL = Path("returns") / "log.jsonl"
_NAME = re.compile(r"(?P<version>.+?)_(?P<receiver>[a-z][a-z_]*)_(?P<area>\d{9}(?:\d{3})?)_(?P<period>[0-9-]+)")
_COMMITTEES = Query("returned.committees", "returned", "select committee_code from committee")
_HANDED_IN = Query(
    "returned.handed_in",
    "returned",
    """
    select file, max(received_at) as received_at, count(*) as row_count,
        count(*) filter (where outcome = 'accepted') as accepted_count,
        count(*) filter (where outcome = 'refused') as refused_count
    from verdict
    group by file
    order by received_at desc, file
    limit $most
    """,
)


@dataclass(frozen=True)
class Package:
    """One package: who it is for, its events (oldest first) and its items with rows, completeness and timeliness."""

    package_id: str
    receiver: str
    area_code: str
    period: str
    events: tuple[dict[str, Any], ...]
    items: dict[str, dict[str, Any]]

    @property
    def state(self) -> str:
        """The last event."""
        return str(self.events[-1]["event"])


@cache
def read_catalogue() -> dict[str, Any]:
    """`basis`, `receivers` and `items` by code; the same for everybody, since it tells of kinds of data and not of anybody's.

    Raises:
        CommandError: The command does not answer.
    """
    told: dict[str, Any] = json.loads(ask("package", "catalogue"))
    return told


def read_packages(reader: Reader, home: Path) -> list[Package]:
    """The packages of the person's own area and of its committees, the newest first.

    Raises:
        AccessDeniedError: Returns are not the person's concern.
    """
    if not reader.may("returned"):
        raise AccessDeniedError("您的角色没有查看数据返还的权限。")
    areas = {reader.person.area_code, *reader.read(_COMMITTEES)["committee_code"]}
    found: dict[str, list[dict[str, Any]]] = {}
    for event in _events(home / _JOURNAL):
        found.setdefault(str(event.get("package_id")), []).append(event)
    packages = [_package(name, events) for name, events in found.items()]
    mine = [package for package in packages if package and package.area_code in areas]
    return sorted(mine, key=lambda package: (package.events[0]["at"], package.package_id), reverse=True)


def read_handed_in(reader: Reader, most: int) -> list[dict[str, Any]]:
    """One row a workbook that came back, the newest first: `file`, `received_at`, and counts of its rows."""
    return reader.read(_HANDED_IN, most=most).to_dicts()


def _package(name: str, events: list[dict[str, Any]]) -> Package | None:
    told = _NAME.fullmatch(name)
    if told is None:
        return None
    items: dict[str, dict[str, Any]] = next((event["items"] for event in reversed(events) if "items" in event), {})
    return Package(name, told["receiver"], told["area"], told["period"], tuple(events), items)


def _events(path: Path) -> list[dict[str, Any]]:
    """Every whole line of the journal; a crash may have left half of one."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else []:
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if isinstance(event, dict) and {"at", "event", "package_id", "by"} <= event.keys():
            found.append(event)
    return found
