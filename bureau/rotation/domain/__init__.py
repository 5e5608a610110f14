"""The rules of planning. Plain Python: no Flask, no database, no clock."""
