"""The ways in which a source can fail us, each told in one line. Not here: what is done about it (pull)."""


class RefusedError(Exception):
    """Something delivered cannot be used as a whole; the message names it, what was expected and what to do."""


class HeldError(RefusedError):
    """A delivery differs too much from those before it: it is held whole, and the gate stays closed until people have looked."""


class UnreachableError(Exception):
    """A source does not answer; the message says what was tried, without secrets."""
