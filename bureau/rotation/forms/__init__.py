"""What people type on the pages of planning, read and kept."""
