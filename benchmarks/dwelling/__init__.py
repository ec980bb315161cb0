"""How right the published dwellings, residences and households are, against the truth of an invented street."""
