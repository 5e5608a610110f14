"""The forms of places and partners."""
