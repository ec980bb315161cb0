"""New identifiers: many at once and one by one are the same, and none is given twice."""

import base64
from itertools import count

import polars as pl
import pytest

from identity.ids.given import with_hashes
from identity.ids.mint import mint_all
from identity.token.token import digest_sm3

KEY = b"a key for tests only"
KNOWN = ["RBU6INVW6G22TPG5J", "DZHJEXLPR36UMJILF", "BAU4VRG4OJQQI3P22", "EPJIC7A6VRDV4TNU7"]


def _one_by_one(refs: pl.Series, given: list[str]) -> list[str]:
    """RFC 4648 base32 of the first ten bytes of each ref's keyed digest, tried again with another counter where it is taken."""
    taken, minted = set(given), []
    for ref in refs:
        tries = (digest_sm3(KEY, f"identifier:resident:{counter}:{ref}".encode())[:10] for counter in count())
        identifier = next(one for one in (f"R{base64.b32encode(digest).decode()}" for digest in tries) if one not in taken)
        taken.add(identifier)
        minted.append(identifier)
    return minted


@pytest.mark.parametrize("number", [0, 1, 7, 2500])
def test_many_at_once_are_the_same_as_one_by_one(number: int) -> None:
    refs = pl.Series([f"police\x1fSYRK\x1f某{place}" for place in range(number)], dtype=pl.String)
    first = _one_by_one(refs, [])
    second = _one_by_one(refs, first)
    assert not set(first) & set(second)
    for given in ([], first[::2], first + second[1:]):
        minted = mint_all("resident", KEY, refs, _given(given))
        assert minted.to_list() == _one_by_one(refs, given)
        assert not set(minted) & set(given)


def test_identifiers_of_earlier_versions_are_given_again() -> None:
    refs = pl.Series(["police\x1fSYRK\x1f0001"])
    kinds = ("resident", "dwelling", "building", "estate")
    minted = [mint_all(kind, KEY, refs, _given([])).item() for kind in kinds]
    assert minted == KNOWN
    assert mint_all("resident", b"another", refs, _given([])).item() != minted[0]


def _given(identifiers: list[str]) -> pl.DataFrame:
    return with_hashes(pl.DataFrame({"entity_id": identifiers}, schema={"entity_id": pl.String}))
