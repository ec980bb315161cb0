"""The name of a version: sortable UTC time, and a short digest of what it was made from.

Not here: the folder of that name (layout.py).
"""

import hashlib
from datetime import UTC, datetime, timedelta

FORM = "%Y%m%dT%H%M%SZ"
SHORT = 8


def version_name(at: datetime, made_from: tuple[str, ...], newest: str | None) -> str:
    """For example `20261121T031500Z-1a2b3c4d`; it sorts after the newest version even when the clock went back.

    Args:
        at: when the version is made, UTC.
        made_from: what decides its content, for example digests of inputs and code.
        newest: the version that it must sort after, or null.
    """
    digest = hashlib.sha256("\0".join(made_from).encode()).hexdigest()[:SHORT]
    stamp = at.astimezone(UTC).strftime(FORM)
    if newest is not None and stamp <= (last := newest.split("-", 1)[0]):
        stamp = (datetime.strptime(last, FORM).replace(tzinfo=UTC) + timedelta(seconds=1)).strftime(FORM)
    return f"{stamp}-{digest}"
