"""Batch folders, their manifests, the ledger and its checks. Not here: reading sources, cleaning rules."""
