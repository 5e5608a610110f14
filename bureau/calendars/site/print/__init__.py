"""Sheets of paper of the public site: published programmes in, PDF out. No request, no database, no clock."""
