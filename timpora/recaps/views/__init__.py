"""Pages of counts and returns."""
