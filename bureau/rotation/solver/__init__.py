"""The rota solver: a month's problem in, a checked plan out; plain data only."""
