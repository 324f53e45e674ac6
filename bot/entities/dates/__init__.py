"""Dates as customers say them, resolved to days of the calendar, never guessed."""
