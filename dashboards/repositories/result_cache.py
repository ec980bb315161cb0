"""Results that the next click would ask for again, bounded in number and size. The key always holds version, role and area."""

import threading
from collections import OrderedDict

import polars as pl

Key = tuple[object, ...]


class ResultCache:
    """Least recently used results; frames are never changed by readers, so they are shared."""

    def __init__(self, max_entries: int = 512, max_bytes: int = 32 * 1024 * 1024) -> None:
        self._entries: OrderedDict[Key, pl.DataFrame] = OrderedDict()
        self._bytes = 0
        self._limits = (max_entries, max_bytes)
        self._lock = threading.Lock()

    def get(self, key: Key) -> pl.DataFrame | None:
        """The result under this key, or None."""
        with self._lock:
            if key in self._entries:
                self._entries.move_to_end(key)
            return self._entries.get(key)

    def put(self, key: Key, frame: pl.DataFrame) -> None:
        """Keep a result, and let go of the oldest beyond the limits; one that would push out most others is not kept."""
        if frame.estimated_size() > self._limits[1] // 4:
            return
        with self._lock:
            old = self._entries.pop(key, None)
            self._bytes += int(frame.estimated_size()) - (int(old.estimated_size()) if old is not None else 0)
            self._entries[key] = frame
            while self._entries and (len(self._entries) > self._limits[0] or self._bytes > self._limits[1]):
                self._bytes -= int(self._entries.popitem(last=False)[1].estimated_size())

    def forget(self, version: str) -> None:
        """Let go of what was read from one version: a key begins with the path of its database."""
        with self._lock:
            for key in [key for key in self._entries if key[0] == version]:
                self._bytes -= int(self._entries.pop(key).estimated_size())
