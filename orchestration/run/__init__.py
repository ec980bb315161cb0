"""One whole run in this process, its progress bar and its summary."""
