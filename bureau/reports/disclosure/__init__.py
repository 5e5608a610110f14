"""Protection of figures before they are public. Pure: counts in, a release out."""
