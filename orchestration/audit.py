"""Writes into the one audit log, in the dashboards' own way: what leaves the house is written down before it leaves.

By commands and by schedules alike; the user is the one under whom the process runs. Not here: reading the log (dashboards).
"""

import getpass
import subprocess
import sys
from pathlib import Path


class AuditError(OSError):
    """The line could not be written, so nothing may be done or shown."""


def write_down(home: Path, action: str, detail: str, by: str | None = None) -> None:
    """One line by whoever asked, or the user of this system; without it nothing may happen.

    Raises:
        AuditError: the log cannot be written.
    """
    arguments = [sys.executable, "-m", "dashboards.access.write_audit", str(home), action, by or getpass.getuser(), detail]
    if subprocess.run(arguments, check=False).returncode:  # noqa: S603 - our own program
        raise AuditError("the audit log cannot be written, so nothing was done or shown; see home/security/audit.jsonl")
