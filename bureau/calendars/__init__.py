"""What a resident sees of the rota: pages and calendar feeds, made from published programmes only."""
