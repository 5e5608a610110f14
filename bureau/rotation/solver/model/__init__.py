"""The month as a CP-SAT model: decisions, hard rules, objective."""
