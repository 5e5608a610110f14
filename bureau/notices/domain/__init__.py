"""The rules of notices: what can be told, how sessions go into calendars, and when somebody is told."""
