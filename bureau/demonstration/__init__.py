"""Demonstration: the bureau Golden River, with its partners, its people and two planned months."""
