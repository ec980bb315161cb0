"""Names and texts as SQL, for statements that are composed from our own table names and paths."""


def quoted(name: str) -> str:
    """A table or column name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def text(value: object) -> str:
    """A value's text as an SQL literal."""
    return "'" + str(value).replace("'", "''") + "'"
