"""The words of one of our own PDF files, read back by the tables that every embedded font carries for copying.

Not a reader of PDF in general: what reportlab writes, one content stream a page, strings shown by Tj.
"""

import base64
import re
import zlib

_OBJECT = re.compile(rb"(?m)^(\d+) 0 obj\b(.*?)^endobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_SHOWN = re.compile(rb"/([^\s/]+) [\d.]+ Tf|\(((?:\\.|[^\\)])*)\) Tj", re.DOTALL)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pdf_text(data: bytes) -> str:
    """All strings in the order in which they are shown, one a line."""
    objects = {int(number): body for number, body in _OBJECT.findall(data)}
    signs = {name: _signs(objects, body) for body in objects.values() if b"/ToUnicode" in body for name in _names(body)}
    lines = [line for body in objects.values() if _STREAM.search(body) for line in _lines(_unpacked(body), signs)]
    return "\n".join(lines)


def _names(font: bytes) -> list[str]:
    return [name.decode() for name in re.findall(rb"/Name /(\S+)", font)]


def _signs(objects: dict[int, bytes], font: bytes) -> dict[int, str]:
    """Which sign each of a font's byte values stands for."""
    told = re.search(rb"/ToUnicode (\d+) 0 R", font)
    assert told
    table = _unpacked(objects[int(told[1])])
    signs = {int(code, 16): _sign(sign) for code, sign in re.findall(rb"(?m)^<(\w+)> <(\w+)>\s*$", table)}
    for first, last, told_signs in re.findall(rb"<(\w+)> <(\w+)>\s*\[([^\]]*)\]", table):
        codes = range(int(first, 16), int(last, 16) + 1)
        signs |= dict(zip(codes, map(_sign, re.findall(rb"<(\w+)>", told_signs)), strict=False))
    return signs


def _sign(code: bytes) -> str:
    return bytes.fromhex(code.decode()).decode("utf-16-be", errors="replace")


def _unpacked(body: bytes) -> bytes:
    found = _STREAM.search(body)
    assert found
    content = found[1]
    if b"/ASCII85Decode" in body:
        content = base64.a85decode(content.strip().removesuffix(b"~>"))
    return zlib.decompressobj().decompress(content) if b"/FlateDecode" in body else content


def _lines(content: bytes, signs: dict[str, dict[int, str]]) -> list[str]:
    lines, font = [], ""
    for name, shown in _SHOWN.findall(content):
        if name:
            font = name.decode("latin-1")
            continue
        plain = _ESCAPED.sub(
            lambda part: _NAMED.get(part[1]) or (bytes([int(part[1], 8)]) if part[1].isdigit() else part[1]), shown
        )
        lines.append("".join(signs.get(font, {}).get(byte, chr(byte)) for byte in plain))
    return lines
