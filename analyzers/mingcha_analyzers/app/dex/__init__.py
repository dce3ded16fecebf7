"""DEX files: what classes they define."""
