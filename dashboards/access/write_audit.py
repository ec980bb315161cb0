"""Writes one line into the audit log: `python -m dashboards.access.write_audit HOME ACTION USER DETAIL`.

Other programs of the house start it as a program, since nothing imports the dashboards; there is
one audit log, with one way to write it.
"""

import sys
from pathlib import Path

from dashboards.access.audit import AuditLog


def main(home: str, action: str, user: str, detail: str) -> int:
    """Append the line; 0 when it lies on the disk."""
    AuditLog(Path(home)).append(action, user, "allowed", detail)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:5]))
