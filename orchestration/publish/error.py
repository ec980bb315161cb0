"""The one error of publishing."""


class PublishError(Exception):
    """A version could not be published; the last good one stays current. One line says why and what to do."""
