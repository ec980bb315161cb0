"""The two ways in which a source can fail us, each told in one line. Not here: what is done about it (pull)."""


class RefusedError(Exception):
    """Something delivered cannot be used as a whole; the message names it, what was expected and what to do."""


class UnreachableError(Exception):
    """A source does not answer; the message says what was tried, without secrets."""
