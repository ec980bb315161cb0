"""Opens the folder that a URL names. Not here: what a folder can do (entry), how one kind does it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ingestion.connectors.entry import Folder
from ingestion.connectors.local_folder import LocalFolder
from ingestion.connectors.sftp_folder import open_sftp


@contextmanager
def open_folder(url: str, home: Path) -> Iterator[Folder]:
    """The folder of a `file://` or `sftp://` URL; raises UnreachableError when it is not there."""
    place = urlsplit(url)
    if place.scheme == "sftp":
        with open_sftp(url, home / "state" / "known_hosts") as folder:
            yield folder
    else:
        yield LocalFolder(Path(unquote(f"{place.netloc}{place.path}")))
