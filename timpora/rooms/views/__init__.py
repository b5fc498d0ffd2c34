"""The pages of notices and rooms."""
