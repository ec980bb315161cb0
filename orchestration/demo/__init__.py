"""What the demo adds around the street: its configuration, its accounts, its servers."""
