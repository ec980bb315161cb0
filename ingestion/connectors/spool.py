"""Pages of a pull that is under way, kept so that an interrupted pull goes on where it stopped.

Not here: asking for pages (rest), landing them. What is kept has passed the door: it holds nothing that never enters.
"""

import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path

from ingestion.atomic import make_folder, read_json, replace_file, replace_json

PLAN = "pull.json"
GOOD_FOR = timedelta(hours=12)  # page tokens do not live for ever; the overlap of pulls is longer than this


class Spool:
    """The pages of one resource, for one URL and one beginning."""

    def __init__(self, folder: Path, url: str, since: str, at: datetime) -> None:
        """Go on with what lies there if it is of the same pull and fresh, else begin anew."""
        self.folder, self.url, self.since = folder, url, since
        plan = read_json(folder / PLAN)
        started = datetime.fromisoformat(plan["started_at"]) if "started_at" in plan else None
        is_same = (plan.get("url"), plan.get("since")) == (url, since)
        if started and is_same and abs(at - started) < GOOD_FOR:
            self.started_at, self.dropped = started, set(plan.get("dropped", []))
            self.pages = [path.read_bytes() for path in sorted(folder.glob("page-*.json"))]
        else:
            self.restart(at)

    @property
    def is_resumed(self) -> bool:
        """Whether pages of an interrupted pull lie there."""
        return bool(self.pages)

    def restart(self, at: datetime) -> None:
        """Forget all pages and begin at this moment."""
        self.remove()
        self.started_at, self.dropped, self.pages = at, set[str](), list[bytes]()
        make_folder(self.folder)
        self._write_plan()

    def add(self, page: bytes, dropped: list[str]) -> None:
        """Keep one more page, and the names of what was taken out of it."""
        if set(dropped) - self.dropped:
            self.dropped |= set(dropped)
            self._write_plan()
        self.pages.append(page)
        replace_file(self.folder / f"page-{len(self.pages):05d}.json", page)

    def next_token(self) -> str | None:
        """The token of the page after the last one; null when there is none."""
        if not self.pages:
            return None
        token = json.loads(self.pages[-1]).get("nextPageToken")
        return str(token) if token else None

    def remove(self) -> None:
        """All pages were landed."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _write_plan(self) -> None:
        plan = {"url": self.url, "since": self.since, "started_at": self.started_at.isoformat(), "dropped": sorted(self.dropped)}
        replace_json(self.folder / PLAN, plan)
