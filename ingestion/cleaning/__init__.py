"""Cleaning: raw text columns in, typed columns with rule codes out.

Here: the schema of an entity, the rules, and the vectorised Polars that carries them out. Not here: reading files (connectors),
keeping batches (landing), choosing the latest state (dbt staging).
"""
