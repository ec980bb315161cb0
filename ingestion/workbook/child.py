"""The process that opens workbooks: a line of JSON and the file come in, a line of JSON goes out; it touches nothing else.

Not here: starting it and telling people what it found (ingestion/workbook/open.py).
"""

import json
import resource
import sys
from typing import Any

Answer = dict[str, Any]


def main() -> None:
    """Take the limits upon itself, then read."""
    order = json.loads(sys.stdin.buffer.readline())
    limits = order["limits"]
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory_bytes"],) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"],) * 2)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.write(json.dumps(_answer(order, sys.stdin.buffer.read()), ensure_ascii=True))


def _answer(order: dict[str, Any], data: bytes) -> Answer:
    from ingestion.workbook.archive import open_archive  # noqa: PLC0415 - under the limits
    from ingestion.workbook.hostile import HostileError  # noqa: PLC0415
    from ingestion.workbook.sheet import read_sheet  # noqa: PLC0415

    try:
        return read_sheet(data, open_archive(data, order["limits"], order["parts"]), order["sheet"], order["limits"])
    except HostileError as error:
        return {"refused": error.code, "told": error.told}
    except MemoryError:
        return {"refused": "memory", "told": {"most": order["limits"]["memory_bytes"] // 1_000_000}}
    except Exception as error:  # noqa: BLE001 - the library raises whatever a damaged workbook provokes
        return {"refused": "unreadable", "told": {"detail": type(error).__name__}}


if __name__ == "__main__":
    main()
