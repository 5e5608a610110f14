"""Sessions that change hands: swaps, rings, covers, and who waits for a slot."""
