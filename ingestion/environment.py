"""Puts environment variables in the place of `${NAME}` in configuration values. Not here: what the values mean (settings)."""

import os
import re
from typing import Any
from urllib.parse import quote

NAME = re.compile(r"\$\{([^}]*)\}")
USERINFO = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*://)([^/@]*)@")


class MissingVariableError(KeyError):
    """A variable that the configuration names and the environment lacks; `place` is the dotted key."""

    def __init__(self, place: str, name: str) -> None:
        super().__init__(name)
        self.place, self.name = place, name


def fill_in(value: Any, place: str = "") -> Any:
    """The same value with every `${NAME}` replaced, at any depth of tables and lists; raises MissingVariableError."""
    if isinstance(value, dict):
        return {key: fill_in(inner, f"{place}.{key}" if place else str(key)) for key, inner in value.items()}
    if isinstance(value, list):
        return [fill_in(inner, place) for inner in value]
    return _fill_text(value, place) if isinstance(value, str) else value


def _fill_text(text: str, place: str) -> str:
    """Between `://` and `@` a value is percent-quoted, since a password may hold `@`, `/` or `:`."""
    found = USERINFO.match(text)
    if not found:
        return _replace(text, place, is_quoted=False)
    rest = _replace(text[found.end() :], place, is_quoted=False)
    return f"{found.group(1)}{_replace(found.group(2), place, is_quoted=True)}@{rest}"


def _replace(text: str, place: str, *, is_quoted: bool) -> str:
    def value_of(match: re.Match[str]) -> str:
        name = match.group(1)
        if name not in os.environ:
            raise MissingVariableError(place, name)
        return quote(os.environ[name], safe="") if is_quoted else os.environ[name]

    return NAME.sub(value_of, text)
