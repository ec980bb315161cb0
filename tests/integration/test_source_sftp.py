"""Police batches from a real SFTP server."""

import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import paramiko
import pytest

from tests.source_files import csv_bytes, person, pull, write_config, write_day

pytestmark = pytest.mark.slow


class Gate(paramiko.ServerInterface):
    """Lets one user in."""

    def check_auth_password(self, username: str, password: str) -> int:
        return paramiko.AUTH_SUCCESSFUL if (username, password) == ("yidang", "p@ss") else paramiko.AUTH_FAILED

    def check_channel_request(self, kind: str, chanid: int) -> int:  # noqa: ARG002 - as the base class has it
        return paramiko.OPEN_SUCCEEDED


class Files(paramiko.SFTPServerInterface):
    """Serves a folder of this machine, read-only."""

    root = Path()

    def real(self, path: str) -> Path:
        return self.root / path.lstrip("/")

    def list_folder(self, path: str) -> list[paramiko.SFTPAttributes] | int:
        try:
            return [paramiko.SFTPAttributes.from_stat(item.stat(), item.name) for item in self.real(path).iterdir()]
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno or 0)

    def stat(self, path: str) -> paramiko.SFTPAttributes | int:
        try:
            return paramiko.SFTPAttributes.from_stat(self.real(path).stat())
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno or 0)

    def open(self, path: str, flags: int, attr: object) -> paramiko.SFTPHandle | int:  # noqa: ARG002 - as the base class has it
        try:
            handle = paramiko.SFTPHandle(os.O_RDONLY)
            handle.readfile = self.real(path).open("rb")  # type: ignore[attr-defined]
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno or 0)
        return handle


class Server:
    """An SFTP server on a free port of this machine."""

    def __init__(self, root: Path) -> None:
        self.key = paramiko.RSAKey.generate(2048)
        self.files = type("Served", (Files,), {"root": root})
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.transports: list[paramiko.Transport] = []
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            transport = paramiko.Transport(connection)
            transport.add_server_key(self.key)
            transport.set_subsystem_handler("sftp", paramiko.SFTPServer, self.files)
            transport.start_server(server=Gate())
            self.transports.append(transport)

    def close(self) -> None:
        self.listener.close()
        for transport in self.transports:
            transport.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    write_day(tmp_path / "drop/police", "20261120", {"SYRK_20261120_I_001.csv": csv_bytes([person("1"), person("2", XM="李四")])})
    started = Server(tmp_path / "drop")
    yield started
    started.close()


def test_a_batch_is_landed_once(server: Server, tmp_path: Path) -> None:
    config = write_config(tmp_path, police=f"sftp://yidang:p%40ss@127.0.0.1:{server.port}/police")
    found = pull(config, "police")
    assert [(receipt.file, receipt.loaded_rows) for receipt in found.receipts] == [("20261120/SYRK_20261120_I_001.csv", 2)]
    assert pull(config, "police").message == "nothing new"


def test_a_wrong_password_or_folder_is_told_at_once(server: Server, tmp_path: Path) -> None:
    wrong = pull(write_config(tmp_path, police=f"sftp://yidang:no@127.0.0.1:{server.port}/police"), "police")
    assert not wrong.is_reached
    assert "refused the log-in" in wrong.message
    elsewhere = pull(write_config(tmp_path, police=f"sftp://yidang:p%40ss@127.0.0.1:{server.port}/nowhere"), "police")
    assert "folder /nowhere does not exist" in elsewhere.message
    assert max(wrong.seconds, elsewhere.seconds) < 20


def test_a_server_with_another_key_is_not_trusted(server: Server, tmp_path: Path) -> None:
    config = write_config(tmp_path, police=f"sftp://yidang:p%40ss@127.0.0.1:{server.port}/police")
    assert pull(config, "police").is_reached
    server.key = paramiko.RSAKey.generate(2048)
    found = pull(config, "police")
    assert not found.is_reached
    assert "another key than before" in found.message
