"""The server's process: what it answers beside the pages, and what it loads before anybody comes."""
