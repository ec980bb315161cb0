"""What was worked out from one version for one role, area and language, kept for the next who asks: bounded, computed once.

The key holds version, area, and the role or what it comes to: nobody is handed what other rights than their own made.
Not here: rows as they are read (repositories/result_cache.py).
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

from dashboards.repositories.database import when_closed
from dashboards.repositories.reader import Reader
from dashboards.services.language import is_english

T = TypeVar("T")
MOST = 1024
_kept: OrderedDict[Hashable, Any] = OrderedDict()
_locks: dict[Hashable, threading.Lock] = {}
_guard = threading.Lock()


def remembered(reader: Reader, key: tuple[Hashable, ...], compute: Callable[[], T], *, purpose: str = "") -> T:
    """The result for this reader and key, computed at the first asking. It is shared: nobody may change it.

    `purpose`: all that is read for it is read for this purpose, so that roles that may and see alike share one result.
    """
    person = reader.person
    sight = reader.sight(purpose) if purpose else person.role
    whole = (str(reader.version.database), sight, person.area_level, person.area_code, is_english(), *key)
    with _guard:
        if whole in _kept:
            _kept.move_to_end(whole)
            return cast("T", _kept[whole])
        lock = _locks.setdefault(whole, threading.Lock())
    with lock:
        try:
            if whole not in _kept:
                _keep(whole, compute())
            found = cast("T", _kept[whole])
        finally:
            with _guard:
                _locks.pop(whole, None)
    return found


def forget(version: str) -> None:
    """Let go of what was worked out from one version, by the path of its database."""
    with _guard:
        for key in [key for key in _kept if isinstance(key, tuple) and key[0] == version]:
            del _kept[key]


when_closed(forget)


def _keep(key: Hashable, result: object) -> None:
    with _guard:
        _kept[key] = result
        while len(_kept) > MOST:
            _kept.popitem(last=False)
