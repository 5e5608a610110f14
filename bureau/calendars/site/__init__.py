"""Pages of the public site: published programmes in, HTML out. No request, no database, no clock."""
