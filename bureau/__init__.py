"""The software of a one-stop bureau: organisations plan a month together, residents see who helps them."""
