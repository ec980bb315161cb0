"""A look at a workbook's zip directory and at the beginnings of its parts, before anything is parsed.

Not here: cells (ingestion/workbook/sheet.py), the limits themselves (limits.yaml). Imports nothing but the standard library: it
runs in the child process.
"""

import io
import stat
import zipfile
import zlib
from itertools import pairwise

from ingestion.workbook.hostile import HostileError

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_HEADER_BYTES = 30  # of a member's local header, without its name
_IS_ENCRYPTED = 0x1  # general purpose bit flag, bit 0
_LARGE = 1_000_000  # bytes; small parts compress well without being bombs
_CHUNK = 1 << 20
_XML = (".xml", ".rels", ".vml")
_NEEDED = ("[content_types].xml", "xl/workbook.xml")


def open_archive(data: bytes, limits: dict[str, int], parts: dict[str, str]) -> zipfile.ZipFile:
    """The workbook's zip, when nothing in it is dangerous.

    Args:
        data: The file.
        limits: limits.yaml, `limits`.
        parts: limits.yaml, `parts`.

    Raises:
        HostileError: what is wrong with it.
    """
    _require_kind(data)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise HostileError("damaged", detail=type(error).__name__) from None
    _require_size(members, limits)
    for member in members:
        _require_member(member, limits, parts)
    _require_apart(members)
    _require_workbook({member.filename.lower() for member in members}, archive)
    for member in members:
        if member.filename.lower().endswith(_XML):
            _require_plain_xml(archive, member)
    return archive


def _require_kind(data: bytes) -> None:
    """By its first bytes."""
    if not data:
        raise HostileError("empty")
    if data.startswith(_OLE):
        raise HostileError("encrypted" if _ENCRYPTED_PACKAGE in data else "xls")
    if not data.startswith(_ZIP):
        is_page = any(tag in data[:2000].lower() for tag in (b"<html", b"<table", b"<!doctype html"))
        raise HostileError("html" if is_page else "not_zip")


def _require_size(members: list[zipfile.ZipInfo], limits: dict[str, int]) -> None:
    """As the directory says; whoever lies there fails at the checksum."""
    if len(members) > limits["members"]:
        raise HostileError("members", found=len(members), most=limits["members"])
    if sum(member.file_size for member in members) > limits["unzipped_bytes"]:
        raise HostileError("unzipped_bytes", most=limits["unzipped_bytes"] // 1_000_000)


def _require_member(member: zipfile.ZipInfo, limits: dict[str, int], parts: dict[str, str]) -> None:
    """One member by its name, its flags and its sizes."""
    name = member.orig_filename.replace("\\", "/").lower()
    if name.startswith("/") or ".." in name.split("/") or ":" in name or "\0" in name:
        raise HostileError("path")
    if member.flag_bits & _IS_ENCRYPTED:
        raise HostileError("encrypted")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise HostileError("link")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise HostileError("compression")
    if member.file_size > _LARGE and member.file_size > limits["expansion"] * max(member.compress_size, 1):
        raise HostileError("expansion", part=member.filename)
    for part, code in parts.items():
        if part in name:
            raise HostileError(code)


def _require_apart(members: list[zipfile.ZipInfo]) -> None:
    """No name twice, no bytes shared."""
    seen: set[str] = set()
    for member in members:
        if member.filename.lower() in seen:
            raise HostileError("twice", part=member.filename)
        seen.add(member.filename.lower())
    for here, there in pairwise(sorted(members, key=lambda member: member.header_offset)):
        if here.header_offset + _HEADER_BYTES + len(here.filename) + here.compress_size > there.header_offset:
            raise HostileError("overlap")


def _require_workbook(names: set[str], archive: zipfile.ZipFile) -> None:
    """The parts without which it is no workbook."""
    if "xl/workbook.bin" in names:
        raise HostileError("xlsb")
    if "content.xml" in names and "mimetype" in names:
        raise HostileError("ods")
    if not names.issuperset(_NEEDED):
        raise HostileError("no_workbook")
    types = _content(archive, next(name for name in archive.namelist() if name.lower() == _NEEDED[0]))
    if b"macroenabled" in types.lower():
        raise HostileError("macro")


def _require_plain_xml(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """UTF-8 without any definition that a parser might follow; read to its end, so that a wrong checksum shows."""
    content = _content(archive, member.filename)
    declared = content[:200].split(b"?>")[0].lower()
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or (b"encoding" in declared and b"utf-8" not in declared):
        raise HostileError("encoding")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise HostileError("entity")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        raise HostileError("encoding") from None


def _content(archive: zipfile.ZipFile, name: str) -> bytes:
    """One member; the directory's sizes have been looked at."""
    try:
        return archive.read(name)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, NotImplementedError) as error:
        raise HostileError("damaged", detail=type(error).__name__) from None
