"""What is known of the rows of a relation while a column is followed: which words a column of them may hold.

A long table tells many things in one column (`attribute`, `measure`): only with the word that is asked for is the way of one
of them told apart from the others. Not here: how queries are followed (query.py).
"""

import re
from dataclasses import dataclass

from sqlglot import exp


@dataclass(frozen=True)
class Words:
    """The words that a column may hold, or with `is_denied` those that it may not."""

    words: frozenset[str]
    is_denied: bool = False

    def both(self, other: "Words") -> "Words":
        """What holds when both hold."""
        if self.is_denied and other.is_denied:
            return Words(self.words | other.words, is_denied=True)
        if self.is_denied or other.is_denied:
            allowed, denied = (other, self) if self.is_denied else (self, other)
            return Words(allowed.words - denied.words)
        return Words(self.words & other.words)

    @property
    def is_impossible(self) -> bool:
        """No word is left."""
        return not self.words and not self.is_denied

    def fits(self, value: exp.Expr) -> bool:
        """Whether an expression may be one of the words; where nothing is known of it, it may."""
        bare = value.this if isinstance(value, exp.Cast) else value
        if isinstance(bare, exp.Null):
            return False
        if isinstance(bare, exp.Literal):
            return (bare.name in self.words) != self.is_denied
        pattern = _pattern(bare)
        return pattern is None or self.is_denied or any(pattern.fullmatch(word) for word in self.words)


Given = frozenset[tuple[str, Words]]
NOTHING: Given = frozenset()


def _pattern(value: exp.Expr) -> re.Pattern[str] | None:
    """The form of a text that is put together of words and of what nobody knows; null for all else."""
    if not isinstance(value, exp.DPipe):
        return None
    parts = value.flatten()
    return re.compile("".join(re.escape(part.name) if isinstance(part, exp.Literal) else ".*" for part in parts), re.DOTALL)
