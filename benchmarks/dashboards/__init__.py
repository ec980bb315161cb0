"""What the dashboards cost when a whole street hall opens them at once."""
