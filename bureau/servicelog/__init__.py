"""The service log: every consultation counted, nobody named."""
