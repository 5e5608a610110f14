"""What a manager does to the catalogue."""
