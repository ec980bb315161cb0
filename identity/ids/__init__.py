"""Identifiers that stay: minted, kept, merged, split, forwarded."""
