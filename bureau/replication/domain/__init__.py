"""What a bureau's document may say. Plain Python: no Flask, no database, no clock."""
