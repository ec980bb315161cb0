"""What people decide about pairs of records."""
