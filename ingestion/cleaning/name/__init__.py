"""Personal names: display form, match key, and the names that are none. Not here: masking (dashboards, marts)."""
