"""What readers get, in figures: cutting, related articles, search and summaries, each against a plain method."""
