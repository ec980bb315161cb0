"""A real broker (Mosquitto, Debian's package) on loopback, with its state on disk."""

import shutil
import socket
import subprocess
from pathlib import Path

IN_FLIGHT = 2000  # messages that the broker sends to one reader before it waits for an acknowledgement


def broker_program() -> str | None:
    """Where Mosquitto lies; null when it is not installed."""
    return shutil.which("mosquitto", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")


class Broker:
    """A Mosquitto on a free port of loopback, which writes its state every second."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        folder.mkdir(parents=True)
        self.configuration = folder / "mosquitto.conf"
        self.configuration.write_text(
            f"listener {self.port} 127.0.0.1\nallow_anonymous true\npersistence true\npersistence_location {folder}/\n"
            f"autosave_interval 1\nmax_inflight_messages {IN_FLIGHT}\nmax_queued_messages 0\nuser root\nlog_type error\n",
            encoding="utf-8",
        )
        self.start()

    def start(self) -> None:
        """Start it, for the first time or again."""
        self.process = subprocess.Popen([broker_program() or "mosquitto", "-c", str(self.configuration)])

    def kill(self) -> None:
        """End it without a warning (SIGKILL)."""
        self.process.kill()
        self.process.wait()

    def processor_seconds(self) -> float:
        """What it has used since it was started (last)."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / 100
