"""Return packages: what an area asked for and may have, sealed, logged and scored."""
