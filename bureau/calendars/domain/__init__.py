"""Choosing from published programmes what a page or a feed shows. Knows no markup and no words."""
