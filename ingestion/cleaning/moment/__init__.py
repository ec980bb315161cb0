"""Dates and timestamps out of text. Not here: periods, ages, business calendars."""
