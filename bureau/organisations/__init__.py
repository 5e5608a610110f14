"""Organisations: the bureau as a place, and the partners who take turns in it."""
