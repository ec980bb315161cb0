"""What can go wrong while PostgreSQL is brought forward. Not here: what a run does about it (orchestration/assets)."""


class ServingError(Exception):
    """The PostgreSQL schema stays at the version that it has; one line says why and what to do."""
