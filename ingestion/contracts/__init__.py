"""What each source has agreed to deliver: one YAML per source, its model, its loader. Not here: cleaning rules (schemas)."""
