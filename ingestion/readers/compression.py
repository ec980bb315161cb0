"""Plain bytes out of compressed ones, with a limit. Not here: what the bytes mean."""

import gzip
import io
import zlib

import zstandard

from ingestion.refusal import RefusedError

_GZIP = 16 + zlib.MAX_WBITS  # with the header and the sum of gzip
MOST_BYTES = 2 << 30  # of one file; more is a bomb or a mistake, and would not fit into memory


def decompress(name: str, data: bytes) -> bytes:
    """The content of a .gz or .zst file, of any other file the bytes themselves; raises RefusedError when it is damaged."""
    try:
        if name.endswith(".gz"):
            content = _inflated(data)
        elif name.endswith(".zst"):
            with zstandard.ZstdDecompressor().stream_reader(io.BytesIO(data), read_across_frames=True) as reader:
                content = reader.read(MOST_BYTES + 1)
        else:
            content = data
    except (OSError, EOFError, zlib.error, zstandard.ZstdError) as error:
        raise RefusedError(f"compressed content is damaged or cut off ({type(error).__name__})") from None
    if len(content) > MOST_BYTES:
        raise RefusedError(f"more than {MOST_BYTES >> 20} MiB when decompressed")
    return content


def _inflated(data: bytes) -> bytes:
    """The content of a gzip file, checked by its sum; in one piece where it has one member, which is a third quicker."""
    member = zlib.decompressobj(_GZIP)
    content = member.decompress(data, MOST_BYTES + 1)
    if member.eof and not member.unused_data:
        return content
    with gzip.open(io.BytesIO(data)) as stream:
        return stream.read(MOST_BYTES + 1)
