"""Files of the public site: the look, the fixed texts, whole releases, and serving them."""
