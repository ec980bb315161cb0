"""What people accepted although a check failed, for example that an estate was really pulled down.

Each acceptance names a check, who, why and until when; the check stays failed in the scorecard, but does not stop the
version. The file is written by hand: `<home>/state/accepted_checks.json`, a list of objects.
"""

import json
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

ACCEPTED = Path("state") / "accepted_checks.json"


class Acceptance(BaseModel):
    """One accepted failure.

    Attributes:
        check_code: the check, for example `resident.fall`.
        by: who answers for it.
        reason: why it is right all the same.
        until: last day (of the street's clock) on which it holds.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    check_code: str
    by: str = Field(min_length=1)
    reason: str = Field(min_length=1)
    until: date


class AcceptanceError(ValueError):
    """The file cannot be used; the message names the file, the entry and what was expected."""


def read_acceptances(home: Path, today: date) -> dict[str, Acceptance]:
    """The acceptances that still hold, by check.

    Raises:
        AcceptanceError: when the file is malformed.
    """
    path = home / ACCEPTED
    if not path.exists():
        return {}
    try:
        accepted = TypeAdapter(list[Acceptance]).validate_python(json.loads(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise AcceptanceError(f"{ACCEPTED}: {'.'.join(str(part) for part in first['loc'])}: {first['msg']}") from error
    except json.JSONDecodeError as error:
        raise AcceptanceError(f"{ACCEPTED}: line {error.lineno}: not JSON; expected a list of objects") from error
    return {item.check_code: item for item in accepted if item.until >= today}
