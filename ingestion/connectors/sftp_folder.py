"""A folder on an SFTP server.

A server's key is remembered when it is first seen, and another key under the same name is refused from then on.
"""

import socket
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from urllib.parse import unquote, urlsplit

import paramiko
from paramiko.ssh_exception import NoValidConnectionsError

from ingestion.atomic import make_folder
from ingestion.connectors.entry import Entry
from ingestion.refusal import RefusedError, UnreachableError

SECONDS = 10  # for connecting, for the greeting and for the log-in, each; and for every answer
PORT = 22


class SftpFolder:
    """Files below one root of an open connection."""

    def __init__(self, client: paramiko.SFTPClient, root: str) -> None:
        """Raises UnreachableError when there is no such folder."""
        self.client, self.root = client, root.rstrip("/") or "/"
        self.turn = Lock()  # of several readers: one connection may give one of them the answer of another
        try:
            client.listdir(self.root)
        except OSError:
            raise UnreachableError(f"folder {self.root} does not exist on the server, or may not be entered") from None

    def entries(self, below: str) -> list[Entry]:
        """All files below a subfolder at any depth, by path."""
        found, waiting = [], [below.strip("/")]
        while waiting:
            folder = waiting.pop()
            for item in self._list(folder):
                path = f"{folder}/{item.filename}" if folder else item.filename
                mode = item.st_mode or 0
                if stat.S_ISDIR(mode):
                    waiting.append(path)
                elif stat.S_ISREG(mode):
                    found.append(Entry(path, item.st_size or 0, item.st_mtime or 0))
        return sorted(found)

    def _list(self, folder: str) -> list[paramiko.SFTPAttributes]:
        try:
            return list(self.client.listdir_attr(f"{self.root}/{folder}"))
        except FileNotFoundError:
            return []

    def read(self, path: str) -> bytes:
        """The bytes of one file."""
        place = f"{self.root}/{path}"
        try:
            with self.turn, self.client.open(place, "rb") as stream:
                stream.prefetch(self.client.stat(place).st_size)
                return bytes(stream.read())
        except (ConnectionError, TimeoutError):
            raise
        except OSError as error:
            raise RefusedError(f"cannot be read ({error.strerror or error})") from None


@contextmanager
def open_sftp(url: str, known_hosts: Path) -> Iterator[SftpFolder]:
    """Log in with the password of the URL, or else with the keys of the user or of an agent."""
    place = urlsplit(url)
    host, port = place.hostname or "", place.port or PORT
    try:
        with _connect(host, port, unquote(place.username or ""), place.password, known_hosts) as ssh, ssh.open_sftp() as client:
            client.get_channel().settimeout(SECONDS)
            yield SftpFolder(client, unquote(place.path))
    except paramiko.AuthenticationException:
        raise UnreachableError(f"{host}:{port} refused the log-in: check user, password or key") from None
    except paramiko.BadHostKeyException:
        raise UnreachableError(f"{host}:{port} shows another key than before; if that is right, remove {known_hosts}") from None
    except (paramiko.SSHException, NoValidConnectionsError, EOFError, TimeoutError, ConnectionError, socket.gaierror) as error:
        raise UnreachableError(f"{host}:{port} does not answer as an SFTP server ({type(error).__name__})") from None


@contextmanager
def _connect(host: str, port: int, user: str, password: str | None, known_hosts: Path) -> Iterator[paramiko.SSHClient]:
    """An authenticated connection; a new server's key is written down."""
    make_folder(known_hosts.parent)
    known_hosts.touch(mode=0o600)
    secret = unquote(password) if password else None
    with paramiko.SSHClient() as ssh:
        ssh.load_system_host_keys()
        ssh.load_host_keys(str(known_hosts))
        ssh.set_missing_host_key_policy(paramiko.AutoAddPolicy())
        ssh.connect(
            host,
            port,
            user or None,
            secret,
            timeout=SECONDS,
            banner_timeout=SECONDS,
            auth_timeout=SECONDS,
            allow_agent=secret is None,
            look_for_keys=secret is None,
        )
        yield ssh
