"""What names a batch of rows that a source tells as they are now. Not here: files, which are named by their bytes (files)."""

from ingestion.landing.manifest import Manifest
from ingestion.pulling.files import sha256


def identity_after(digest: str, known: list[Manifest]) -> str:
    """The digest; when rows went back to what they were, also what they come after, since that is news with old bytes.

    Only for rows that the row index took for news.
    """
    if any(found.identity == digest for found in known):
        return sha256(f"{digest}:{known[-1].identity}".encode())
    return digest
