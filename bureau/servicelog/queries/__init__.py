"""What pages, files and jobs read of the service log."""
