"""A whole bureau as one document: taken out, carried elsewhere, taken in."""
