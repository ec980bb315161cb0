"""One way of pulling per kind of source: what is new, refused, handed to landing. Not here: protocols, formats."""
