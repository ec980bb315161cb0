"""Why these records are one person, in words."""
