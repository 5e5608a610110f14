"""When a plan counts as agreed, what moved since last month, and what a joint meeting has to settle."""
