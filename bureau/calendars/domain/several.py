"""Where things lie that are in several languages at once: below the tag that ISO 639 gives to just that."""

SEVERAL = "mul"
"""``/mul/golden-river/2026-12/poster.pdf`` stands beside ``/en/golden-river/2026-12/poster.pdf``."""
