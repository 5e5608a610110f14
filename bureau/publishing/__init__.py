"""The public site as files: written whole, switched in one step, served without the database."""
