"""The rules of the service log."""
