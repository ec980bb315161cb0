"""Has `yidang` do something and tells what came of it. Not here: who may ask (services), what it does (orchestration)."""

import logging
import os
import re
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from dashboards.turn import give_way

_log = logging.getLogger(__name__)
_LONGEST = 180  # seconds: the roster of a large street as PDF takes the longest
_AT_ONCE = threading.BoundedSemaphore(2)  # each is a process of its own beside those who only look
_CHINESE = re.compile("[\u4e00-\u9fff]")
_PREFIX = re.compile(r"^(yidang|Error):\s*")
FAILED = "没有做成，请稍后再试；若仍不行，请联系系统管理员。"


class CommandError(Exception):
    """The command refused, or could not. The text is Chinese and may be shown."""


def ask(*words: str) -> str:
    """What the command prints.

    Raises:
        CommandError: It ended with an error; the text is its own line where that is Chinese.
    """
    program = [sys.executable, "-m", "orchestration.cli.main", *words]
    with give_way(), _AT_ONCE:
        try:
            done = subprocess.run(program, capture_output=True, text=True, timeout=_LONGEST, check=False)  # noqa: S603 - our own
        except (OSError, subprocess.TimeoutExpired) as error:
            _log.exception("yidang %s was not run", words[0])
            raise CommandError(FAILED) from error
    if done.returncode:
        last = _PREFIX.sub("", (done.stderr.strip().splitlines() or [""])[-1])
        _log.warning("yidang %s ended with %d", words[0], done.returncode)
        raise CommandError(last if _CHINESE.search(last) else FAILED)
    return done.stdout


def make(suffix: str, *words: str) -> bytes:
    """The file that the command writes under `--out`; it lies on the disk no longer than this takes.

    Raises:
        CommandError: As `ask`.
    """
    with tempfile.TemporaryDirectory(prefix="yidang-") as folder:
        path = Path(folder) / f"made{suffix}"
        ask(*words, *configured(), "--out", str(path))
        return path.read_bytes()


def give(data: bytes, suffix: str, *words: str) -> str:
    """Hand a file to the command, whose name comes after the words; gives what it prints.

    Raises:
        CommandError: As `ask`.
    """
    with tempfile.TemporaryDirectory(prefix="yidang-") as folder:
        path = Path(folder) / f"given{suffix}"
        path.write_bytes(data)
        return ask(*words, *configured(), str(path))


def configured() -> tuple[str, str]:
    """The option that names this street's yidang.toml.

    Raises:
        CommandError: `yidang serve` did not start these pages, so that nobody knows it.
    """
    config = os.environ.get("YIDANG_CONFIG", "").strip()
    if not config:
        raise CommandError("服务未配置 yidang.toml，不能制作文件；请用 yidang serve 启动。")
    return "--config", config
