"""Catalogue: what can be asked for, in which languages. One catalogue serves every bureau of an installation."""
