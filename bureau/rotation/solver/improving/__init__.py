"""From a plan to better ones: a part is freed, the rest held, the best of the part found again."""
