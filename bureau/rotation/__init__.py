"""Rotation: organisations take turns. Rounds, offers, the board, proposals, programmes."""
