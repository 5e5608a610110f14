"""The rules of places and partners. Plain Python: no Flask, no database, no clock."""
