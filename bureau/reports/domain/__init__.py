"""What may be public of a month: the plan of a year, its cells, and their text form. Pure."""
