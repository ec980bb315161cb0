"""The yidang command: one file per word of it."""
