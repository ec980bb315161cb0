"""Chinese addresses: from free text or element columns to canonical elements and keys. Not here: which dwelling it is (dbt)."""
