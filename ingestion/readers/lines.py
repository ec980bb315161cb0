"""Where the lines of a text begin and end, in bytes. Not here: what a line holds."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

NEWLINE, RETURN = 10, 13
BLANKS = b" \t\r\n"
_PIECE = 1 << 20


class Lines:
    """The physical lines of some bytes, numbered from 1; a last line without a newline is one too."""

    def __init__(self, data: bytes) -> None:
        """Find every newline once."""
        self.data = data
        ends = newlines(data)
        if data and not data.endswith(b"\n"):
            ends = np.append(ends, len(data))
        self.ends: npt.NDArray[np.int64] = ends
        self.starts: npt.NDArray[np.int64] = np.concatenate([np.zeros(1, dtype=np.int64), ends + 1])[: len(ends)]

    def __len__(self) -> int:
        return len(self.ends)

    def text(self, first: int, last: int | None = None) -> bytes:
        """The bytes of line `first`, or of lines `first` to `last`, without the closing newline."""
        return self.data[self.starts[first - 1] : self.ends[(last or first) - 1]].rstrip(b"\r")

    def joined(self, numbers: npt.NDArray[np.int64]) -> bytes:
        """The bytes of these lines (rising numbers); neighbours are cut out in one piece."""
        if not len(numbers):
            return b""
        breaks = np.flatnonzero(np.diff(numbers) != 1)
        first, last = (numbers[np.concatenate(places)] - 1 for places in (([0], breaks + 1), (breaks, [len(numbers) - 1])))
        return b"\n".join([self.data[a:b] for a, b in zip(self.starts[first].tolist(), self.ends[last].tolist(), strict=True)])

    def first_bytes(self) -> npt.NDArray[np.uint8]:
        """The first byte of every line; a newline where it is empty."""
        return self._at(self.starts)

    def last_bytes(self) -> npt.NDArray[np.uint8]:
        """The last byte of every line before its newline or carriage return; a newline where it is empty."""
        before = self._at(self.ends - 1)
        return np.where(before == RETURN, self._at(self.ends - 2), before)

    def _at(self, places: npt.NDArray[np.int64]) -> npt.NDArray[np.uint8]:
        """One byte of each line; a newline where the place lies outside of it."""
        if not len(self):
            return np.zeros(0, dtype=np.uint8)
        found = np.frombuffer(self.data, dtype=np.uint8)[np.clip(places, 0, len(self.data) - 1)]
        return np.where((places >= self.starts) & (places < self.ends), found, NEWLINE).astype(np.uint8)


def newlines(data: bytes) -> npt.NDArray[np.int64]:
    """Where the newlines stand; compared a piece at a time, which stays where a processor is quick."""
    signs = np.frombuffer(data, dtype=np.uint8)
    pieces = [np.flatnonzero(signs[start : start + _PIECE] == NEWLINE) + start for start in range(0, len(data), _PIECE)]
    return np.concatenate([np.zeros(0, dtype=np.int64), *pieces])


class LineBytes:
    """Gives back the original bytes of rows by their first line; `last` holds the last line of rows that span several."""

    def __init__(self, data: bytes, last: Mapping[int, int] | None = None, lines: Lines | None = None) -> None:
        """Lines are looked for only when a row is asked for, unless they are known: most files have none to reject."""
        self.data, self.last, self.lines = data, last or {}, lines

    def __call__(self, lines: Sequence[int]) -> list[bytes]:
        """The bytes of each row, in the order asked."""
        if not lines:
            return []
        found = self.lines or Lines(self.data)
        return [found.text(line, self.last.get(line)) for line in lines]
