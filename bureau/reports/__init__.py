"""The public monthly report: true, readable in seven languages, and nobody can be found in it."""
