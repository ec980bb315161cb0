"""What a suite says: its YAML form, and how it becomes plain and Great Expectations objects."""
