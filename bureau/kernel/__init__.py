"""What every feature may lean on: time, the database's base, errors, texts, audit, outgoing mail. Imports no feature."""
