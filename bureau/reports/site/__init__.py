"""What the public reads of a report: its pages, its charts and its feed, each made from the published document alone."""
