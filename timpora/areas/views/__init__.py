"""Pages of areas and of offices."""
