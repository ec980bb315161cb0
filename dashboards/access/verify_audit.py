"""Reads the whole audit log against its digests: `python -m dashboards.access.verify_audit HOME`; `yidang verify` starts it.

One line on stdout for everything that is wrong; the exit code is 1 when anything is.
"""

import sys
from pathlib import Path

from dashboards.access.audit import AuditLog


def main(home: str) -> int:
    """Print the problems; 0 when there is none."""
    problems = AuditLog(Path(home)).problems() if (Path(home) / "security").is_dir() else []
    sys.stdout.writelines(f"security/{problem}\n" for problem in problems)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
