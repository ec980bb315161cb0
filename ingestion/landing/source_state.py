"""When each source was last reached: `state/sources.json`. Not here: reaching it (connectors)."""

from datetime import datetime
from pathlib import Path

from ingestion.atomic import locked, read_json, replace_json

FILE = "sources.json"


def note_source(home: Path, source: str, at: datetime, *, is_reached: bool, message: str) -> None:
    """Write down how a source was found at this moment.

    `stale_since` is the last moment at which it was reached (or first tried, when it never was); null while it is reached.
    """
    path = home / "state" / FILE
    now = at.isoformat()
    with locked(home, "sources"):
        states = read_json(path)
        before = states.get(source, {})
        reached_at = now if is_reached else before.get("reached_at")
        since = None if is_reached else reached_at or before.get("stale_since") or now
        states[source] = {"reached_at": reached_at, "is_stale": not is_reached, "stale_since": since, "message": message}
        replace_json(path, states)
