"""Which field names never enter, by words and whole names. Not here: taking them out of bytes (door)."""

from pydantic import BaseModel, ConfigDict


class Rule(BaseModel):
    """One kind of thing that never enters, with the words and names it goes by."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    what: str
    words: list[str] = []
    names: list[str] = []


class NeverEnters(BaseModel):
    """All rules together; an empty one forbids nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    never_enters: list[Rule] = []
    harmless: list[str] = []

    def is_forbidden(self, name: str) -> bool:
        """Whether a field of this name must be dropped at the door."""
        plain = name.strip().casefold()
        if plain in {known.casefold() for rule in self.never_enters for known in rule.names}:
            return True
        for word in self.harmless:
            plain = plain.replace(word, " ")
        return any(word.casefold() in plain for rule in self.never_enters for word in rule.words)

    def fragments(self) -> list[str]:
        """Pieces of text of which at least one stands in any JSON text with a forbidden name: a cheap first look."""
        words = [word for rule in self.never_enters for word in rule.words]
        return [*words, *(f'"{name}"' for rule in self.never_enters for name in rule.names)]
