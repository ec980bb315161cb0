"""How a checked warehouse becomes a published version: whole or not at all, and proven byte by byte.

Here: export, change feed, manifest, the pointer to the current version, retention, verification. Not here: the checks
themselves (expectations/), or when a version is due (orchestration/assets).
"""
