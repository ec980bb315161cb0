"""Sealed packages below `<home>/returns`: put there, opened, withdrawn; every step stands in the receipt log.

Not here: what a package holds (returns/package), the seal itself (identity/vault).
"""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from identity.vault.seal import VaultError, open_bytes, seal_bytes
from ingestion.atomic import replace_file
from orchestration.warehouse.project import PROJECT
from returns.journal import FOLDER
from returns.package.item import catalogue
from returns.package.log import note, state_of
from returns.package.make import Made, Package, make_package
from returns.receiver import STREET, all_rights, receiver
from returns.sheet.label import Labels, read_labels
from returns.version import Version, current

SUFFIX = ".sealed"


def send(home: Path, key: bytes, package: Package, by: str, at: datetime) -> Path:
    """Seal a package and note that it was sent; the same package again is written anew. Gives its path."""
    path = home / FOLDER / f"{package.package_id}{SUFFIX}"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    replace_file(path, seal_bytes(package.data, key, package.package_id))
    path.chmod(0o600)
    items = {
        code: {k: item[k] for k in ("rows", "completeness", "timeliness")} for code, item in package.manifest["items"].items()
    }
    note(home, "sent", package.package_id, by, at, told={"receiver": package.manifest["receiver"], "items": items})
    return path


def unseal(home: Path, key: bytes, package_id: str) -> bytes:
    """A package's zip.

    Raises:
        ValueError: there is none of that name.
        VaultError: it was sealed with another key, or changed.
    """
    path = home / FOLDER / f"{package_id}{SUFFIX}"
    if not path.is_file() or path.parent != home / FOLDER:
        raise ValueError(f"没有编号为 {package_id} 的数据返还包；yidang package list 列出全部")
    return open_bytes(path.read_bytes(), key, package_id)


def require_known(home: Path, package_id: str) -> None:
    """Raises ValueError when no package of that name was ever sent."""
    if package_id not in state_of(home):
        raise ValueError(f"没有编号为 {package_id} 的数据返还包；yidang package list 列出全部")


def send_all(home: Path, key: bytes, by: str, at: datetime, today: date) -> list[str]:
    """What the schedule sends: every kind of receiver, over each of its areas. Gives the names of the packages."""
    version, when, labels = current(home), Made(f"{today:%Y-%m}", at, today), known_labels()
    made = [make_package(version, receiver(version, role, area), labels, when) for role, area in _everybody(version)]
    for package in made:
        send(home, key, package, by, at)
    return [package.package_id for package in made]


def known_labels() -> Labels:
    """What codes are called: the project's seeds and the catalogue's words."""
    return read_labels(PROJECT / "seeds", catalogue().words)


def _everybody(version: Version) -> list[tuple[str, str]]:
    """Role and area: the first kind of area that the role may be given."""
    streets = sorted(code for code in version.table("committee")["street_code"].drop_nulls().unique() if len(code) == STREET)
    areas = {"street": streets, "committee": sorted(version.table("committee")["committee_code"].drop_nulls())}
    return [(role, area) for role, rights in all_rights().items() for area in areas[rights.area[0]]]


def withdraw(home: Path, key: bytes, holds: Callable[[bytes], bool], by: str, at: datetime) -> list[str]:
    """Remove every package whose zip `holds` something; gives their names. One that cannot be opened is removed as well."""
    gone = []
    for path in sorted((home / FOLDER).glob(f"*{SUFFIX}")):
        package_id = path.name.removesuffix(SUFFIX)
        if _must_go(path, key, package_id, holds):
            path.unlink()
            note(home, "withdrawn", package_id, by, at)
            gone.append(package_id)
    return gone


def _must_go(path: Path, key: bytes, package_id: str, holds: Callable[[bytes], bool]) -> bool:
    try:
        return holds(open_bytes(path.read_bytes(), key, package_id))
    except VaultError:
        return True
