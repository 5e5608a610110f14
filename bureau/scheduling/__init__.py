"""Scheduling: jobs run by one leader, each once a period, visible to the manager."""
