"""What people are told: one digest a day in their language, at once what touches their next two days."""
