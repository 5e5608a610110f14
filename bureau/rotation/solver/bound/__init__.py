"""Proven lower bounds of a month's total: a linear relaxation, solved in a process of its own."""
