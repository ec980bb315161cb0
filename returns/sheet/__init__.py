"""Sheets in an official layout: text that stays text, cells that may be filled in and cells that may not."""
