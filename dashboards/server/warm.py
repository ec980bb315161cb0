"""Loads what the first page needs while the server waits for its first reader. Not here: the pages themselves."""

import gc
import importlib
import logging
import threading
import time

_log = logging.getLogger(__name__)
# In the order in which the first page needs them.
_FIRST = (
    "dashboards.access.session",
    "dashboards.components.board",
    "dashboards.components.waiting",
    "dashboards.components.guard",
)
# For pages behind it: only when the first reader, who may wait already, has the first page.
_LATER = (
    "dashboards.components.device_gaps",
    "dashboards.components.fleet_rates",
    "dashboards.components.take_away",
    "dashboards.services.record",
    "dashboards.services.search",
)
_PATIENCE_SECONDS = 5


def warm_up() -> threading.Thread:
    """Begin beside whoever is served, once a process."""
    thread = threading.Thread(target=_load, name="warm", daemon=True)
    thread.start()
    return thread


def _load() -> None:
    try:
        _load_all(_FIRST)
        importlib.import_module("dashboards.server.current").open_current()
        time.sleep(_PATIENCE_SECONDS)
        _load_all(_LATER)
        importlib.import_module("dashboards.access.account").nobodys_hash()
    except Exception:  # noqa: BLE001 - whoever needs it loads it, and is told what is wrong
        _log.exception("could not be loaded beforehand")


def _load_all(names: tuple[str, ...]) -> None:
    for name in names:
        importlib.import_module(name)
    gc.freeze()  # what is loaded now stays: the sweeps of later clicks need not look at it again
