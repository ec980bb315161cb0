"""Serving the published version from a PostgreSQL server, with row-level security.

What lives here: which rows and columns a reader may see, the schema `curated_v1`, and bringing it to the current version.
Not here: what a version holds (orchestration/publish), or the pages' rights (dashboards/access).
"""
