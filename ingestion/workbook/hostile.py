"""Why a workbook is refused, as a code with what was found. Not here: the sentence for people (limits.yaml, texts)."""

from typing import Any


class HostileError(Exception):
    """A workbook that must not be read; `code` is one of the texts of limits.yaml, `told` fills its gaps."""

    def __init__(self, code: str, **told: Any) -> None:
        super().__init__(code)
        self.code = code
        self.told = told
