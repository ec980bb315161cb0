"""Keeps one answer: `python -m dashboards.answers.write_answer HOME KIND SUBJECT VERDICT BY WHY`; `yidang decide` starts it.

There is one queue, with one way to write it. Exit code 2 and a line in Chinese: the answer cannot be kept.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from dashboards.answers.answer_queue import Answer, AnswerError, AnswerQueue, Kind


def main(home: str, kind: str, subject: str, verdict: str, by: str, why: str) -> int:  # noqa: PLR0917 - a command line
    """Keep it; 0 when it lies on the disk."""
    try:
        AnswerQueue(Path(home), cast(Kind, kind)).put(Answer(subject, verdict, by, why, datetime.now(UTC).isoformat()))
    except AnswerError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:7]))
