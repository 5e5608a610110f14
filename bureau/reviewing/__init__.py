"""What the organisations say of a plan before it is published."""
