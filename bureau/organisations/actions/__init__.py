"""What a manager does to the bureau and its partners."""
