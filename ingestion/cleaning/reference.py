"""Reading the small data files of ``ingestion/reference``. Not here: the rule catalogue (rules)."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

REFERENCE = Path(__file__).parent.parent / "reference"


@cache
def reference(name: str) -> dict[str, Any]:
    """Gives the content of ``ingestion/reference/<name>.yaml``; each file says at its head what it holds and where it is from."""
    content: dict[str, Any] = yaml.safe_load((REFERENCE / f"{name}.yaml").read_text(encoding="utf-8"))
    return content


@cache
def code_list(name: str) -> dict[str, str]:
    """Gives a code list: source value (upper case) to canonical value. A plain list stands for itself.

    Raises:
        KeyError: `reference/codes.yaml` has no such list.
    """
    codes = reference("codes")[name]
    pairs = codes.items() if isinstance(codes, dict) else ((code, code) for code in codes)
    return {str(source).upper(): str(canonical) for source, canonical in pairs}


@cache
def words(file: str, *lists: str) -> tuple[str, ...]:
    """Gives the words of one or more lists of a reference file, in order."""
    return tuple(str(word) for name in lists for word in reference(file)[name])
