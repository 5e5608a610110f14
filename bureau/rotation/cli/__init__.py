"""Commands of the rotation."""
