"""Pages of the team, and of getting in."""
